// Package duty is the streets' duty list (职责清单), and the admissions (准入) by which a department may give communities
// work that the list does not name.
package duty

import (
	"time"

	"xinyuan/internal/id"
)

// Kind is what the street owes.
type Kind string

// The kinds.
const (
	KindOwn    Kind = "own"    // 主体承担: the street does it itself
	KindAssist Kind = "assist" // 配合承担: a department leads, and the street helps it
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{KindOwn, KindAssist} }

// Duty is a line of the list.
type Duty struct {
	ID        id.Duty    `db:"id"`
	Number    int        `db:"number"`
	Board     string     `db:"board"` // 板块
	Field     string     `db:"field"` // 职能
	Kind      Kind       `db:"kind"`
	Item      string     `db:"item"`
	LeadID    id.Node    `db:"lead_id"`      // the department that leads what is only assisted; 0: the street itself
	Community bool       `db:"is_community"` // communities take part
	From      time.Time  `db:"from_at"`
	Until     *time.Time `db:"until_at"`
	LeadName  string     `db:"lead_name"` // only lists read it
}
