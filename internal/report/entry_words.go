package report

import (
	"fmt"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/points"
	"xinyuan/internal/words"
)

// Cause says what the points are for, and that a cap cut them.
func (e PointEntry) Cause() string {
	text := fmt.Sprintf("办成%s %d-%04d 号心愿：%s", e.NodeName, e.Year, e.Serial, e.Title)
	if e.Event == points.ServiceHours {
		text = fmt.Sprintf("志愿服务“%s”%s：%s", e.Title, words.Day(e.DeedAt.In(clock.Shanghai).Date()),
			words.Duration(e.Minutes))
	}
	if e.IsCapped() {
		text += "（已到积分上限）"
	}
	return text
}

// Assent says who agreed to the deed, confirmed it or took that back; empty where nobody on record did.
func (e PointEntry) Assent() string {
	switch {
	case e.Approver == "":
		return ""
	case e.Event != points.ServiceHours:
		return fmt.Sprintf("%s（%s）同意认领，%s", e.Approver, words.Post(e.ApproverPlace, e.ApproverRole), e.confirmed())
	case e.Kind == points.KindCorrect:
		return titled(e.Approver, e.ApproverPlace, e.ApproverRole) + "更正了时长"
	}
	return titled(e.Approver, e.ApproverPlace, e.ApproverRole) + "确认了时长"
}

// confirmed says who confirmed that the wish came true, or took that back.
func (e PointEntry) confirmed() string {
	did, who := "确认办成", "许愿人"
	if e.ByStaff {
		did = "问过许愿人，记下办成" // or ruled on an objection
		who = titled(e.Confirmer, e.ConfirmerPlace, e.ConfirmerRole)
	}
	switch {
	case e.Ruled && e.Kind == points.KindCorrect:
		did = "核对了异议，原来的收回"
	case e.Ruled:
		did = "核对了异议，改成这个数"
	case e.Kind == points.KindCorrect:
		did = "撤销了确认"
	}
	return who + did
}

// titled is a person with their post, where they had one.
func titled(name, place string, role id.Role) string {
	if role == "" {
		return name
	}
	return name + "（" + words.Post(place, role) + "）"
}

// Reckoning says how many points hours give, or that an upheld objection has put the points of a wish right; empty for
// a wish whose points nobody objected to.
func (e PointEntry) Reckoning() string {
	if e.Event == points.ServiceHours {
		per := words.Duration(e.PerMinutes)
		text := fmt.Sprintf("%s，每满 %s记 %d 分，不满 %s不计", words.Duration(e.Minutes), per, e.Points, per)
		if e.CapDay > 0 {
			text += fmt.Sprintf("，一天最多 %d 分", e.CapDay)
		}
		return text
	}
	switch {
	case !e.Ruled:
		return ""
	case e.Kind == points.KindCorrect:
		return "核对了异议，这一笔收回"
	}
	return fmt.Sprintf("核对了异议，改成 %d 分", e.Amount)
}
