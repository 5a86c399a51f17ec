package words

import (
	"testing"

	"xinyuan/internal/id"
)

func TestAPostSaysNothingTwice(t *testing.T) {
	for _, c := range []struct {
		place string
		role  id.Role
		want  string
	}{
		{"茂山社区", id.RoleSecretary, "茂山社区书记"},
		{"茂山街道", id.RoleStreet, "茂山街道负责人"},
		{"大川镇", id.RoleStreet, "大川镇负责人"},
		{"通化县", id.RoleCounty, "通化县负责人"},
		{"第二网格", id.RoleGridWorker, "第二网格员"},
		{"三号楼", id.RoleBuildingHead, "三号楼栋长"},
		{"县供电公司", id.RoleUnitLiaison, "县供电公司单位联络员"},
	} {
		if got := Post(c.place, c.role); got != c.want {
			t.Errorf("%s, %s: got %q, want %q", c.place, c.role, got, c.want)
		}
	}
}
