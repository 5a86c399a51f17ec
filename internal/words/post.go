package words

import (
	"strings"

	"xinyuan/internal/id"
)

// roleNames are roles as people read them.
var roleNames = map[id.Role]string{
	id.RoleGridLeader:      "网格长",
	id.RoleGridWorker:      "网格员",
	id.RolePropertyWorker:  "物管员",
	id.RoleBuildingHead:    "楼栋长",
	id.RoleUnitHead:        "单元长",
	id.RoleCentreHousehold: "党员中心户",
	id.RoleUnitLiaison:     "单位联络员",
	id.RoleResponder:       "接单人",
	id.RoleAreaLeader:      "包保领导",
	id.RoleSecretary:       "社区书记",
	id.RoleStreet:          "街道负责人",
	id.RoleCounty:          "县级负责人",
	id.RoleAuditor:         "监督员",
}

// Role is what people call a role; empty for none.
func Role(r id.Role) string { return roleNames[r] }

// Post is a role at its place: 茂山社区书记, 第二网格员. What the place's name says
// already is not said twice.
func Post(place string, role id.Role) string {
	name := roleNames[role]
	for _, kind := range []string{"社区", "街道", "县级"} {
		name = strings.TrimPrefix(name, kind)
	}
	for n := len(name); n > 0; n-- {
		if strings.HasSuffix(place, name[:n]) {
			return place + name[n:]
		}
	}
	return place + name
}

// Reader is as what somebody reads contact data: by their post, or as the claimant.
func Reader(place string, post id.Role) string {
	if post == "" {
		return "认领人"
	}
	return Post(place, post)
}
