package hours

import (
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
)

// eight is eight in the morning of a Wednesday in Shanghai.
var eight = time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC)

// The people of the tests, and the path from the community up.
const (
	volunteer id.User = 1
	recorder  id.User = 2
	reviewer  id.User = 3 // who has confirmed it before
	staff     id.User = 4

	community id.Node = 10
	street    id.Node = 11
	county    id.Node = 12
)

var path = []id.Node{community, street, county}

func holding(role id.Role, distance int) grant.Grants {
	return grant.Grants{{ID: 7, Role: role, From: eight, Distance: distance}}
}

// of are the grants as the person holds them.
func of(person id.User, grants grant.Grants) grant.Grants {
	for i := range grants {
		grants[i].HolderID, grants[i].GiverID = person, person
	}
	return grants
}

// A record is reviewed at its stage or above, by the team's leader where it is
// the first look at an activity's, and never by who served, wrote it or has
// looked before.
func TestWhoReviews(t *testing.T) {
	const recorded, confirmed = state.RecordRecorded, state.RecordConfirmed
	for name, c := range map[string]struct {
		by     id.User
		grants grant.Grants
		leads  int
		source state.Source
		status state.RecordStatus
		stage  id.Node
		want   fault.Reason
		grant  bool
	}{
		"secretary":                   {staff, holding(id.RoleSecretary, 0), 0, state.SourceSelf, recorded, community, "", true},
		"street":                      {staff, holding(id.RoleStreet, 1), 0, state.SourceSelf, recorded, community, "", true},
		"secretary, a higher stage":   {staff, holding(id.RoleSecretary, 0), 0, state.SourceSelf, confirmed, street, fault.ReasonNotYourCommunity, false},
		"street, its stage":           {staff, holding(id.RoleStreet, 1), 0, state.SourceSelf, confirmed, street, "", true},
		"street, the county's stage":  {staff, holding(id.RoleStreet, 1), 0, state.SourceSelf, confirmed, county, fault.ReasonNotYourCommunity, false},
		"leader, an activity":         {staff, nil, 1, state.SourceActivity, recorded, community, fault.ReasonNotYourCommunity, false},
		"leader, looked at":           {staff, nil, 1, state.SourceActivity, confirmed, community, fault.ReasonNotYourCommunity, false},
		"leader, a report":            {staff, nil, 1, state.SourceSelf, recorded, community, fault.ReasonNotYourCommunity, false},
		"volunteer, secretary":        {volunteer, holding(id.RoleSecretary, 0), 0, state.SourceSelf, recorded, community, fault.ReasonPartyToMatter, false},
		"volunteer, leader":           {volunteer, nil, 1, state.SourceActivity, recorded, community, fault.ReasonPartyToMatter, false},
		"recorder, secretary":         {recorder, holding(id.RoleSecretary, 0), 0, state.SourceSelf, recorded, community, fault.ReasonPartyToMatter, false},
		"who has looked, the street":  {reviewer, holding(id.RoleStreet, 1), 0, state.SourceSelf, confirmed, street, fault.ReasonPartyToMatter, false},
		"grid worker":                 {staff, holding(id.RoleGridWorker, -1), 0, state.SourceSelf, recorded, community, fault.ReasonNotYourCommunity, false},
		"auditor":                     {staff, holding(id.RoleAuditor, 2), 0, state.SourceSelf, recorded, community, fault.ReasonNotYourCommunity, false},
		"stranger":                    {staff, nil, 0, state.SourceSelf, recorded, community, fault.ReasonNotFound, false},
		"what is credited":            {staff, holding(id.RoleSecretary, 0), 0, state.SourceSelf, state.RecordCredited, community, fault.ReasonRecordState, false},
		"what is rejected":            {staff, holding(id.RoleSecretary, 0), 0, state.SourceSelf, state.RecordRejected, community, fault.ReasonRecordState, false},
		"stranger, what is credited":  {staff, nil, 0, state.SourceSelf, state.RecordCredited, community, fault.ReasonNotFound, false},
		"volunteer, what is credited": {volunteer, nil, 0, state.SourceSelf, state.RecordCredited, community, fault.ReasonRecordState, false},
	} {
		m := scene{
			Record: Record{
				UserID: volunteer, RecorderID: recorder, NodeID: community, Source: c.source, Status: c.status, StageNodeID: c.stage,
			},
			surroundings: surroundings{Path: path}, Grants: of(c.by, c.grants), Leads: c.leads, Reviewers: []id.User{reviewer},
		}
		if g, err := m.reviewer(c.by, eight); !faulttest.IsRefused(err, c.want) || (g != nil) != c.grant {
			t.Errorf("%s: by %v, %v", name, g, err)
		}
	}
}

