package hours_test

import (
	"errors"
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
)

// A settlement writes what each served, credits what needs no further review,
// and takes few trips for many people.
func TestRecord(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 6)
	leader := o.people("leader", 1)[0]
	for _, c := range []struct {
		name    string
		entries []hours.Entry
		want    string
	}{
		{"member and resident", []hours.Entry{serve(p[1], "08:00", "10:00"), serve(p[0], "08:00", "09:59")},
			"credited 119 1/1; credited 120 1/1"},
		{"the leader's own waits", []hours.Entry{serve(leader, "08:00", "10:00")}, "recorded 120 0/1"},
		{"across midnight", []hours.Entry{serve(p[2], "23:00", "01:30")}, "credited 60 1/1; credited 90 1/1"},
		{"over eight hours", []hours.Entry{serve(p[3], "08:00", "16:00"), serve(p[3], "16:00", "16:01")},
			"credited 480 1/1; confirmed 1 1/2"},
		{"over twelve hours", []hours.Entry{serve(p[4], "08:00", "20:01")}, "confirmed 721 1/3"},
		{"a sample", []hours.Entry{{User: p[5], Start: at(0, "08:00"), End: at(0, "10:00"), Minutes: 30, Sample: true}},
			"confirmed 30 1/2"},
	} {
		all, err := o.record(o.batch(leader, c.entries...))
		if err != nil || outcomes(all) != c.want {
			t.Errorf("%s: %s, want %s: %v", c.name, outcomes(all), c.want, err)
		}
	}
	for i, want := range []string{"119, 1", "120, 0", "150, 2", "480, 0", "0, 0", "0, 0"} {
		if got := o.balance(p[i]); got != want {
			t.Errorf("person %d has %s, want %s", i, got, want)
		}
	}
}

func TestRecordRefusesOverlaps(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 4)
	leader := o.people("leader", 1)[0]
	_, err := o.record(o.batch(leader, serve(p[0], "08:00", "10:00"), serve(p[1], "08:00", "20:00")))
	must(t, err)
	for _, c := range []struct {
		name    string
		entries []hours.Entry
		named   []id.User
	}{
		{"with what is credited and confirmed, each", []hours.Entry{
			serve(p[0], "09:59", "11:00"), serve(p[1], "19:00", "21:00"), serve(p[2], "08:00", "09:00")},
			[]id.User{p[0], p[1]}},
		{"with one another", []hours.Entry{serve(p[2], "08:00", "10:00"), serve(p[2], "09:00", "09:30")}, []id.User{p[2]}},
		{"across midnight", []hours.Entry{serve(p[3], "23:00", "01:00"), serve(p[3], "23:30", "23:31")}, []id.User{p[3]}},
	} {
		all, err := o.record(o.batch(leader, c.entries...))
		var named []id.User
		for _, f := range fieldsOf(err) {
			var who id.User
			must(t, who.UnmarshalText([]byte(f.Path)))
			named = append(named, who)
		}
		if !fault.Has(err, fault.ReasonServiceOverlap) || len(named) != len(c.named) {
			t.Errorf("%s: %v names %v, want %v: %v", c.name, err, named, c.named, outcomes(all))
		}
	}
	all, err := o.record(o.batch(leader, serve(p[0], "10:00", "11:00"), serve(p[0], "07:00", "08:00")))
	if err != nil || outcomes(all) != "credited 60 1/1; credited 60 1/1" {
		t.Errorf("what only touches: %s, %v", outcomes(all), err)
	}
	if got := o.balance(p[2]); got != "0, 0" {
		t.Errorf("who was refused has %s", got)
	}
}

// Thirty people cost as many trips as one.
func TestRecordTakesFewTrips(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 30)
	leader := o.people("leader", 1)[0]
	var entries []hours.Entry
	for _, who := range p {
		entries = append(entries, serve(who, "20:00", "02:00"))
	}
	before := o.db.Counts()
	all, err := o.record(o.batch(leader, entries...))
	must(t, err)
	if trips := o.db.Counts().RoundTrips - before.RoundTrips; trips != 3 || len(all) != 60 {
		t.Errorf("%d records in %d round trips, want 60 in 3", len(all), trips)
	}
}

func fieldsOf(err error) []fault.Field {
	var e *fault.Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}
