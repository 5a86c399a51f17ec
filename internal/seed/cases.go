package seed

import (
	"context"
	"encoding/json"
	"log/slog"

	"xinyuan/internal/clock"
	"xinyuan/internal/content"
	"xinyuan/internal/content/filter"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/moderation"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/outbox"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// shown is a wish of the home community that everybody reads.
type shown struct {
	wish   id.Wish
	photos []id.Photo
}

// planCases has what the home community's secretary looks at: a name and a need that the list of words does not pass,
// a picture and the words of a wish that somebody has reported.
func (w *world) planCases() {
	parts := w.contentParts()
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
		return examineNewest(ctx, texts, who)
	})
	w.at(w.morning(1, 4), func(ctx context.Context) error {
		matter.HoldTexts(w.db, texts.HoldBack)
		defer w.db.Carry(nil) // everything else here is shown at once
		who := w.people["member-9"]
		if _, err := w.needs.Submit(ctx, who, need.Draft{
			NodeID: w.nodes[homeCode], Category: need.CategoryRoads, Place: "9 号楼道里",
			Text: "墙上贴满“代开发票”的小广告，撕了又贴，请来清一清。",
		}, nil); err != nil {
			return err
		}
		return examineNewest(ctx, texts, who)
	})
	w.at(w.morning(1, 2), func(ctx context.Context) error {
		return w.reportShown(ctx, cases, "member-31", moderation.ReasonPrivacy, true)
	})
	w.at(w.morning(1, 3), func(ctx context.Context) error {
		return w.reportShown(ctx, cases, "member-33", moderation.ReasonAds, false)
	})
}

// contentParts are those of checks by the list of words alone.
func (w *world) contentParts() content.Parts {
	return content.Parts{
		DB: w.db, Box: outbox.New(w.db, clock.System()), Filter: filter.Default, Log: slog.New(slog.DiscardHandler),
	}
}

// examineNewest gives its verdict to what the person wrote last and others do not see yet.
func examineNewest(ctx context.Context, texts *content.Service, who id.User) error {
	written, err := texts.ListMine(ctx, who, 0, 1)
	if err != nil {
		return err
	}
	return examine(ctx, texts, written[0].ID)
}

func examine(ctx context.Context, texts *content.Service, text id.Text) error {
	payload, err := json.Marshal(text)
	if err != nil {
		return err
	}
	return texts.Examine(ctx, payload)
}

// examineAll gives their verdicts to all texts that wait for one.
func (w *world) examineAll(ctx context.Context) error {
	var waiting []id.Text
	if err := w.db.Select(ctx, &waiting, "seed.unchecked", nil); err != nil {
		return err
	}
	texts := content.New(w.contentParts())
	for _, text := range waiting {
		if err := examine(ctx, texts, text); err != nil {
			return err
		}
	}
	return nil
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
