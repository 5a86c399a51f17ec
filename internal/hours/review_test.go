package hours_test

import (
	"fmt"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/report"
)

// confirm has the person confirm the record, and tells how it is then, or why not.
func (o *office) confirm(who id.User, record id.Record) string {
	r, err := o.Review(o.t.Context(), who, record, hours.Decision{Confirm: true}, nil)
	return outcome(r, err)
}

func outcome(r hours.Record, err error) string {
	if err != nil {
		return err.Error()
	}
	return outcomes([]hours.Record{r})
}

// report is a self-report of the first day.
func (o *office) report(who id.User, from, to string) []hours.Record {
	o.t.Helper()
	e := serve(who, from, to)
	made, err := o.SelfReport(o.t.Context(), who, hours.Draft{
		NodeID: o.community, Title: "送餐", Start: e.Start, End: e.End, Note: "给三户老人送午饭，电话13843512345",
	}, nil)
	must(o.t, err)
	return made
}

// The tiers raise the reviewer: each review is by another person, one level
// higher, and the last one pays.
func TestReviewsRise(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 4)
	leader := o.people("leader", 2)[1]
	secretary, second := o.staff(id.RoleSecretary, o.community), o.staff(id.RoleSecretary, o.community)
	street, county := o.staff(id.RoleStreet, o.street), o.staff(id.RoleCounty, o.county)
	auditor := o.staff(id.RoleAuditor, o.county)

	all, err := o.record(o.batch(leader, serve(p[0], "06:00", "20:00")))
	must(t, err)
	long := all[0].ID
	o.clock.Advance(12 * time.Hour)
	for _, step := range []struct {
		who  id.User
		want string
	}{
		{p[1], "not_found"}, {p[0], "party_to_matter"}, {leader, "party_to_matter"}, {auditor, "not_your_community"},
		{secretary, "confirmed 840 2/3"}, {secretary, "party_to_matter: "}, {second, "not_your_community"},
		{street, "credited 840 3/3"}, {county, "record_state"},
	} {
		if got := o.confirm(step.who, long); got != step.want && got+": " != step.want {
			t.Errorf("%v says %s, want %s", step.who, got, step.want)
		}
	}
	if got := o.balance(p[0]); got != "840, 10" {
		t.Errorf("fourteen hours pay %s", got)
	}

	self := o.report(p[2], "08:00", "11:30")[0]
	if self.Note != "给三户老人送午饭，电话[号码已隐去]" && self.Note == "给三户老人送午饭，电话13843512345" {
		t.Errorf("the note says %s", self.Note)
	}
	for _, step := range []struct {
		who  id.User
		want string
	}{{p[2], "party_to_matter"}, {leader, "not_found"}, {county, "credited 210 1/1"}, {secretary, "record_state"}} {
		if got := o.confirm(step.who, self.ID); got != step.want {
			t.Errorf("of the report %v says %s, want %s", step.who, got, step.want)
		}
	}
	if got := o.balance(p[2]); got != "210, 3" {
		t.Errorf("three hours and a half pay %s", got)
	}
}

