package need

import (
	"context"
	"math"
	"slices"
	"time"

	"xinyuan/internal/assignment"
	"xinyuan/internal/contact"
	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// View is a need as one person may see it.
type View struct {
	Need
	TermWords   string // how long it may take
	Assignments []assignment.Assignment
	History     []matter.Entry
	Insider     bool // reads reasons and who works on it
	Follows     bool
	May         May
	Flags       []Flag       // for whoever decides: texts that the check did not pass
	PhoneMark   contact.Mark // how the number of the contact is known to be right, for the owner and who may read it
}

// Flag is a text that the check did not pass, with the case in which staff decides whether others read it.
type Flag struct {
	content.Text
	Case id.Case `db:"case_id"`
}

// May is what the person may do with it now.
type May struct {
	Review, Dispatch, Answer, Confirm, Ask, Lapse, Suspend, Resume, Concede, Reopen, Withdraw, Edit, Merge, Contact bool
	HandOver                                                                                                        bool
	// Speak is to write down that they have spoken to the resident, whose number nobody has looked at.
	Speak bool
}

// may says what the actor may do.
func (n Need) may(by Actor, live []assignment.Assignment, book *term.Book, now time.Time) (m May) {
	try := fault.Trial(n)
	soon := now.Add(24 * time.Hour)
	m.Review = try(func(n *Need) error { _, err := n.Accept(by, "", "", book, now); return err })
	m.Dispatch = try(func(n *Need) error { _, err := n.Dispatch(by, now); return err })
	m.Answer = try(func(n *Need) error { _, err := n.Respond(by, ResultSolved, live, now); return err })
	m.Confirm = n.OwnerID == by.ID && try(func(n *Need) error {
		_, err := n.Confirm(by, SolvedYes, nil, false, now)
		return err
	})
	m.Ask = try(func(n *Need) error { _, err := n.Confirm(by, SolvedYes, nil, true, now); return err })
	m.Lapse = try(func(n *Need) error { _, err := n.Lapse(by, now); return err })
	m.Suspend = try(func(n *Need) error { _, err := n.Suspend(by, soon, now); return err })
	m.Resume = try(func(n *Need) error { _, err := n.Resume(by, book, now); return err })
	m.Concede = try(func(n *Need) error { _, err := n.Concede(by, soon, now); return err })
	m.Reopen = try(func(n *Need) error { return n.Reopen(by, book, now) })
	m.Withdraw = try(func(n *Need) error { return n.Withdraw(by, now) })
	m.Edit = try(func(n *Need) error { return n.Edit(by, n.DeskID, book, now) })
	m.Merge = len(live) == 0 && try(func(n *Need) error {
		if _, err := by.decides(*n, 0, now); err != nil {
			return err
		}
		return n.move(state.EventMerge)
	})
	m.HandOver = n.OwnerLabel != "" && try(func(n *Need) error { _, err := n.HandOver(by, live, now); return err })
	_, err := n.contactRight(by, nil, "asked", now)
	m.Contact = err == nil && n.OwnerLabel != ""
	return m
}

// Get reads a need for a person. Error: fault.ReasonNotFound.
func (s *Service) Get(ctx context.Context, actorID id.User, need id.Need) (View, error) {
	var (
		v    View
		book term.Book
		mark contact.Mark
		kept bool
		by   = Actor{ID: actorID}

		flags []Flag
	)
	err := s.db.Read(ctx, append(append(actorOf(&by, need), book.Wants()...),
		contact.Marked(&mark, &kept, contact.Owner(state.Need.Noun, need)),
		mysql.One(&v.Need, "need.get", mysql.Args{"need": need}),
		mysql.Many(&flags, "need.flagged", mysql.Args{"need": need}), assignments(&v.Assignments, need),
		media.Of(&v.Photos, state.Need.Noun, need), matter.History(&v.History, state.Need.Noun, int64(need)))...)
	if err != nil {
		return v, mysql.NotFound(err)
	}
	now := s.db.Now()
	if !by.Sees(v.Need, now) {
		return View{}, fault.New(fault.ReasonNotFound)
	}
	ended := func(a assignment.Assignment) bool { return !a.Status.IsLive() }
	live := slices.DeleteFunc(slices.Clone(v.Assignments), ended)
	v.TermWords = book.Words(v.Term, v.TermFrom)
	v.Insider, v.Follows = by.IsInsider(v.Need, now), by.Follows
	v.May = v.may(by, live, &book, now)
	v.showTo(by, now)
	if v.OwnerID == actorID || v.May.Contact {
		v.PhoneMark = mark
	}
	_, refused := by.decides(v.Need, 0, now)
	if refused == nil {
		v.Flags = flags
	}
	v.May.Speak = refused == nil && v.OwnerLabel != "" && mark == contact.MarkNone
	return v, nil
}

// showTo opens for insiders what others do not read yet, and takes from others whose it is, how it came and what became
// of it.
func (n *Need) showTo(by Actor, now time.Time) {
	if by.IsInsider(*n, now) {
		n.open()
		return
	}
	n.OwnerLabel, n.Note, n.Hotline, n.WishID = "", "", "", 0
}

// GetForWorkers reads of a need what a body needs that an assignment for it was sent to: the place of the thing and
// what is wrong with it, never whose it is. The caller has checked the assignment.
func (s *Service) GetForWorkers(ctx context.Context, need id.Need) (Need, error) {
	var n Need
	err := s.db.Read(ctx, mysql.One(&n, "need.get", mysql.Args{"need": need}),
		media.Of(&n.Photos, state.Need.Noun, need))
	n.OwnerLabel, n.Note, n.Hotline = "", "", ""
	return n, mysql.NotFound(err)
}

// Place is where the thing of a need is.
type Place struct {
	ID    id.Need  `db:"id"`
	Place string   `db:"place"`
	Lat   *float64 `db:"lat"`
	Lng   *float64 `db:"lng"`
}

// ListPlaces reads where the things of needs are. The caller has checked that the reader may know of them.
func (s *Service) ListPlaces(ctx context.Context, needs []id.Need) (map[id.Need]Place, error) {
	if len(needs) == 0 {
		return nil, nil
	}
	var all []Place
	err := s.db.Select(ctx, &all, "need.places", mysql.Args{"ids": needs})
	places := make(map[id.Need]Place, len(all))
	for _, p := range all {
		places[p.ID] = p
	}
	return places, err
}

// Scope is which needs a list is of.
type Scope string

// The scopes.
const (
	ScopeMine   Scope = "mine"   // that one has said, written down or follows
	ScopePublic Scope = "public" // that everybody may read
	ScopeDesk   Scope = "desk"   // that one decides
)

// Scopes lists every scope.
func Scopes() []Scope { return []Scope{ScopeMine, ScopePublic, ScopeDesk} }

// Filter chooses needs.
type Filter struct {
	Scope  Scope
	Node   id.Node // at or below it; 0: all
	Status state.NeedStatus

	Late, Returned bool // of a desk: only what is late, or what residents sent back

	Cursor id.Need // the last of the page before; 0: the first page
	Limit  int
}

// List lists needs: the newest first, and at desks the oldest. Error: fault.ReasonInvalidInput.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Need, error) {
	before := f.Cursor
	if before == 0 {
		before = 1<<63 - 1
	}
	args := mysql.Args{
		"user": actor, "node": f.Node, "status": f.Status, "before": before, "after": f.Cursor, "limit": f.Limit,
		"roles": id.Deciders(), "at": s.db.Now(), "late": f.Late, "returned": f.Returned,
	}
	query, known := map[Scope]string{
		ScopeMine: "need.page_mine", ScopePublic: "need.page_public", ScopeDesk: "need.page_desk",
	}[f.Scope]
	if !known {
		return nil, fault.BadField("scope", "请从给出的范围里选。")
	}
	var all []Need
	err := s.db.Select(ctx, &all, query, args)
	for i := range all {
		switch {
		case f.Scope == ScopePublic:
			all[i].OwnerLabel, all[i].Note, all[i].Hotline = "", "", ""
		case f.Scope == ScopeDesk || all[i].OwnerID == actor || all[i].RecorderID == actor:
			all[i].open()
		}
	}
	return all, err
}

// near is how far apart two places are at most that may be the same, in degrees of latitude: 200 metres.
const near = 0.0018

// Spot is what somebody is about to say, and where the thing is.
type Spot struct {
	Node     id.Node
	Category Category
	Place    string
	Lat, Lng *float64
}

// ListSimilar lists what others have said of the same kind near by within a month, before one says it again.
func (s *Service) ListSimilar(ctx context.Context, of Spot) ([]Need, error) {
	args := mysql.Args{
		"node": of.Node, "category": of.Category, "place": of.Place, "since": s.db.Now().AddDate(0, 0, -30),
		"south": nil, "north": nil, "west": nil, "east": nil,
	}
	if of.Lat != nil && of.Lng != nil {
		wide := near / math.Max(0.1, math.Cos(*of.Lat*math.Pi/180))
		args["south"], args["north"] = *of.Lat-near, *of.Lat+near
		args["west"], args["east"] = *of.Lng-wide, *of.Lng+wide
	}
	var all []Need
	err := s.db.Select(ctx, &all, "need.similar", args)
	for i := range all {
		all[i].OwnerLabel, all[i].Note, all[i].Hotline = "", "", ""
	}
	return all, err
}
