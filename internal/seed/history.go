package seed

import (
	"context"
	"time"

	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/wish"
)

// An outcome is how far a wish has come when the history ends.
type outcome int

const (
	waits     outcome = iota // submitted, waits for the secretary
	rejected                 // sent back with a reason
	open                     // in the hall
	requested                // claimed, waits for the secretary
	approved                 // a member is at it
	delivered                // waits for the resident's word
	fulfilled
	withdrawn
	cancelled // withdrawn when a member was at it already
)

// isClaimed tells whether a member has taken such a wish.
func (o outcome) isClaimed() bool {
	switch o {
	case requested, approved, delivered, fulfilled, cancelled:
		return true
	case waits, rejected, open, withdrawn:
		return false
	}
	return false
}

// A setback is what comes between a claim and its approval.
type setback int

const (
	smooth setback = iota
	declined
	released
)

// setbackOf gives a few of the wishes that came true, all of them at home, a
// first claim that came to nothing.
func setbackOf(i int) setback {
	switch i % 24 {
	case 4:
		return declined
	case 16:
		return released
	}
	return smooth
}

// practical is what people say of wishes of a category; of the others they say
// nothing.
var practical = map[wish.Category]wish.Practical{
	"goods":   {Effort: wish.EffortHalfHour, Suits: wish.SuitsByPhone},
	"repair":  {Effort: wish.EffortHalfHour, Suits: wish.SuitsDaytime},
	"errand":  {Effort: wish.EffortHalfDay, Suits: wish.SuitsByPhone},
	"company": {Effort: wish.EffortHalfDay, Suits: wish.SuitsWeekend},
	"study":   {Effort: wish.EffortHalfDay, Suits: wish.SuitsEvening},
	"phone":   {Effort: wish.EffortHalfHour, Suits: wish.SuitsWeekend},
}

// plea is the next thing that somebody asks for.
func (w *world) plea() plea {
	w.pleas++
	return pleas[w.pleas%len(pleas)]
}

// plan writes the demo's history: many wishes that came true over the past
// weeks, and some in every state of today. It returns how many are claimed.
func (w *world) plan() (claimed int) {
	home := w.nodes[homeCode]
	for i := range 64 {
		node := home
		if i%3 == 0 {
			node = w.nodes[others[(i/3)%len(others)]]
		}
		from := w.Now.Add(-day(demoDays - 2 - w.rand.Float64()*55))
		w.begin(story{node, pick(w, w.owners[node]), w.plea(), fulfilled, setbackOf(i), false}, from)
		claimed++
	}
	for i, today := range []struct {
		outcome outcome
		home    int
		away    int
		days    float64 // how long ago it began
	}{
		{waits, 5, 2, 1}, {rejected, 2, 1, 6}, {open, 12, 14, 6}, {requested, 4, 2, 5},
		{approved, 7, 4, 9}, {delivered, 3, 3, 12}, {withdrawn, 2, 1, 20},
		{cancelled, 1, 1, 20},
	} {
		for j := range today.home + today.away {
			node := home
			if j >= today.home {
				node = w.nodes[others[(i+j)%len(others)]]
			}
			owner := w.owners[node][(i+j)%len(w.owners[node])]
			if j == 0 { // 刘奶奶 has a wish in every state
				owner = w.owners[node][0]
			}
			from := w.later(w.Now.Add(-day(today.days+w.rand.Float64()*2)), 0, 0.3)
			w.begin(story{node, owner, w.plea(), today.outcome, smooth, false}, from)
			if today.outcome.isClaimed() {
				claimed++
			}
		}
	}
	w.planKept()
	claimed += w.planVisits()
	w.planComplaints()
	if w.Profile == ProfileDemo {
		w.planNeeds()
		w.planEvenings()
		w.planOffers()
		w.planProjects()
		w.planAdmissions()
		w.planCases()
	}
	w.planNewcomers()
	w.planTeams()
	w.planReports()
	w.planCertificates()
	return claimed
}

// planKept has 刘奶奶 agree that her contact is kept for the next wish, and 赵大爷 not:
// a visitor can try both ways to a wish.
func (w *world) planKept() {
	w.at(w.morning(20, 1), func(ctx context.Context) error {
		her := w.owners[w.nodes[homeCode]][0]
		_, err := contact.New(w.db, w.Sealer).Keep(ctx, her.id, her.contact, nil)
		return err
	})
}

// story is whose wish it is, what for, and how far it comes.
type story struct {
	node  id.Node
	owner resident
	plea  plea
	end   outcome
	first setback // of the first claim
	// returned says that the resident has said "not yet" once.
	returned bool
}

