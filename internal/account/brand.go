package account

import "xinyuan/internal/state"

// What somebody said in open votes about brands. It is counted, and stays. Brands are words of staff and of units.
var _ = belongs(Belonging{
	Noun:    state.Brand.Noun,
	Tables:  []Table{{1170, "对品牌投过的票", "account.sheet_brand_voices"}},
	Columns: map[string]string{"brand": "品牌", "choice": "投的票", "voted_at": "什么时候投的"},
	Words:   map[string]string{"proposed": "等另一边答应", "active": "在办", "asleep": "歇着", "stopped": "不办了"},
})
