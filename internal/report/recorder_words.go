package report

import (
	"fmt"
	"strings"

	"xinyuan/internal/words"
)

// Words say what is unusual about the recorder.
func (r RecorderOfHours) Words() string {
	return explain(r.Signs, map[RecordSign]string{
		SignManyHours:   "一个人就记下了 " + words.Duration(r.Minutes),
		SignAlwaysFull:  fmt.Sprintf("%d 条里有 %d 条都按活动全程记", r.Records, r.Full),
		SignEnteredLate: fmt.Sprintf("%d 条里有 %d 条是事后很久才记的", r.Records, r.Late),
		SignMostlyUnseen: fmt.Sprintf("记了时长的 %d 个人里，有 %d 个没有手机，也没有当场签到",
			r.Credited, r.Unseen),
	})
}

// Words say what is unusual about the yeses that the recorder wrote down.
func (r RecorderOfYeses) Words() string {
	return explain(r.Signs, map[YesSign]string{
		SignDenied:      fmt.Sprintf("再问过的 %d 件里有 %d 件不作数", r.Checked, r.Denied),
		SignOneClaimant: fmt.Sprintf("%d 件里有 %d 件是同一位党员办的", r.Yeses, r.Most),
		SignByPhone:     fmt.Sprintf("%d 件里有 %d 件是打电话问的", r.Yeses, r.ByPhone),
	})
}

// explain is a sentence of what the signs say, in their order.
func explain[S comparable](signs []S, says map[S]string) string {
	parts := make([]string, 0, len(signs))
	for _, sign := range signs {
		parts = append(parts, says[sign])
	}
	return strings.Join(parts, "；") + "。"
}
