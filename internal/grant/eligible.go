package grant

import (
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// Parties are the people of a matter, none of whom decides about it; 0 is nobody.
type Parties struct {
	// Personal is whose matter it is: owner, claimant, participant, beneficiary,
	// volunteer, subject of a complaint. A deputy whom one of them chose does not
	// decide about it either.
	Personal []id.User
	// Office is who worked on it: recorded, published, approved, reviewed. That
	// excludes these people alone.
	Office []id.User
}

// With are the parties and further personal ones.
func (p Parties) With(personal ...id.User) Parties {
	p.Personal = slices.Concat(p.Personal, personal)
	return p
}

// WithOffice are the parties and further people who worked on the matter.
func (p Parties) WithOffice(office ...id.User) Parties {
	p.Office = slices.Concat(p.Office, office)
	return p
}

// excludes tells whether a party holds the grant, or chose the deputy who does.
func (p Parties) excludes(g Grant) bool {
	return slices.Contains(p.Personal, g.HolderID) || slices.Contains(p.Personal, g.GiverID) ||
		slices.Contains(p.Office, g.HolderID)
}

// Eligible is the nearest of a person's grants by which they may decide about a
// matter: in force, of a role that decides at the matter's node or above, and
// with no party behind it. Every noun asks it. Errors:
// fault.ReasonNotYourCommunity without a grant in force that decides,
// fault.ReasonPartyToMatter where parties are behind all of those.
func Eligible(grants Grants, parties Parties, now time.Time) (Grant, error) {
	return eligible(grants, parties, now, Grant.decides)
}

// EligibleRecorder is Eligible for what any post writes down, too: a wish for
// somebody without a phone, and what a resident says. Errors: as Eligible.
func EligibleRecorder(grants Grants, parties Parties, now time.Time) (Grant, error) {
	return eligible(grants, parties, now, Grant.records)
}

func eligible(grants Grants, parties Parties, now time.Time, fits func(Grant) bool) (Grant, error) {
	refused := fault.New(fault.ReasonNotYourCommunity)
	for _, one := range grants {
		switch {
		case !one.IsInForce(now) || !fits(one):
		case parties.excludes(one):
			refused = fault.New(fault.ReasonPartyToMatter)
		default:
			return one, nil
		}
	}
	return Grant{}, refused
}

func (g Grant) decides() bool { return g.Role.Decides() && g.Distance >= 0 }

func (g Grant) records() bool { return g.Role.Records() }

// Decides tells whether any grant in force lets its holder decide at the node, as
// long as they are no party.
func (g Grants) Decides(at time.Time) bool {
	_, err := Eligible(g, Parties{}, at)
	return err == nil
}

// AtOrAbove are the grants that stand at least so many levels above the matter's
// node.
func (g Grants) AtOrAbove(level int) Grants {
	return slices.DeleteFunc(slices.Clone(g), func(one Grant) bool { return one.Distance < level })
}