func TestRejectedAndOverlapping(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 2)
	leader := o.people("leader", 1)[0]
	secretary := o.staff(id.RoleSecretary, o.community)
	own, err := o.record(o.batch(leader, serve(leader, "08:00", "10:00"), serve(p[0], "08:00", "10:00")))
	must(t, err)
	o.clock.Advance(24 * time.Hour)
	if got := o.confirm(leader, own[1].ID); got != "party_to_matter" && got != "record_state" {
		t.Errorf("the leader says %s", got)
	}
	_, err = o.Review(t.Context(), secretary, own[1].ID, hours.Decision{}, nil)
	if !fault.Has(err, fault.ReasonReasonRequired) && !fault.Has(err, fault.ReasonRecordState) {
		t.Errorf("rejected without a reason: %v", err)
	}
	made := o.report(p[1], "22:00", "02:00")
	if outcomes(made) != "recorded 120 0/1; recorded 120 0/1" {
		t.Errorf("across the end of the year: %s", outcomes(made))
	}
	again := hours.Draft{NodeID: o.community, Title: "送餐", Start: at(0, "23:00"), End: at(0, "23:30"), Note: "又一次"}
	if _, err := o.SelfReport(t.Context(), p[1], again, nil); !fault.Has(err, fault.ReasonServiceOverlap) {
		t.Errorf("reported twice: %v", err)
	}
	_, err = o.record(o.batch(leader, serve(p[1], "21:00", "22:30")))
	must(t, err) // what nobody has confirmed holds nothing
	if got := o.confirm(secretary, made[0].ID); got != "service_overlap" {
		t.Errorf("over what is confirmed: %s", got)
	}
	r, err := o.Review(t.Context(), secretary, made[0].ID, hours.Decision{Reason: "这段时间您在参加活动"}, nil)
	if got := outcome(r, err); got != "rejected 120 0/1" {
		t.Errorf("rejected: %s", got)
	}
	if got := o.confirm(secretary, made[0].ID); got != "record_state" {
		t.Errorf("after it was rejected: %s", got)
	}
	if got := o.confirm(secretary, made[1].ID); got != "credited 120 1/1" {
		t.Errorf("the other day: %s", got)
	}
}

// A correction takes back what was paid and pays what is right.
func TestCorrect(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 2)
	leader := o.people("leader", 1)[0]
	secretary := o.staff(id.RoleSecretary, o.community)
	all, err := o.record(o.batch(leader, serve(p[0], "08:00", "12:00"), serve(p[0], "13:00", "14:00")))
	must(t, err)
	correct := func(who id.User, record id.Record, c hours.Correction) string {
		r, err := o.Correct(t.Context(), who, record, c, nil)
		return outcome(r, err)
	}
	late, over := at(0, "13:30"), at(1, "01:00")
	for _, c := range []struct {
		who  id.User
		c    hours.Correction
		want string
	}{
		{leader, hours.Correction{Minutes: 60, Reason: "记错了"}, "not_your_community"},
		{p[0], hours.Correction{Minutes: 60, Reason: "记错了"}, "not_your_community"},
		{p[1], hours.Correction{Minutes: 60, Reason: "记错了"}, "not_found"},
		{secretary, hours.Correction{Minutes: 60}, "reason_required"},
		{secretary, hours.Correction{Minutes: 241, Reason: "记错了"}, "invalid_input"},
		{secretary, hours.Correction{Minutes: -1, Reason: "记错了"}, "invalid_input"},
		{secretary, hours.Correction{Minutes: 240, Reason: "记错了"}, "invalid_input"},
		{secretary, hours.Correction{Minutes: 60, End: &over, Reason: "记错了"}, "invalid_input"},
		{secretary, hours.Correction{Minutes: 60, End: &late, Reason: "记错了"}, "service_overlap"},
	} {
		if got := correct(c.who, all[0].ID, c.c); got != c.want {
			t.Errorf("%v corrects by %+v: %s, want %s", c.who, c.c, got, c.want)
		}
	}
	if got := o.balance(p[0]); got != "300, 5" {
		t.Errorf("after refusals: %s", got)
	}
	made, err := o.Correct(t.Context(), secretary, all[0].ID, hours.Correction{Minutes: 119, Reason: "早走了"}, nil)
	if got := outcome(made, err); got != "credited 119 1/1" || made.CorrectsID != all[0].ID {
		t.Errorf("corrected: %s", got)
	}
	if got := o.balance(p[0]); got != "179, 2" {
		t.Errorf("after the correction: %s", got)
	}
	if got := correct(secretary, all[0].ID, hours.Correction{Minutes: 60, Reason: "再改"}); got != "record_state" {
		t.Errorf("twice: %s", got)
	}
	other := o.staff(id.RoleStreet, o.street)
	if got := correct(secretary, made.ID, hours.Correction{Minutes: 0, Reason: "没有来"}); got != "party_to_matter" {
		t.Errorf("who recorded it: %s", got)
	}
	if got := correct(other, made.ID, hours.Correction{Minutes: 0, Reason: "没有来"}); got != "credited 0 1/1" {
		t.Errorf("to nothing: %s", got)
	}
	if got := o.balance(p[0]); got != "60, 1" {
		t.Errorf("without it: %s", got)
	}
	if again, err := o.record(o.batch(leader, serve(p[0], "09:00", "10:00"))); err != nil {
		t.Errorf("the time is not free: %s %v", outcomes(again), err)
	}
}

