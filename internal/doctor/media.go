package doctor

import (
	"context"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
)

// sweepTime is how much later than they should pictures are swept that nobody put
// anywhere: the server may have been off for a while.
const sweepTime = 7 * 24 * time.Hour

// pictures looks for pictures without an owner or a matter, for those of service
// that somebody else reported, for those that nobody used, and for rows whose files are not there.
func pictures(ctx context.Context, e env) ([]string, error) {
	found, err := named(ctx, e, "doctor.media_owner", "picture %d has no owner")
	if err != nil {
		return nil, err
	}
	lost, err := named(ctx, e, "doctor.media_matter", "picture %d belongs to a matter that is not there")
	if err != nil {
		return nil, err
	}
	foreign, err := named(ctx, e, "doctor.media_report", "picture %d is with service that its owner did not report")
	if err != nil {
		return nil, err
	}
	var forgotten []id.Photo
	before := e.machine.Now().Add(-media.Wait - sweepTime)
	if err := e.db.Select(ctx, &forgotten, "doctor.media_forgotten", mysql.Args{"before": before}); err != nil {
		return nil, err
	}
	found = slices.Concat(found, lost, foreign)
	for _, photo := range forgotten {
		found = append(found, fmt.Sprintf("picture %s is nobody's, and no sweep has taken it away", photo))
	}
	for last := id.Photo(0); ; {
		var rows []struct {
			ID   id.Photo `db:"id"`
			File string   `db:"file"`
		}
		err := e.db.Select(ctx, &rows, "doctor.media", mysql.Args{"after": last, "limit": chunk})
		switch {
		case err != nil:
			return nil, err
		case len(rows) > 0 && e.photos == nil:
			return append(found, "media.folder is not set: nobody can say whether the pictures' files are there"), nil
		}
		for _, r := range rows {
			last = r.ID
			whole, err := e.photos.IsWhole(ctx, r.File)
			if err != nil {
				return nil, err
			}
			if !whole && len(found) < most {
				found = append(found, fmt.Sprintf("picture %s has lost its files", r.ID))
			}
		}
		if len(rows) < chunk {
			return found, nil
		}
	}
}
