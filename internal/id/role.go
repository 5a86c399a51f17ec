package id

// Role is what a grant lets a person be, at a node and everything below it.
// "member" is no role: it is derived from the active report-in.
type Role string

// The roles, from the nearest to the resident to the farthest.
const (
	RoleGridWorker   Role = "grid_worker"
	RoleBuildingHead Role = "building_head"
	RoleUnitLiaison  Role = "unit_liaison"
	RoleSecretary    Role = "secretary"
	RoleStreet       Role = "street"
	RoleCounty       Role = "county"
	RoleAuditor      Role = "auditor"
)

// Roles lists every role.
func Roles() []Role {
	return []Role{RoleGridWorker, RoleBuildingHead, RoleUnitLiaison, RoleSecretary, RoleStreet, RoleCounty, RoleAuditor}
}

// Decides tells whether the role may decide matters (publish, approve).
func (r Role) Decides() bool {
	switch r {
	case RoleSecretary, RoleStreet, RoleCounty:
		return true
	case RoleGridWorker, RoleBuildingHead, RoleUnitLiaison, RoleAuditor:
		return false
	}
	return false
}

// SeesAll tells whether the role may read matters that are not public, contacts
// excepted: those are another matter (design, "contacts are read by").
func (r Role) SeesAll() bool {
	switch r {
	case RoleGridWorker, RoleSecretary, RoleStreet, RoleCounty, RoleAuditor:
		return true
	case RoleBuildingHead, RoleUnitLiaison:
		return false
	}
	return false
}

// Records tells whether the role may post for residents without a phone and
// write down what they say.
func (r Role) Records() bool {
	switch r {
	case RoleGridWorker, RoleBuildingHead, RoleSecretary, RoleStreet, RoleCounty:
		return true
	case RoleUnitLiaison, RoleAuditor:
		return false
	}
	return false
}
