package agreement

import (
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

func grants(role id.Role) grant.Grants { return grant.Grants{{ID: 9, Role: role, From: noon}} }

var (
	secretary = Actor{ID: 2, Place: grants(id.RoleSecretary)}
	liaison   = Actor{ID: 3, Unit: grants(id.RoleUnitLiaison)}
	responder = Actor{ID: 4, Unit: grants(id.RoleResponder)}
	resident  = Actor{ID: 5}
	both      = Actor{ID: 2, Place: grants(id.RoleSecretary), Unit: grants(id.RoleUnitLiaison)} // signed for the community
)

// in is an agreement of 2026 in the status.
func in(status state.AgreementStatus) Agreement {
	a := Agreement{ID: 1, NodeID: 7, UnitID: 8, Year: 2026, Status: status, Version: 1}
	if status != state.AgreementDraft {
		a.SenderID, a.SenderGrant, a.OfferedAt = 2, 9, &noon
	}
	if status == state.AgreementSigned || status == state.AgreementEnded {
		a.SignerID, a.SignerGrant, a.SignedAt, a.SinceAt = 3, 9, &noon, &noon
	}
	return a
}

func TestWhoSignsWhen(t *testing.T) {
	type step = func(a *Agreement, by Actor, now time.Time) (grant.Grant, error)
	end := func(a *Agreement, by Actor, now time.Time) (grant.Grant, error) { return a.End(by, "不办了", now) }
	over := time.Date(2027, 1, 1, 0, 0, 0, 0, clock.Shanghai)
	const wrongState, notFound, notYours = fault.ReasonAgreementState, fault.ReasonNotFound, fault.ReasonNotYourCommunity
	early := liaison
	early.Unit = grant.Grants{{ID: 9, Role: id.RoleUnitLiaison, From: noon.Add(time.Hour)}}
	above := liaison
	above.Unit = grant.Grants{{ID: 9, Role: id.RoleUnitLiaison, From: noon, Distance: 1}}
	for name, c := range map[string]struct {
		do     step
		by     Actor
		status state.AgreementStatus
		at     time.Time
		want   fault.Reason
	}{
		"the community writes":                {(*Agreement).Edit, secretary, state.AgreementDraft, noon, ""},
		"not once it has signed":              {(*Agreement).Edit, secretary, state.AgreementOffered, noon, wrongState},
		"the unit knows no draft":             {(*Agreement).Edit, liaison, state.AgreementDraft, noon, notFound},
		"the unit does not write":             {(*Agreement).Edit, liaison, state.AgreementOffered, noon, notYours},
		"the community signs first":           {(*Agreement).Dispatch, secretary, state.AgreementDraft, noon, ""},
		"once":                                {(*Agreement).Dispatch, secretary, state.AgreementOffered, noon, wrongState},
		"not when the year is over":           {(*Agreement).Dispatch, secretary, state.AgreementDraft, over, wrongState},
		"but in its last moment":              {(*Agreement).Dispatch, secretary, state.AgreementDraft, over.Add(-1), ""},
		"the liaison signs":                   {(*Agreement).Sign, liaison, state.AgreementOffered, noon, ""},
		"so does who answers for the unit":    {(*Agreement).Sign, responder, state.AgreementOffered, noon, ""},
		"not before the grant":                {(*Agreement).Sign, early, state.AgreementOffered, noon, notFound},
		"nor by one from above":               {(*Agreement).Sign, above, state.AgreementOffered, noon, notFound},
		"the community does not":              {(*Agreement).Sign, secretary, state.AgreementOffered, noon, notYours},
		"nobody signs for both":               {(*Agreement).Sign, both, state.AgreementOffered, noon, fault.ReasonPartyToMatter},
		"the unit signs once":                 {(*Agreement).Sign, liaison, state.AgreementSigned, noon, wrongState},
		"nor when the year is over":           {(*Agreement).Sign, liaison, state.AgreementOffered, over, wrongState},
		"others do not see what is offered":   {(*Agreement).Sign, resident, state.AgreementOffered, noon, notFound},
		"what is signed they see":             {(*Agreement).Sign, resident, state.AgreementSigned, noon, notYours},
		"the unit wants it otherwise":         {(*Agreement).Return, liaison, state.AgreementOffered, noon, ""},
		"the community takes it back":         {(*Agreement).Return, secretary, state.AgreementOffered, noon, ""},
		"what is signed does not go back":     {(*Agreement).Return, liaison, state.AgreementSigned, noon, wrongState},
		"the community drops its draft":       {end, secretary, state.AgreementDraft, noon, ""},
		"the unit does not":                   {end, liaison, state.AgreementDraft, noon, notFound},
		"either side ends what is signed":     {end, liaison, state.AgreementSigned, noon, ""},
		"and the other":                       {end, secretary, state.AgreementSigned, noon, ""},
		"once it is over there is nothing to": {end, secretary, state.AgreementSigned, over, wrongState},
		"nor what has ended":                  {end, secretary, state.AgreementEnded, noon, wrongState},
		"others end nothing":                  {end, resident, state.AgreementSigned, noon, notYours},
	} {
		t.Run(name, func(t *testing.T) {
			a := in(c.status)
			if _, err := c.do(&a, c.by, c.at); c.want == "" && err != nil || c.want != "" && !fault.Has(err, c.want) {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// Deeds count from the signature, and go on to count when the lines are agreed upon anew.
func TestDeedsCountFromTheFirstSignature(t *testing.T) {
	first, next, later := in(state.AgreementSigned), in(state.AgreementOffered), noon.AddDate(0, 1, 0)
	if _, err := next.Sign(liaison, later); err != nil {
		t.Fatal(err)
	}
	if !next.SinceAt.Equal(later) || next.SignerID != liaison.ID || !next.IsInForce(later) {
		t.Errorf("signed: %+v", next)
	}
	if err := first.Replace(&next, later); err != nil {
		t.Fatal(err)
	}
	if !next.SinceAt.Equal(noon) || first.Status != state.AgreementEnded || !first.EndedAt.Equal(later) {
		t.Errorf("replaced: %+v by %+v", first, next)
	}
	if first.Year = 2027; !first.Since().Equal(next.Until()) || !next.Since().Equal(noon) {
		t.Errorf("deeds count from %v and %v", first.Since(), next.Since())
	}
	if next.IsInForce(next.Until()) || !next.IsInForce(next.Until().Add(-1)) {
		t.Error("it is in force until the end of the year")
	}
}

func TestLinesAreCountable(t *testing.T) {
	venue := Line{Kind: KindVenue, Text: "会议室", Quantity: 2, Quarter: 2, OfferID: 1}
	hours := Line{Kind: KindService, Text: "修电器", Quantity: 2, Quarter: 4}
	with := func(l Line, change func(*Line)) Line { change(&l); return l }
	many := make([]Line, 9)
	for i := range many {
		many[i] = with(venue, func(l *Line) { l.OfferID = id.Offer(i + 1) })
	}
	for name, c := range map[string]struct {
		lines []Line
		field string
	}{
		"both kinds":             {[]Line{venue, hours}, ""},
		"none":                   {nil, "lines"},
		"nine":                   {many, "lines"},
		"eight":                  {many[:8], ""},
		"a venue without one":    {[]Line{with(venue, func(l *Line) { l.OfferID = 0 })}, "lines.0.offerId"},
		"hours with a venue":     {[]Line{hours, with(hours, func(l *Line) { l.OfferID = 1 })}, "lines.1.offerId"},
		"the same twice":         {[]Line{venue, venue}, "lines.1.quarter"},
		"in another quarter":     {[]Line{venue, with(venue, func(l *Line) { l.Quarter = 3 })}, ""},
		"nothing is said":        {[]Line{with(venue, func(l *Line) { l.Text = " " })}, "lines.0.text"},
		"hours counted together": {[]Line{hours, with(hours, func(l *Line) { l.Kind = KindPost })}, "lines.1.quarter"},
	} {
		t.Run(name, func(t *testing.T) {
			err := checkLines(c.lines)
			wrong, _ := fault.Of(err)
			if c.field == "" && err != nil || c.field != "" && (wrong == nil || len(wrong.Fields) != 1 || wrong.Fields[0].Path != c.field) {
				t.Errorf("%v, want a fault of %q", err, c.field)
			}
		})
	}
}

// A line is kept, owed, late or, where its agreement ended before, nobody's to keep any more; an ended one that was kept
// stays so.
func TestWhatAUnitStillOwes(t *testing.T) {
	line := func(done, quarter int) Line { return Line{Quantity: 2, Done: done, Quarter: quarter} }
	live, over := in(state.AgreementSigned), in(state.AgreementEnded)
	april := time.Date(2026, 4, 1, 0, 0, 0, 0, clock.Shanghai)
	p := UnitPage{At: april, Agreements: []Listed{
		{live, []Line{line(2, 1), line(1, 1), line(1, 2)}}, {over, []Line{line(2, 4), line(1, 1), line(0, 4)}},
	}}
	if got := p.Promises(); got != (Promises{All: 6, Kept: 2, Owed: 2, Late: 1}) {
		t.Errorf("at the end of March it owes %+v", got)
	}
	if p.At = april.Add(-1); p.Promises().Late != 0 {
		t.Error("a line is late before its quarter is over")
	}
}
