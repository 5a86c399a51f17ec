package account

import "xinyuan/internal/state"

var claimWords = map[string]string{
	"requested": "等答复", "approved": "同意了", "delivered": "办好了", "confirmed": "确认了", "declined": "没有同意",
	"released": "退回了", "cancelled": "取消了", "lapsed": "过期放回了",
}

// The claims of the person's wishes have what the person answered.
var claimsOfWishes = belongs(Belonging{
	Noun: state.Claim.Noun, Texts: "办理", IDs: "account.claims_of_wishes", Whole: true,
	Erase:   []string{"account.erase_comments"},
	Tables:  []Table{{200, "对办理的答复", "account.sheet_answers"}},
	Columns: map[string]string{"rating": "评分", "comment": "评语"},
	Words:   claimWords,
})

// The person's own claims are about somebody else's wish.
var _ = belongs(Belonging{
	Noun: state.Claim.Noun, Texts: "办理", IDs: "account.claims", Erase: []string{"account.erase_notes"},
	Tables:  []Table{{300, "认领", "account.sheet_claims"}},
	Columns: map[string]string{"delivery_note": "办理情况"},
	Words:   claimWords,
})