// Undecided for three days, the next level is told, once.
func TestRecordsEscalate(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 1)[0]
	secretary, street := o.staff(id.RoleSecretary, o.community), o.staff(id.RoleStreet, o.street)
	o.clock.Advance(12 * time.Hour)
	made := o.report(p, "08:00", "09:00")[0]
	messages := func(who id.User) (n int) {
		must(t, o.db.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM inbox i"+
			" JOIN events e ON e.id = i.event_id WHERE e.noun = 'service_record' AND i.user_id = ?", who).Scan(&n))
		return n
	}
	for _, wait := range []struct {
		by                time.Duration
		secretary, street int
	}{{0, 0, 0}, {hours.EscalateAfter - time.Minute, 0, 0}, {time.Minute, 0, 1}, {time.Hour, 0, 1}} {
		o.clock.Advance(wait.by)
		must(t, o.Sweep(t.Context()))
		if a, b := messages(secretary), messages(street); a != wait.secretary || b != wait.street {
			t.Errorf("after %s: %d and %d messages", wait.by, a, b)
		}
	}
	if got := o.confirm(street, made.ID); got != "credited 60 1/1" {
		t.Errorf("the street says %s", got)
	}
	if n := messages(p); n != 1 {
		t.Errorf("the volunteer has %d messages", n)
	}
}

// Two reviews of one person's overlapping records at once: one wins.
func TestOverlappingReviewsRace(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 1)[0]
	leader := o.people("leader", 1)[0]
	o.clock.Advance(24 * time.Hour)
	const pairs = 10
	answers := make(chan string, 2*pairs)
	var waiting []id.Record
	var staff []id.User
	for i := range pairs {
		staff = append(staff, o.staff(id.RoleSecretary, o.community))
		own, err := o.record(o.batch(p, serve(p, "08:00", fmt.Sprintf("%02d:00", 9+i)))) // each waits
		must(t, err)
		waiting = append(waiting, own[0].ID)
	}
	for i := range pairs {
		go func() { answers <- o.confirm(staff[i], waiting[i]) }()
		go func() {
			all, err := o.record(o.batch(leader, serve(p, "08:30", "10:00")))
			if err != nil {
				answers <- err.Error()
				return
			}
			answers <- outcomes(all)
		}()
	}
	won := 0
	for range 2 * pairs {
		if got := <-answers; got != "service_overlap" {
			won++
		}
	}
	var taken int
	must(t, o.db.Pool().QueryRowContext(t.Context(),
		"SELECT COUNT(*) FROM service_records WHERE status IN ('credited', 'confirmed')").Scan(&taken))
	if won != 1 || taken != 1 {
		t.Errorf("%d won, %d are taken", won, taken)
	}
}

func TestRecorders(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.people("person", 4)
	busy, calm := o.people("busy", 1)[0], o.people("calm", 1)[0]
	street := o.staff(id.RoleStreet, o.street)
	for _, who := range p {
		_, err := o.record(o.batch(busy, serve(who, "08:00", "14:00")))
		must(t, err)
		_, err = o.record(o.batch(calm, serve(who, "15:00", "16:00")))
		must(t, err)
	}
	reports := report.New(o.db, grant.New(o.db, nil), report.Watch{Hours: report.WatchHours{
		Days: 30, Hours: 20, Records: 3, Percent: 90, Late: 48 * time.Hour,
	}}, report.Keeping{Machine: clock.System()})
	all, err := reports.ListRecorders(t.Context(), street, o.county)
	if !fault.Has(err, fault.ReasonNotYourCommunity) {
		t.Errorf("above the street: %v %v", all, err)
	}
	all, err = reports.ListRecorders(t.Context(), street, o.street)
	if got := all.OfHours; err != nil || len(got) != 1 || got[0].UserID != busy || fmt.Sprint(got[0].Signs) != "[many_hours]" {
		t.Errorf("unusual are %+v: %v", got, err)
	}
}
