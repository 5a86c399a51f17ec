package account

import "xinyuan/internal/state"

// What somebody said in open votes about brands. It is counted, and stays. Brands are words of staff and of units.
var _ = belongs(Belonging{
	Noun:    state.Brand.Noun,
	Tables:  []Table{{1170, "对品牌投过的票", "account.sheet_brand_voices"}},
	Columns: map[string]string{"brand": "品牌"},
	Words:   map[string]string{"active": "在办", "asleep": "歇着"},
})
