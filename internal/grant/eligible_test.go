package grant

import (
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// The nearest grant that fits is the one by which somebody acts. Posts stand
// below the community, and nobody decides from below.
func TestTheGrantThatFits(t *testing.T) {
	one := func(is id.Grant, role id.Role, distance int) Grant {
		return Grant{ID: is, Role: role, From: noon, Distance: distance}
	}
	over := one(1, id.RoleSecretary, 0)
	over.Until = &noon
	for name, c := range map[string]struct {
		grants           Grants
		decides, records id.Grant // 0: by none
		reads            bool
	}{
		"none":                 {nil, 0, 0, false},
		"secretary":            {Grants{one(1, id.RoleSecretary, 0)}, 1, 1, true},
		"secretary and street": {Grants{one(1, id.RoleSecretary, 0), one(2, id.RoleStreet, 1)}, 1, 1, true},
		"over, but the street": {Grants{over, one(2, id.RoleStreet, 1)}, 2, 2, true},
		"worker and secretary": {Grants{one(1, id.RoleGridWorker, -1), one(2, id.RoleSecretary, 0)}, 2, 1, true},
		"grid worker":          {Grants{one(1, id.RoleGridWorker, -1)}, 0, 1, true},
		"building head":        {Grants{one(1, id.RoleBuildingHead, -2)}, 0, 1, false},
		"auditor":              {Grants{one(1, id.RoleAuditor, 2)}, 0, 0, true},
		"unit liaison":         {Grants{one(1, id.RoleUnitLiaison, 0)}, 0, 0, false},
		"secretary below":      {Grants{one(1, id.RoleSecretary, -1)}, 0, 1, true},
	} {
		decides, _ := Eligible(c.grants, Parties{}, noon)
		records, _ := EligibleRecorder(c.grants, Parties{}, noon)
		if decides.ID != c.decides || records.ID != c.records || c.grants.Reads(noon) != c.reads {
			t.Errorf("%s: decides by %d, records by %d, reads: %t", name, decides.ID, records.ID, c.grants.Reads(noon))
		}
	}
}

// Parties decide nothing; a deputy shares what is the giver's own, and not the
// giver's work. A grant of another kind is not touched by the deputy's.
func TestPartiesDoNotDecide(t *testing.T) {
	const giver, deputy, other = id.User(1), id.User(2), id.User(3)
	own := func(holder id.User, role id.Role, distance int) Grant {
		return Grant{ID: id.Grant(10*int64(holder)) + id.Grant(distance), HolderID: holder, GiverID: holder, Role: role,
			From: noon, Distance: distance}
	}
	standsIn := own(deputy, id.RoleSecretary, 0)
	standsIn.GiverID = giver
	personal := func(people ...id.User) Parties { return Parties{Personal: people} }
	office := func(people ...id.User) Parties { return Parties{Office: people} }
	for name, c := range map[string]struct {
		grants  Grants
		parties Parties
		by      id.Grant
		want    fault.Reason
	}{
		"nobody's":                     {Grants{standsIn}, Parties{}, 20, ""},
		"nobody, 0":                    {Grants{standsIn}, personal(0, other).WithOffice(0), 20, ""},
		"the secretary's own":          {Grants{own(giver, id.RoleSecretary, 0)}, personal(giver), 0, fault.ReasonPartyToMatter},
		"what the secretary recorded":  {Grants{own(giver, id.RoleSecretary, 0)}, office(giver), 0, fault.ReasonPartyToMatter},
		"the deputy's own":             {Grants{standsIn}, office().With(deputy), 0, fault.ReasonPartyToMatter},
		"what the deputy recorded":     {Grants{standsIn}, office(deputy), 0, fault.ReasonPartyToMatter},
		"the giver's own":              {Grants{standsIn}, personal(other, giver), 0, fault.ReasonPartyToMatter},
		"what the giver recorded":      {Grants{standsIn}, office(giver), 20, ""},
		"the giver's, also the street": {Grants{standsIn, own(deputy, id.RoleStreet, 1)}, personal(giver), 21, ""},
		"the deputy's, who is giver":   {Grants{own(giver, id.RoleSecretary, 0)}, personal(deputy), 10, ""},
		"a post":                       {Grants{own(other, id.RoleBuildingHead, -2)}, Parties{}, 0, fault.ReasonNotYourCommunity},
		"a post, and a party":          {Grants{own(other, id.RoleBuildingHead, -2)}, office(other), 0, fault.ReasonNotYourCommunity},
	} {
		got, err := Eligible(c.grants, c.parties, noon)
		if got.ID != c.by || (err == nil) != (c.want == "") || c.want != "" && !fault.Has(err, c.want) {
			t.Errorf("%s: by %d, %v", name, got.ID, err)
		}
	}
}
