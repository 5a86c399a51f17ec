package hours_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/grant"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/outbox"
	"xinyuan/internal/points"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
	"xinyuan/internal/user"
)

// noon is the business time of the tests: Wednesday, 31 December 2025, 12:00 in
// Shanghai, so that the next midnight ends a day, a month and a year.
var noon = time.Date(2025, 12, 31, 4, 0, 0, 0, time.UTC)

// office is the service over a fresh database with a small county.
type office struct {
	*hours.Service
	t      testing.TB
	db     *mysql.DB
	clock  *clock.Clock
	ledger *points.Ledger

	county, street, community, unit id.Node

	team   id.Team
	since  time.Time // when its people came
	grants map[id.User]id.Grant
}

// inTown is the office of the town's whole application, whose team member-1 leads.
func inTown(w *apptest.Town) *office {
	w.T.Helper()
	o := &office{
		Service: w.App.Records, t: w.T, db: w.App.DB, clock: w.Clocks.Business, ledger: w.App.Ledger,
		county: w.County, street: w.Street, community: w.Home, unit: w.Unit, since: apptest.Start.Add(time.Hour),
	}
	must(w.T, o.team.UnmarshalText([]byte(w.Squad("member-1"))))
	return o
}

func newOffice(t testing.TB) *office {
	t.Helper()
	business := clock.Fixed(noon)
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Business: business})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	sealer, err := seal.New("k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
	must(t, err)
	o := &office{
		t: t, db: db, clock: business, team: 5, since: noon.AddDate(-1, 0, 0), grants: map[id.User]id.Grant{},
	}
	o.ledger = points.New(db, outbox.New(db, clock.Fixed(noon)))
	grants := grant.New(db, sealer)
	o.Service = hours.New(db, grants, sealer, o.ledger)
	must(t, db.Tx(t.Context(), func(tx *mysql.Tx) error {
		tx.At(noon.AddDate(-1, 0, 0))
		o.county = o.node(tx, org.KindCounty, "通化县", 0)
		o.street = o.node(tx, org.KindStreet, "茂山街道", o.county)
		o.community = o.node(tx, org.KindCommunity, "茂山社区", o.street)
		o.unit = o.node(tx, org.KindUnit, "县供电公司", o.community)
		return nil
	}))
	return o
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) node(tx *mysql.Tx, kind org.Kind, name string, parent id.Node) id.Node {
	n := org.Node{Kind: kind, Name: name}
	if parent != 0 {
		n.ParentID = &parent
	}
	made, err := org.Add(tx, n)
	must(o.t, err)
	return made
}

// people adds so many; those of even places are members of the community.
func (o *office) people(prefix string, n int) []id.User {
	o.t.Helper()
	sealer, err := seal.New("k1:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
	must(o.t, err)
	all := make([]id.User, n)
	o.since = o.since.Add(time.Second) // so that no identifier comes twice
	must(o.t, o.db.Tx(o.t.Context(), func(tx *mysql.Tx) error {
		tx.At(o.since)
		for i := range all {
			name := fmt.Sprint(prefix, "-", i)
			u, err := user.Add(tx, name, user.User{DisplayName: name})
			if err != nil {
				return err
			}
			all[i] = u.ID
			if i%2 == 0 {
				m := membership.Membership{UserID: u.ID, NodeID: o.community, UnitID: o.unit}
				if _, err := membership.Add(tx, sealer, m, "王建国"); err != nil {
					return err
				}
			}
		}
		return nil
	}))
	return all
}

// staff adds a person with the role at the node.
func (o *office) staff(role id.Role, node id.Node) id.User {
	o.t.Helper()
	var who id.User
	must(o.t, o.db.Tx(o.t.Context(), func(tx *mysql.Tx) error {
		tx.At(noon.AddDate(-1, 0, 0))
		u, err := user.Add(tx, fmt.Sprint(role, "-", len(o.grants)), user.User{DisplayName: string(role)})
		if err != nil {
			return err
		}
		who = u.ID
		o.grants[who], err = grant.Add(tx, who, grant.Grant{Role: role, NodeID: node, From: tx.Now()})
		return err
	}))
	return who
}

// batch is what the leader confirms of the team's service.
func (o *office) batch(leader id.User, entries ...hours.Entry) hours.Batch {
	return hours.Batch{
		Actor: leader, Source: state.SourceActivity, Team: o.team, Node: o.community, Title: "清扫楼道",
		Entries: entries,
	}
}

// record records the batch in a transaction of its own.
func (o *office) record(b hours.Batch) (all []hours.Record, err error) {
	err = o.db.Tx(o.t.Context(), func(tx *mysql.Tx) error {
		all, err = o.Record(o.t.Context(), tx, b)
		return err
	})
	return all, err
}

// at is the time of day, "21:30", on the business day of the tests, or so many
// days later.
func at(days int, text string) time.Time {
	when, err := time.Parse("15:04", text)
	if err != nil {
		panic(err)
	}
	return clock.Day(noon).AddDate(0, 0, days).Add(
		time.Duration(when.Hour())*time.Hour + time.Duration(when.Minute())*time.Minute).UTC()
}

// serve is an entry from one time of the first day to another, all of it.
func serve(who id.User, from, to string) hours.Entry {
	e := hours.Entry{User: who, Start: at(0, from), End: at(0, to)}
	if !e.End.After(e.Start) {
		e.End = e.End.AddDate(0, 0, 1)
	}
	e.Minutes = int64(e.End.Sub(e.Start) / time.Minute)
	return e
}

// balance tells minutes and points of a person.
func (o *office) balance(who id.User) string {
	o.t.Helper()
	minutes, err := o.ledger.GetBalance(o.t.Context(), who, points.UnitMinutes)
	must(o.t, err)
	credit, err := o.ledger.GetBalance(o.t.Context(), who, points.UnitPoints)
	must(o.t, err)
	return fmt.Sprintf("%d, %d", minutes.Total, credit.Total)
}

// outcomes is each record in short: status, minutes, reviews of due.
func outcomes(all []hours.Record) string {
	parts := make([]string, len(all))
	for i, r := range all {
		parts[i] = fmt.Sprintf("%s %d %d/%d", r.Status, r.Minutes, r.Reviews, r.Due)
	}
	return strings.Join(parts, "; ")
}
