package doctor

import (
	"context"
	"fmt"

	"xinyuan/internal/state"
)

// register compares the register with every noun, and with the history.
func register(ctx context.Context, p patient) ([]string, error) {
	var found []string
	for _, m := range append(walked, of(state.Node)) {
		wrong, err := named(ctx, p, "doctor."+m.noun+"_register", m.noun+" %d is not what the register says")
		if err != nil {
			return nil, err
		}
		found = append(found, wrong...)
	}
	var rows []struct {
		Noun string `db:"noun"`
		ID   int64  `db:"id"`
	}
	if err := p.db.Select(ctx, &rows, "doctor.register_history", nil); err != nil {
		return nil, err
	}
	for _, r := range rows {
		found = append(found, fmt.Sprintf("%s %d: the register does not say what its last event says", r.Noun, r.ID))
	}
	return found, nil
}
