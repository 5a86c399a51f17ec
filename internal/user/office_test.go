package user_test

import (
	"errors"
	"strings"
	"testing"

	"xinyuan/internal/fault"
	"xinyuan/internal/user"
)

func TestDisplayNamesClaimNoOffice(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"茂山社区书记", "管理员", "系统通知", "书 记", "书·记", "Ａｄｍｉｎ", "ADMIN", "系\u200d统", "茂山街道办", "王主任", "心愿客服",
	} {
		if err := user.CheckDisplayName(&name, "displayName", "称呼"); err == nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"刘大娘", "高队长", "李老师", "王医生", "茂山老王", "微信用户", "居民0042", "member-1", "阿依古丽·买买提"} {
		if err := user.CheckDisplayName(&name, "displayName", "称呼"); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	name := "系统"
	var refused *fault.Error
	err := user.CheckDisplayName(&name, "displayName", "称呼")
	if !errors.As(err, &refused) || !strings.Contains(refused.Fields[0].Message, "系统") {
		t.Errorf("the refusal does not name the word: %+v", refused)
	}
}