func TestWhoCorrects(t *testing.T) {
	for name, c := range map[string]struct {
		by     id.User
		grants grant.Grants
		status state.RecordStatus
		want   fault.Reason
	}{
		"secretary":              {staff, holding(id.RoleSecretary, 0), state.RecordCredited, ""},
		"who has confirmed it":   {reviewer, holding(id.RoleSecretary, 0), state.RecordCredited, ""},
		"what is only confirmed": {staff, holding(id.RoleSecretary, 0), state.RecordConfirmed, fault.ReasonRecordState},
		"what is corrected":      {staff, holding(id.RoleSecretary, 0), state.RecordCorrected, fault.ReasonRecordState},
		"volunteer, secretary":   {volunteer, holding(id.RoleSecretary, 0), state.RecordCredited, fault.ReasonPartyToMatter},
		"recorder, secretary":    {recorder, holding(id.RoleSecretary, 0), state.RecordCredited, fault.ReasonPartyToMatter},
		"volunteer":              {volunteer, nil, state.RecordCredited, fault.ReasonNotYourCommunity},
		"auditor":                {staff, holding(id.RoleAuditor, 2), state.RecordCredited, fault.ReasonNotYourCommunity},
		"stranger":               {staff, nil, state.RecordCredited, fault.ReasonNotFound},
	} {
		m := scene{Record: Record{UserID: volunteer, RecorderID: recorder, Status: c.status}, Grants: of(c.by, c.grants)}
		if _, err := m.corrector(c.by, eight); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// More than eight hours of a person's day need a second look, more than twelve a
// third, a sample one more, as far as there are levels.
func TestReviewsOfADay(t *testing.T) {
	const hour = 60
	other := func(change func(*Record)) Record {
		r := Record{ID: 5, UserID: volunteer, StartedAt: eight, Minutes: 7 * hour, Status: state.RecordCredited}
		change(&r)
		return r
	}
	same := func(*Record) {}
	for name, c := range map[string]struct {
		minutes int64
		taken   []Record
		sample  bool
		byTeam  bool
		stage   id.Node
		want    int
	}{
		"an hour":                  {hour, nil, false, false, community, 1},
		"eight hours":              {8 * hour, nil, false, false, community, 1},
		"a minute more":            {8*hour + 1, nil, false, false, community, 2},
		"twelve hours":             {12 * hour, nil, false, false, community, 2},
		"a minute more than that":  {12*hour + 1, nil, false, false, community, 3},
		"an hour, a sample":        {hour, nil, true, false, community, 2},
		"all of it":                {13 * hour, nil, true, false, community, 3},
		"all of it, with a leader": {13 * hour, nil, true, true, community, 4},
		"at the county":            {13 * hour, nil, true, false, county, 1},
		"beside seven":             {hour, []Record{other(same)}, false, false, community, 1},
		"beside seven, a minute":   {hour + 1, []Record{other(same)}, false, false, community, 2},
		"another's seven":          {hour + 1, []Record{other(func(r *Record) { r.UserID = staff })}, false, false, community, 1},
		"seven on another day":     {hour + 1, []Record{other(func(r *Record) { r.StartedAt = eight.Add(16 * time.Hour) })}, false, false, community, 1},
		"seven late that day":      {hour + 1, []Record{other(func(r *Record) { r.StartedAt = eight.Add(16*time.Hour - 1) })}, false, false, community, 2},
		"seven that nobody saw":    {hour + 1, []Record{other(func(r *Record) { r.Status = state.RecordRecorded })}, false, false, community, 1},
		"seven of itself":          {hour + 1, []Record{other(func(r *Record) { r.ID = 8 })}, false, false, community, 1},
		"seven that it replaces":   {hour + 1, []Record{other(func(r *Record) { r.ID = 9 })}, false, false, community, 1},
		"seven with a second look": {hour + 1, []Record{other(func(r *Record) { r.Status = state.RecordConfirmed })}, false, false, community, 2},
	} {
		r := Record{ID: 8, CorrectsID: 9, UserID: volunteer, StartedAt: eight, Minutes: c.minutes, Sample: c.sample, StageNodeID: c.stage}
		if r.needs(c.taken, path, c.byTeam); r.Due != c.want {
			t.Errorf("%s: %d reviews, want %d", name, r.Due, c.want)
		}
	}
}

// A record is stamped with where its person belonged when it began: reported in,
// or at home, or else where it was.
func TestStamps(t *testing.T) {
	const home, old, now id.Node = 20, 21, 22
	since, until := eight.Add(-time.Hour), eight
	for name, c := range map[string]struct {
		people []person
		node   id.Node
		unit   id.Node
	}{
		"a stranger":           {nil, community, 0},
		"somebody else":        {[]person{{UserID: staff, HomeID: home}}, community, 0},
		"at home":              {[]person{{UserID: volunteer, HomeID: home}}, home, 0},
		"reported in":          {[]person{{UserID: volunteer, HomeID: home, NodeID: now, UnitID: 5, Since: &since}}, now, 5},
		"from that moment":     {[]person{{UserID: volunteer, HomeID: home, NodeID: now, UnitID: 5, Since: &eight}}, now, 5},
		"left by then":         {[]person{{UserID: volunteer, HomeID: home, NodeID: old, UnitID: 4, Since: &since, Until: &until}}, home, 0},
		"reported in later":    {[]person{{UserID: volunteer, HomeID: home, NodeID: now, UnitID: 5, Since: at(eight.Add(1))}}, home, 0},
		"moved at that moment": {[]person{{UserID: volunteer, HomeID: home, NodeID: old, UnitID: 4, Since: &since, Until: &until}, {UserID: volunteer, HomeID: home, NodeID: now, UnitID: 5, Since: &until}}, now, 5},
		"moved since":          {[]person{{UserID: volunteer, HomeID: home, NodeID: old, UnitID: 4, Since: &since, Until: at(eight.Add(1))}, {UserID: volunteer, HomeID: home, NodeID: now, UnitID: 5, Since: at(eight.Add(1))}}, old, 4},
	} {
		r := Record{UserID: volunteer, NodeID: community, StartedAt: eight}
		if (surroundings{People: c.people}).stamp(&r); r.MemberNodeID != c.node || r.UnitID != c.unit {
			t.Errorf("%s: of %d and unit %d, want %d and %d", name, r.MemberNodeID, r.UnitID, c.node, c.unit)
		}
		want := 1 // minutes
		if c.unit != 0 {
			want = 2 // and points
		}
		if got := len(r.awards()); got != want {
			t.Errorf("%s: %d awards, want %d", name, got, want)
		}
	}
}

func at(t time.Time) *time.Time { return &t }
