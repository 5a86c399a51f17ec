package moderation

import (
	"context"
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// View is a case as staff reads it.
type View struct {
	Case
	Text       content.Text // empty where it is about none, or decided
	Photo      media.Photo  // likewise
	WriterName string
	NodeName   string
	History    []matter.Entry
	MayDecide  bool
}

// viewRows are the rows that a view is made of.
type viewRows struct {
	one   Case
	names struct {
		Writer string `db:"writer"`
		Node   string `db:"node"`
	}
	texts   []content.Text
	photos  []media.Photo
	history []matter.Entry
}

func (r *viewRows) wants(one id.Case) []mysql.Want {
	args := mysql.Args{"case": one}
	return []mysql.Want{
		mysql.One(&r.one, "moderation.get", args), mysql.One(&r.names, "moderation.names", args),
		mysql.Many(&r.texts, "moderation.text", args), mysql.Many(&r.photos, "moderation.photo", args),
		matter.History(&r.history, state.Case.Noun, int64(one)),
	}
}

// view is the case as the actor reads it, who sees it.
func (r *viewRows) view(by Actor, now time.Time) View {
	v := View{Case: r.one, WriterName: r.names.Writer, NodeName: r.names.Node, History: r.history}
	if len(r.texts) > 0 {
		v.Text = r.texts[0]
	}
	if len(r.photos) > 0 {
		v.Photo = r.photos[0]
	}
	try := v.Case
	_, err := try.Decide(by, Decision{Is: Keep}, now)
	v.MayDecide = err == nil
	return v
}

// Get returns a case. Error: fault.ReasonNotFound, also for whom it does not exist.
func (s *Service) Get(ctx context.Context, actor id.User, one id.Case) (View, error) {
	var rows viewRows
	by := Actor{ID: actor}
	wants := append(rows.wants(one), parties(&by, one), grant.CoveringDesk(&by.Grants, actor, state.Case.Noun, one))
	if err := s.db.Read(ctx, wants...); err != nil {
		return View{}, mysql.NotFound(err)
	}
	now := s.db.Now()
	if !rows.one.Sees(by, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	return rows.view(by, now), nil
}
