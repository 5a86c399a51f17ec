package id

import "slices"

// Role is what a grant lets a person be, at a node and everything below it.
// "member" is no role: it is derived from the active report-in.
type Role string

// The roles. Grid leader to centre household are posts (岗位) in a community's
// grids and buildings: who holds one works for the whole community.
const (
	RoleGridLeader      Role = "grid_leader"
	RoleGridWorker      Role = "grid_worker"
	RolePropertyWorker  Role = "property_worker"
	RoleBuildingHead    Role = "building_head"
	RoleUnitHead        Role = "unit_head"
	RoleCentreHousehold Role = "centre_household"
	RoleUnitLiaison     Role = "unit_liaison"
	RoleResponder       Role = "responder"   // answers for a unit or a group what is sent to it
	RoleAreaLeader      Role = "area_leader" // 包保: a leader of the county who is tied to a place, and decides nothing
	RoleSecretary       Role = "secretary"
	RoleStreet          Role = "street"
	RoleCounty          Role = "county"
	RoleAuditor         Role = "auditor"
)

// Roles lists every role.
func Roles() []Role {
	return []Role{
		RoleGridLeader, RoleGridWorker, RolePropertyWorker, RoleBuildingHead, RoleUnitHead, RoleCentreHousehold,
		RoleUnitLiaison, RoleResponder, RoleAreaLeader, RoleSecretary, RoleStreet, RoleCounty, RoleAuditor,
	}
}

// Decides tells whether the role may decide matters (publish, approve).
func (r Role) Decides() bool {
	switch r {
	case RoleSecretary, RoleStreet, RoleCounty:
		return true
	case RoleGridLeader, RoleGridWorker, RolePropertyWorker, RoleBuildingHead, RoleUnitHead, RoleCentreHousehold,
		RoleUnitLiaison, RoleResponder, RoleAreaLeader, RoleAuditor:
		return false
	}
	return false
}

// Deciders lists the roles that decide.
func Deciders() []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return !r.Decides() })
}

// Posts lists the roles that record and do not decide.
func Posts() []Role {
	return slices.DeleteFunc(Roles(), func(r Role) bool { return r.Decides() || !r.Records() })
}

// Answering lists the roles that answer for the body at whose node they are held.
func Answering() []Role { return append(Deciders(), RoleResponder) }

// ForUnits lists the roles that speak for the unit at whose node they are held.
func ForUnits() []Role { return []Role{RoleUnitLiaison, RoleResponder} }

// Deputies lists the roles whose holders may stand in for the secretary of their
// community: people whom the street or the secretary has chosen to work there.
func Deputies() []Role { return []Role{RoleSecretary, RoleGridLeader, RoleGridWorker} }

// SeesAll tells whether the role may read matters that are not public, contacts
// excepted: those are another matter (design, "contacts are read by").
func (r Role) SeesAll() bool {
	switch r {
	case RoleGridLeader, RoleGridWorker, RoleSecretary, RoleStreet, RoleCounty, RoleAuditor:
		return true
	case RolePropertyWorker, RoleBuildingHead, RoleUnitHead, RoleCentreHousehold, RoleUnitLiaison, RoleResponder,
		RoleAreaLeader:
		return false
	}
	return false
}

// Records tells whether the role may post for residents without a phone and
// write down what they say.
func (r Role) Records() bool {
	switch r {
	case RoleGridLeader, RoleGridWorker, RolePropertyWorker, RoleBuildingHead, RoleUnitHead, RoleCentreHousehold,
		RoleSecretary, RoleStreet, RoleCounty:
		return true
	case RoleUnitLiaison, RoleResponder, RoleAreaLeader, RoleAuditor:
		return false
	}
	return false
}
