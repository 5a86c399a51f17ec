package wish

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Recorder is what one person lately wrote down as the yeses of residents, at a
// node and below.
type Recorder struct {
	UserID    id.User `db:"recorder_id"`
	Name      string  `db:"display_name"`
	Yeses     int64   `db:"yeses"`
	Claimants int64   `db:"claimants"` // whose deeds they were
	Most      int64   `db:"most"`      // of one of these
	ByPhone   int64   `db:"by_phone"`
	Checked   int64   `db:"checked"` // asked again, answered by the resident, or undone
	Denied    int64   `db:"denied"`  // of these, that did not stand

	Signs []Sign `db:"-"`
}

// Sign is why a recorder of yeses is looked at.
type Sign string

// The signs.
const (
	SignDenied      Sign = "denied"
	SignOneClaimant Sign = "one_claimant"
	SignByPhone     Sign = "by_phone"
)

// Signs lists them.
func Signs() []Sign { return []Sign{SignDenied, SignOneClaimant, SignByPhone} }

// Watch is what makes a recorder of yeses unusual.
type Watch struct {
	Days    int // looked back
	Yeses   int // fewer say nothing about habits
	Percent int // of them for one claimant, or by phone
	Denied  int // percent of what was checked
}

// signs are what is unusual about the recorder.
func (w Watch) signs(r Recorder) []Sign {
	var all []Sign
	if r.Denied > 0 && r.Denied*100 >= r.Checked*int64(w.Denied) {
		all = append(all, SignDenied)
	}
	if r.Yeses < int64(w.Yeses) {
		return all
	}
	if r.Most*100 >= r.Yeses*int64(w.Percent) {
		all = append(all, SignOneClaimant)
	}
	if r.ByPhone*100 >= r.Yeses*int64(w.Percent) {
		all = append(all, SignByPhone)
	}
	return all
}

// Recorders lists who wrote down yeses that did not stand, mostly for one
// claimant or mostly by phone, the most yeses first, for staff of the node that
// sees all. Errors: fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (s *Service) Recorders(ctx context.Context, actor id.User, node id.Node) ([]Recorder, error) {
	if err := s.tree.RequireStaff(ctx, actor, node); err != nil {
		return nil, err
	}
	var all, unusual []Recorder
	err := s.db.Select(ctx, &all, "wish.recorders", mysql.Args{
		"node": node, "since": s.db.Now().AddDate(0, 0, -s.watch.Days),
	})
	for _, r := range all {
		if r.Signs = s.watch.signs(r); len(r.Signs) > 0 {
			unusual = append(unusual, r)
		}
	}
	return unusual, err
}
