package user

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"xinyuan/internal/fault"
	"xinyuan/internal/seal"
)

// offices are words of offices, of bodies and of the system itself. Roles are shown beside a name by what was granted,
// so no name needs them, and whoever reads "茂山社区书记" or "系统通知" believes it.
var offices = []string{
	"书记", "書記", "主任", "县长", "镇长", "乡长", "村长", "局长", "科长", "处长", "部长", "委员", "网格", "網格", "楼栋长", "单元长",
	"管理员", "管理員", "系统", "系統", "官方", "客服", "平台", "通知", "公告", "工作人员", "办公室", "社区", "社區", "街道",
	"居委", "村委", "党委", "党支部", "党组织", "组织部", "政府", "民政", "公安", "警察", "派出所", "法院", "检察院", "小程序",
	"admin", "system", "official", "root",
}

// CheckDisplayName trims a name by which others know a person, and refuses one that claims an office or the system.
// Error: fault.ReasonInvalidInput at the path.
func CheckDisplayName(name *string, path, what string) error {
	if err := fault.NeedText(name, path, what, MaxDisplayName); err != nil {
		return err
	}
	if seal.Identifies(*name) {
		return fault.BadField(path, what+"别人都看得到，里面不能有电话、证件号或者卡号。")
	}
	if word := office(*name); word != "" {
		return fault.BadField(path, fmt.Sprintf("%s里不能有“%s”，会被当成工作人员。请写姓名，或者大家平时怎么叫。", what, word))
	}
	return nil
}

// office is the word in the name that claims an office, "" if there is none. Spaces, marks and other widths of the
// letters do not hide it.
func office(name string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(name))
	for _, word := range offices {
		if strings.Contains(letters, word) {
			return word
		}
	}
	return ""
}
