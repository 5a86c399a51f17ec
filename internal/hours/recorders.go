package hours

import (
	"context"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Recorder is what one hand wrote down about others lately, at a node and below.
type Recorder struct {
	UserID  id.User `db:"recorder_id"`
	Name    string  `db:"display_name"`
	Records int64   `db:"records"`
	People  int64   `db:"people"`
	Minutes int64   `db:"minutes"`
	Full    int64   `db:"full_length"` // records as long as their activity
	Late    int64   `db:"late"`        // records entered late

	// Credited are the people with hours that are credited, Unseen those of them
	// who have neither a phone nor a live check-in.
	Credited int64 `db:"-"`
	Unseen   int64 `db:"-"`

	Signs []Sign `db:"-"`
}

// Sign is why a recorder is looked at.
type Sign string

// The signs.
const (
	SignMany Sign = "many_hours"
	SignFull Sign = "always_full"
	SignLate Sign = "entered_late"
	// SignUnseen is of whose people only their leader tells.
	SignUnseen Sign = "mostly_unseen"
)

// Signs lists them.
func Signs() []Sign { return []Sign{SignMany, SignFull, SignLate, SignUnseen} }

// Watch is what makes a recorder unusual.
type Watch struct {
	Days    int           // looked back
	Hours   int           // from one hand
	Records int           // fewer say nothing about habits
	Percent int           // of them as long as can be, or late
	Late    time.Duration // after the end
}

// share is from how many people on, and from which percentage of them, it is
// unusual that only their recorder has seen them.
type share struct {
	People  int64 `db:"people"`
	Percent int64 `db:"percent"`
}

// seen are the people of a recorder with credited hours.
type seen struct {
	RecorderID id.User `db:"recorder_id"`
	Credited   int64   `db:"credited"`
	Unseen     int64   `db:"unseen"`
}

// signs are what is unusual about the recorder.
func (w Watch) signs(r Recorder, of share) []Sign {
	var all []Sign
	if r.Minutes >= int64(w.Hours)*60 {
		all = append(all, SignMany)
	}
	if of.People > 0 && r.Credited >= of.People && r.Unseen*100 >= r.Credited*of.Percent {
		all = append(all, SignUnseen)
	}
	if r.Records < int64(w.Records) {
		return all
	}
	if r.Full*100 >= r.Records*int64(w.Percent) {
		all = append(all, SignFull)
	}
	if r.Late*100 >= r.Records*int64(w.Percent) {
		all = append(all, SignLate)
	}
	return all
}

// Recorders lists who wrote down unusually much, always the most, late, or mostly
// people whom nobody else has seen, the most minutes first, for staff of the node
// that sees all. Errors: fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (s *Service) Recorders(ctx context.Context, actor id.User, node id.Node) ([]Recorder, error) {
	if err := s.tree.RequireStaff(ctx, actor, node); err != nil {
		return nil, err
	}
	var (
		all, unusual []Recorder
		people       []seen
		unseen       share
		dated        bool
		of           = map[id.User]seen{}
	)
	args := mysql.Args{
		"node": node, "since": s.db.Now().AddDate(0, 0, -s.watch.Days), "late": int64(s.watch.Late / time.Second),
	}
	err := s.db.Read(ctx, mysql.Many(&all, "hours.recorders", args),
		mysql.Many(&people, "hours.recorders_people", args),
		mysql.Maybe(&unseen, &dated, "hours.recorder_rule", mysql.Args{"at": s.db.Now()}))
	for _, p := range people {
		of[p.RecorderID] = p
	}
	for _, r := range all {
		r.Credited, r.Unseen = of[r.UserID].Credited, of[r.UserID].Unseen
		if r.Signs = s.watch.signs(r, unseen); len(r.Signs) > 0 {
			unusual = append(unusual, r)
		}
	}
	return unusual, err
}