// begin takes a wish to its outcome, each step when its time comes.
func (w *world) begin(s story, from time.Time) {
	staff := w.staff[s.node]
	w.at(from, func(ctx context.Context) error {
		photos, err := w.photograph(ctx, s.owner.id, s.plea.title, false)
		if err != nil {
			return err
		}
		submitted, err := w.wishes.Submit(ctx, s.owner.id, wish.Draft{
			NodeID: s.node, Category: s.plea.category, Title: s.plea.title, Description: s.plea.text,
			Contact: s.owner.contact, Photos: photos, Practical: practical[s.plea.category],
		}, nil)
		if err != nil || s.end == waits {
			return err
		}
		reviewed := w.soon(from, s.end)
		w.at(reviewed, func(ctx context.Context) error {
			if s.end == rejected {
				_, err := w.wishes.Review(ctx, staff, submitted.ID, wish.Review{Reason: pick(w, rejections)}, nil)
				return err
			}
			_, err := w.wishes.Review(ctx, staff, submitted.ID, wish.Review{Publish: true, Points: w.worth()}, nil)
			if err != nil {
				return err
			}
			if s.end == open && s.node == w.nodes[homeCode] {
				w.shown = append(w.shown, shown{submitted.ID, photos})
			}
			w.published(s, submitted.ID, reviewed)
			return nil
		})
		return nil
	})
}

// soon is when the next step comes: within a day or two, sooner for stories
// that must have come far by today.
func (w *world) soon(t time.Time, end outcome) time.Time {
	if end == fulfilled {
		return w.later(t, 0.3, 2)
	}
	return w.later(t, 0.1, 0.9)
}

// worth is the points of a wish: mostly the rule's own.
func (w *world) worth() *int64 {
	switch w.rand.IntN(6) {
	case 0:
		amount := int64(20)
		return &amount
	case 1:
		amount := int64(5)
		return &amount
	}
	return nil
}

func (w *world) published(s story, asked id.Wish, t time.Time) {
	// All others begin with a claim.
	//exhaustive:ignore
	switch s.end {
	case open:
		return
	case withdrawn:
		w.withdraw(s, asked, w.later(t, 1, 3))
		return
	}
	claimed := w.soon(t, s.end)
	w.at(claimed, func(ctx context.Context) error {
		member := w.someMember()
		c, err := w.wishes.Claim(ctx, member, asked, nil, nil)
		for fault.Has(err, fault.ReasonTooManyClaims) { // busy: somebody else comes
			member = w.someMember()
			c, err = w.wishes.Claim(ctx, member, asked, nil, nil)
		}
		if err != nil || s.end == requested {
			return err
		}
		w.claimed(s, c, member, claimed)
		return nil
	})
}

func (w *world) withdraw(s story, asked id.Wish, t time.Time) {
	w.at(t, func(ctx context.Context) error {
		_, err := w.wishes.Withdraw(ctx, s.owner.id, asked, nil)
		return err
	})
}

// someMember prefers a few who come often, as in life.
func (w *world) someMember() id.User {
	if w.rand.IntN(4) == 0 {
		return pick(w, w.guests)
	}
	often := w.rand.Float64()
	return w.members[int(often*often*float64(len(w.members)))]
}

func (w *world) claimed(s story, c wish.Claim, member id.User, t time.Time) {
	decided := w.soon(t, s.end)
	w.at(decided, func(ctx context.Context) error {
		if s.first != smooth { // another comes
			return w.stepBack(ctx, s, c, member, decided)
		}
		_, err := w.wishes.ReviewClaim(ctx, w.staff[s.node], c.ID, wish.Decision{Approve: true}, nil)
		if err != nil || s.end == approved {
			return err
		}
		if s.end == cancelled {
			w.withdraw(s, c.WishID, w.later(decided, 0.3, 1))
			return nil
		}
		called := w.later(decided, 0.2, 0.6)
		w.at(called, func(ctx context.Context) error {
			_, err := w.wishes.ReadContact(ctx, member, c.WishID, "")
			return err
		})
		w.deliver(s, c, member, w.later(called, 0.8, 3.5))
		return nil
	})
}

func (w *world) stepBack(ctx context.Context, s story, c wish.Claim, member id.User, t time.Time) error {
	var err error
	if s.first == declined {
		_, err = w.wishes.ReviewClaim(ctx, w.staff[s.node], c.ID, wish.Decision{Reason: pick(w, declines)}, nil)
	} else {
		_, err = w.wishes.Release(ctx, member, c.ID, pick(w, releases), nil)
	}
	s.first = smooth
	w.published(s, c.WishID, t)
	return err
}

func (w *world) deliver(s story, c wish.Claim, member id.User, t time.Time) {
	w.at(t, func(ctx context.Context) error {
		photos, err := w.photograph(ctx, member, s.plea.title, true)
		if err != nil {
			return err
		}
		_, err = w.wishes.Deliver(ctx, member, c.ID, wish.Delivery{Note: s.plea.done, Photos: photos}, nil)
		if err != nil || s.end == delivered {
			return err
		}
		answered := w.later(t, 0.2, 1.5)
		w.at(answered, func(ctx context.Context) error {
			if !s.returned && w.rand.IntN(9) == 0 {
				s.returned = true
				_, err := w.wishes.Confirm(ctx, s.owner.id, c.ID, wish.Answer{Comment: pick(w, notYet)}, nil)
				w.deliver(s, c, member, w.later(answered, 1, 2))
				return err
			}
			stars := 5 - w.rand.IntN(8)/6
			answer := wish.Answer{Accepted: true, Rating: &stars, Comment: s.plea.thanks}
			_, err := w.wishes.Confirm(ctx, s.owner.id, c.ID, answer, nil)
			return err
		})
		return nil
	})
}
