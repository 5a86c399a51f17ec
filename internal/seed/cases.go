package seed

import (
	"context"
	"encoding/json"
	"log/slog"

	"xinyuan/internal/clock"
	"xinyuan/internal/content"
	"xinyuan/internal/content/filter"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/moderation"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// shown is a wish of the home community that everybody reads.
type shown struct {
	wish   id.Wish
	photos []id.Photo
}

// planCases has what the home community's secretary looks at: a name that the list of words does not pass, a picture
// and the words of a wish that somebody has reported.
func (w *world) planCases() {
	parts := content.Parts{
		DB: w.db, Box: outbox.New(w.db, clock.System()), Filter: filter.Default, Log: slog.New(slog.DiscardHandler),
	}
	texts := content.New(parts)
	pictures := content.NewPictures(parts, clock.System().Now, func(media.Photo) string { return "" })
	cases := moderation.New(w.db, texts, pictures, w.photos)
	people := user.New(w.db, w.tree, nil, nil, w.Sealer)
	people.CheckedBy(texts)
	w.at(w.morning(1, 1), func(ctx context.Context) error {
		who, name := w.people["member-27"], "小王代开发票"
		if _, err := people.Update(ctx, who, user.Change{DisplayName: &name}, nil); err != nil {
			return err
		}
		written, err := texts.ListMine(ctx, who, 0, 1)
		if err != nil {
			return err
		}
		payload, err := json.Marshal(written[0].ID)
		if err != nil {
			return err
		}
		return texts.Examine(ctx, payload)
	})
	w.at(w.morning(1, 2), func(ctx context.Context) error {
		return w.reportShown(ctx, cases, "member-31", moderation.ReasonPrivacy, true)
	})
	w.at(w.morning(1, 3), func(ctx context.Context) error {
		return w.reportShown(ctx, cases, "member-33", moderation.ReasonAds, false)
	})
}

// reportShown has somebody report the picture, or the words, of an open wish; nothing where there is none like that.
func (w *world) reportShown(ctx context.Context, cases *moderation.Service, persona string, why moderation.Reason,
	picture bool) error {
	for _, one := range w.shown {
		about := moderation.About{Noun: state.Wish.Noun, Subject: int64(one.wish)}
		switch {
		case picture && len(one.photos) == 0, !picture && len(one.photos) > 0:
			continue
		case picture:
			about.Photo = one.photos[0]
		}
		return cases.Report(ctx, w.people[persona], about, why, mysql.OnCommit[struct{}](nil))
	}
	return nil
}
