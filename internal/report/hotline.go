package report

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/need"
	"xinyuan/internal/paper"
	"xinyuan/internal/state"
)

// called is a need that the hotline passed on, as it is told back.
type called struct {
	ID       id.Need          `db:"id"`
	Hotline  string           `db:"hotline_number"`
	Year     int              `db:"year"`
	Serial   int              `db:"number"`
	Place    string           `db:"node_name"`
	Category need.Category    `db:"category"`
	Status   state.NeedStatus `db:"status"`
	Solved   *need.Solved     `db:"solved"`
	Answer   string           `db:"answer"`
	Created  time.Time        `db:"created_at"`
	Due      time.Time        `db:"due_at"`
	Closed   *time.Time       `db:"closed_at"`
}

// GetHotlineTable is what became of all that the hotline passed on, by the hotline's numbers, to be told back to it.
// No contacts.
func GetHotlineTable(ctx context.Context, db *mysql.DB) (paper.Table, error) {
	t := paper.Table{
		Name: "热线办理情况",
		Head: []any{"热线编号", "编号", "社区", "类别", "现在", "答复", "收到", "最晚", "销号"},
	}
	var all []called
	if err := db.Select(ctx, &all, "report.hotline", nil); err != nil {
		return t, err
	}
	day := func(at time.Time) string { return at.In(clock.Shanghai).Format(time.DateTime) }
	for _, c := range all {
		closed := ""
		if c.Closed != nil {
			closed = day(*c.Closed)
		}
		t.Rows = append(t.Rows, []any{
			c.Hotline, need.Need{Year: c.Year, Serial: c.Serial}.Number(), c.Place, c.Category.Name(),
			need.StatusName(c.Status, c.Solved), c.Answer, day(c.Created), day(c.Due), closed,
		})
	}
	return t, nil
}
