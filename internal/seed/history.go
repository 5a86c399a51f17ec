package seed

import (
	"context"
	"time"

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
)

// plan writes the demo's history: many wishes that came true over the past
// weeks, and some in every state of today.
func (w *world) plan() {
	home := w.nodes[homeCode]
	n := 0
	next := func() plea { n++; return pleas[n%len(pleas)] }
	for i := range 64 {
		node := home
		if i%3 == 0 {
			node = w.nodes[others[(i/3)%len(others)]]
		}
		from := w.start.Add(day(2 + w.rand.Float64()*55))
		w.story(node, pick(w, w.owners[node]), next(), from, fulfilled)
	}
	for i, today := range []struct {
		outcome outcome
		home    int
		away    int
		days    float64 // how long ago it began
	}{
		{waits, 5, 2, 1}, {rejected, 2, 1, 6}, {open, 12, 14, 6}, {requested, 4, 2, 5},
		{approved, 7, 4, 9}, {delivered, 3, 3, 12}, {withdrawn, 2, 1, 20},
	} {
		for j := range today.home + today.away {
			node := home
			if j >= today.home {
				node = w.nodes[others[(i+j)%len(others)]]
			}
			owner := w.owners[node][(i+j)%len(w.owners[node])]
			from := w.later(w.Now.Add(-day(today.days+w.rand.Float64()*2)), 0, 0.3)
			w.story(node, owner, next(), from, today.outcome)
		}
	}
}

// story plays a wish to its outcome, each step when its time comes.
func (w *world) story(node id.Node, owner resident, p plea, from time.Time, end outcome) {
	staff := w.staff[node]
	w.at(from, func(ctx context.Context) error {
		submitted, err := w.wishes.Submit(ctx, owner.id, wish.Draft{
			NodeID: node, Category: p.category, Title: p.title, Description: p.text, Contact: owner.contact,
		})
		if err != nil || end == waits {
			return err
		}
		reviewed := w.soon(from, end)
		w.at(reviewed, func(ctx context.Context) error {
			if end == rejected {
				_, err := w.wishes.Review(ctx, staff, submitted.ID, wish.Review{Reason: pick(w, rejections)})
				return err
			}
			if _, err := w.wishes.Review(ctx, staff, submitted.ID, wish.Review{Publish: true, Points: w.worth()}); err != nil {
				return err
			}
			w.published(submitted.ID, owner, p, reviewed, end)
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

func (w *world) published(asked id.Wish, owner resident, p plea, t time.Time, end outcome) {
	//exhaustive:ignore all others begin with a claim
	switch end {
	case open:
		return
	case withdrawn:
		w.at(w.later(t, 1, 3), func(ctx context.Context) error {
			_, err := w.wishes.Withdraw(ctx, owner.id, asked)
			return err
		})
		return
	}
	claimed := w.soon(t, end)
	w.at(claimed, func(ctx context.Context) error {
		member := w.someMember()
		c, err := w.wishes.Claim(ctx, member, asked)
		if err != nil || end == requested {
			return err
		}
		w.claimed(c, member, owner, p, claimed, end)
		return nil
	})
}

// someMember prefers a few who come often, as in life.
func (w *world) someMember() id.User {
	if w.rand.IntN(4) == 0 {
		return pick(w, w.guests)
	}
	often := w.rand.Float64()
	return w.members[int(often*often*often*float64(len(w.members)))]
}

func (w *world) claimed(c wish.Claim, member id.User, owner resident, p plea, t time.Time, end outcome) {
	decided := w.soon(t, end)
	w.at(decided, func(ctx context.Context) error {
		m, err := w.wishes.GetClaim(ctx, member, c.ID)
		if err != nil {
			return err
		}
		staff := w.staff[m.Wish.NodeID]
		if end == fulfilled && w.rand.IntN(12) == 0 { // the first member steps back, another comes
			return w.stepBack(ctx, c, member, staff, owner, p, decided)
		}
		if _, err := w.wishes.ReviewClaim(ctx, staff, c.ID, wish.Decision{Approve: true}); err != nil || end == approved {
			return err
		}
		w.at(w.later(decided, 0.2, 0.6), func(ctx context.Context) error {
			_, err := w.wishes.Contact(ctx, member, c.WishID, "")
			return err
		})
		w.deliver(c, member, owner, p, w.later(decided, 1, 4), end)
		return nil
	})
}

func (w *world) stepBack(ctx context.Context, c wish.Claim, member, staff id.User, owner resident, p plea,
	t time.Time) error {
	var err error
	if w.rand.IntN(2) == 0 {
		_, err = w.wishes.ReviewClaim(ctx, staff, c.ID, wish.Decision{Reason: pick(w, declines)})
	} else {
		_, err = w.wishes.Release(ctx, member, c.ID, pick(w, releases))
	}
	w.published(c.WishID, owner, p, t, fulfilled)
	return err
}

func (w *world) deliver(c wish.Claim, member id.User, owner resident, p plea, t time.Time, end outcome) {
	w.at(t, func(ctx context.Context) error {
		if _, err := w.wishes.Deliver(ctx, member, c.ID, p.done); err != nil || end == delivered {
			return err
		}
		answered := w.later(t, 0.2, 1.5)
		w.at(answered, func(ctx context.Context) error {
			if w.rand.IntN(9) == 0 {
				_, err := w.wishes.Confirm(ctx, owner.id, c.ID, wish.Answer{Comment: pick(w, notYet)})
				w.deliver(c, member, owner, p, w.later(answered, 1, 2), end)
				return err
			}
			stars := 5 - w.rand.IntN(8)/6
			_, err := w.wishes.Confirm(ctx, owner.id, c.ID, wish.Answer{Accepted: true, Rating: &stars, Comment: p.thanks})
			return err
		})
		return nil
	})
}
