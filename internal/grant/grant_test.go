package grant

import (
	"slices"
	"testing"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/fault/faulttest"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
)

// noon is the time of the tests: Wednesday, 11 March 2026 in Shanghai.
var noon = time.Date(2026, 3, 11, 4, 0, 0, 0, time.UTC)

func TestWhenAGrantCounts(t *testing.T) {
	const moment = time.Millisecond
	until := noon.Add(time.Hour)
	for name, c := range map[string]struct {
		until *time.Time
		at    time.Time
		want  bool
	}{
		"before":                 {nil, noon.Add(-moment), false},
		"from the first moment":  {nil, noon, true},
		"without end":            {nil, noon.AddDate(10, 0, 0), true},
		"until the last moment":  {&until, until.Add(-moment), true},
		"over when it ends":      {&until, until, false},
		"over later":             {&until, until.Add(time.Hour), false},
		"before, and it has end": {&until, noon.Add(-moment), false},
	} {
		if got := (Grant{From: noon, Until: c.until}).IsInForce(c.at); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// Which roles are held where, and who gives them.
func TestGivenBy(t *testing.T) {
	posts := []org.Kind{org.KindCommunity, org.KindVillage, org.KindGrid, org.KindBuilding, org.KindGroup}
	deciders := []id.Role{id.RoleSecretary, id.RoleStreet, id.RoleCounty}
	for role, want := range map[id.Role]struct {
		kinds  []org.Kind
		givers []id.Role
	}{
		id.RoleGridLeader:      {posts, deciders},
		id.RoleGridWorker:      {posts, deciders},
		id.RolePropertyWorker:  {posts, deciders},
		id.RoleBuildingHead:    {posts, deciders},
		id.RoleUnitHead:        {posts, deciders},
		id.RoleCentreHousehold: {posts, deciders},
		id.RoleUnitLiaison:     {[]org.Kind{org.KindUnit}, deciders},
		id.RoleResponder:       {[]org.Kind{org.KindUnit, org.KindGroup}, []id.Role{id.RoleStreet, id.RoleCounty}},
		id.RoleAreaLeader: {
			[]org.Kind{org.KindStreet, org.KindCommunity, org.KindVillage}, []id.Role{id.RoleCounty},
		},
		id.RoleSecretary: {[]org.Kind{org.KindCommunity, org.KindVillage}, []id.Role{id.RoleStreet, id.RoleCounty}},
		id.RoleStreet:    {[]org.Kind{org.KindStreet}, []id.Role{id.RoleCounty}},
		id.RoleAuditor:   {append([]org.Kind{org.KindStreet, org.KindCounty}, posts...), []id.Role{id.RoleCounty}},
		id.RoleCounty:    {nil, nil},
	} {
		kinds, givers := givenBy(role)
		for _, k := range org.Kinds() {
			if slices.Contains(kinds, k) != slices.Contains(want.kinds, k) {
				t.Errorf("a %s at a %s: %t", role, k, slices.Contains(kinds, k))
			}
		}
		for _, r := range id.Roles() {
			if slices.Contains(givers, r) != slices.Contains(want.givers, r) {
				t.Errorf("a %s is given by a %s: %t", role, r, slices.Contains(givers, r))
			}
		}
	}
}

func TestWhoGives(t *testing.T) {
	deputyOf := id.Grant(4)
	one := func(role id.Role, distance int) Grants {
		return Grants{{ID: 7, Role: role, From: noon, Distance: distance}}
	}
	for name, c := range map[string]struct {
		grants Grants
		role   id.Role
		want   fault.Reason
	}{
		"secretary, a post":           {one(id.RoleSecretary, 0), id.RoleGridWorker, ""},
		"secretary, from the grid":    {one(id.RoleSecretary, 1), id.RoleGridWorker, ""},
		"street, a post":              {one(id.RoleStreet, 2), id.RoleGridWorker, ""},
		"secretary, another":          {one(id.RoleSecretary, 0), id.RoleSecretary, fault.ReasonGrantTooHigh},
		"street, a secretary":         {one(id.RoleStreet, 1), id.RoleSecretary, ""},
		"street, a street":            {one(id.RoleStreet, 0), id.RoleStreet, fault.ReasonGrantTooHigh},
		"county, a street":            {one(id.RoleCounty, 1), id.RoleStreet, ""},
		"county, an auditor":          {one(id.RoleCounty, 0), id.RoleAuditor, ""},
		"county, a county":            {one(id.RoleCounty, 0), id.RoleCounty, fault.ReasonGrantTooHigh},
		"grid worker":                 {one(id.RoleGridWorker, 0), id.RoleBuildingHead, fault.ReasonNotYourCommunity},
		"auditor":                     {one(id.RoleAuditor, 1), id.RoleGridWorker, fault.ReasonNotYourCommunity},
		"from below":                  {one(id.RoleSecretary, -1), id.RoleGridWorker, fault.ReasonNotYourCommunity},
		"nobody":                      {nil, id.RoleGridWorker, fault.ReasonNotYourCommunity},
		"before":                      {Grants{{Role: id.RoleCounty, From: noon.Add(1)}}, id.RoleGridWorker, fault.ReasonNotYourCommunity},
		"over":                        {Grants{{Role: id.RoleCounty, Until: &noon}}, id.RoleGridWorker, fault.ReasonNotYourCommunity},
		"a deputy":                    {Grants{{Role: id.RoleSecretary, DelegatedBy: &deputyOf}}, id.RoleGridWorker, fault.ReasonGrantTooHigh},
		"a deputy, the street itself": {Grants{{Role: id.RoleSecretary, DelegatedBy: &deputyOf}, {ID: 7, Role: id.RoleStreet, Distance: 1}}, id.RoleGridWorker, ""},
	} {
		got, err := c.grants.giver(c.role, noon)
		if !faulttest.IsRefused(err, c.want) || c.want == "" && got.ID != 7 {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// Days are those of Shanghai, both included.
func TestTimesOfASpan(t *testing.T) {
	day := func(d int) *time.Time {
		date := time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC)
		return &date
	}
	begins := func(d int) time.Time { return time.Date(2026, 3, d-1, 16, 0, 0, 0, time.UTC) }
	late := time.Date(2026, 3, 11, 15, 59, 59, 0, time.UTC) // a second before midnight
	for name, c := range map[string]struct {
		now   time.Time
		span  Span
		from  time.Time // zero: refused
		until time.Time // zero: without end
	}{
		"from now on":              {noon, Span{}, noon, time.Time{}},
		"today":                    {noon, Span{day(11), day(11)}, noon, begins(12)},
		"until the end of today":   {noon, Span{nil, day(11)}, noon, begins(12)},
		"late, until its end":      {late, Span{nil, day(11)}, late, begins(12)},
		"after midnight":           {begins(12), Span{nil, day(11)}, time.Time{}, time.Time{}},
		"tomorrow, three days":     {noon, Span{day(12), day(14)}, begins(12), begins(15)},
		"yesterday":                {noon, Span{day(10), nil}, time.Time{}, time.Time{}},
		"yesterday, after this":    {begins(12), Span{day(11), nil}, time.Time{}, time.Time{}},
		"until yesterday":          {noon, Span{nil, day(10)}, time.Time{}, time.Time{}},
		"it ends before it begins": {noon, Span{day(14), day(13)}, time.Time{}, time.Time{}},
	} {
		from, until, err := c.span.times(c.now)
		switch {
		case c.from.IsZero():
			if !fault.Has(err, fault.ReasonInvalidInput) {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil || !from.Equal(c.from) || (until == nil) != c.until.IsZero() || until != nil && !until.Equal(c.until):
			t.Errorf("%s: from %s until %v, %v", name, from, until, err)
		}
	}
}

// A grant is ended by who may give it, or by whose place a deputy takes, and by
// nobody for themself.
func TestWhoEndsAGrant(t *testing.T) {
	own := id.Grant(4) // of the secretary for whom the deputy stands in
	post, deputy := Holding{UserID: 2}, Holding{UserID: 2}
	post.Role, deputy.Role, deputy.DelegatedBy = id.RoleGridWorker, id.RoleSecretary, &own
	secretary, over := Grant{ID: own, Role: id.RoleSecretary}, Grant{ID: own, Role: id.RoleSecretary, Until: &noon}
	for name, c := range map[string]struct {
		held   Holding
		actor  id.User
		grants Grants
		want   fault.Reason
	}{
		"a post, by the secretary":     {post, 1, Grants{secretary}, ""},
		"a post, by its holder":        {post, 2, Grants{secretary}, fault.ReasonPartyToMatter},
		"a post, by an auditor":        {post, 1, Grants{{Role: id.RoleAuditor}}, fault.ReasonNotYourCommunity},
		"a post, by a stranger":        {post, 1, nil, fault.ReasonNotFound},
		"a deputy, by the giver":       {deputy, 1, Grants{secretary}, ""},
		"a deputy, by the street":      {deputy, 1, Grants{{Role: id.RoleStreet, Distance: 1}}, ""},
		"a deputy, by another":         {deputy, 1, Grants{{ID: 5, Role: id.RoleSecretary}}, fault.ReasonGrantTooHigh},
		"a deputy, the giver is over":  {deputy, 1, Grants{over}, fault.ReasonNotFound},
		"a deputy, by the deputy":      {deputy, 2, Grants{{ID: 6, Role: id.RoleSecretary, DelegatedBy: &own}}, fault.ReasonGrantTooHigh},
		"a deputy who is the street":   {deputy, 2, Grants{{Role: id.RoleStreet, Distance: 1}}, fault.ReasonPartyToMatter},
		"a post, by a worker in force": {post, 1, Grants{{Role: id.RoleGridWorker}}, fault.ReasonNotYourCommunity},
	} {
		if _, err := c.held.endedBy(c.actor, c.grants, noon); !faulttest.IsRefused(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
