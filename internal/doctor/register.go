package doctor

import (
	"context"
	"fmt"

	"xinyuan/internal/state"
)

// register compares the register with every noun, and with the history.
func register(ctx context.Context, e env) ([]string, error) {
	var found []string
	for _, m := range state.All() {
		wrong, err := named(ctx, e, "doctor."+m.Noun+"_register", m.Noun+" %d is not what the register says")
		if err != nil {
			return nil, err
		}
		found = append(found, wrong...)
	}
	for query, says := range map[string]string{
		"doctor.register_history": "the register does not say what its last event says",
		"doctor.untaken_turns":    "it waits for somebody, and the register does not say so",
		"doctor.idle_turns":       "the register says that it waits for somebody, and it does not",
		"doctor.unbarred":         "somebody is a party to it, and the register does not say so",
		"doctor.strange_parties":  "the register says that somebody is a party to it, and they are not, or it does not wait",
	} {
		var rows []struct {
			Noun string `db:"noun"`
			ID   int64  `db:"id"`
		}
		if err := e.db.Select(ctx, &rows, query, nil); err != nil {
			return nil, err
		}
		for _, r := range rows {
			found = append(found, fmt.Sprintf("%s %d: %s", r.Noun, r.ID, says))
		}
	}
	return found, nil
}
