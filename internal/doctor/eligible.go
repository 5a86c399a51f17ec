package doctor

import (
	"context"
	"fmt"
	"slices"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// waiting names what waits at a desk.
type waiting struct {
	Noun string `db:"noun"`
	ID   int64  `db:"matter_id"`
}

// reach is a grant that reaches a desk where something waits.
type reach struct {
	waiting
	grant.Grant
}

// party is who does not decide something that waits.
type party struct {
	waiting
	Person   id.User `db:"person_id"`
	Personal bool    `db:"is_personal"`
}

// eligible compares the rule of who decides, by the nouns' own rows, with the list of
// tasks, by the register: for each grant and all that waits where it reaches. Beside
// a busy server only a difference that lasts is one.
func eligible(ctx context.Context, e env) ([]string, error) {
	first, err := differing(ctx, e)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	second, err := differing(ctx, e)
	return slices.DeleteFunc(first, func(f string) bool { return !slices.Contains(second, f) }), err
}

func differing(ctx context.Context, e env) ([]string, error) {
	var said []struct {
		Noun  string   `db:"noun"`
		ID    int64    `db:"id"`
		Grant id.Grant `db:"grant_id"`
	}
	var reaches []reach
	var barred []party
	now := e.db.Now()
	err := e.db.Read(ctx,
		mysql.Many(&said, "doctor.eligible", mysql.Args{"roles": id.Deciders(), "at": now}),
		mysql.Many(&reaches, "doctor.reaching", nil), mysql.Many(&barred, "doctor.barred_now", nil))
	if err != nil {
		return nil, err
	}
	type decides struct {
		waiting
		grant id.Grant
	}
	lists, parties := map[decides]bool{}, map[waiting]grant.Parties{}
	for _, l := range said {
		lists[decides{waiting{l.Noun, l.ID}, l.Grant}] = true
	}
	for _, b := range barred {
		if b.Personal {
			parties[b.waiting] = parties[b.waiting].With(b.Person)
		} else {
			parties[b.waiting] = parties[b.waiting].WithOffice(b.Person)
		}
	}
	var found []string
	for _, r := range reaches {
		_, refused := grant.Eligible(grant.Grants{r.Grant}, parties[r.waiting], now)
		if may := refused == nil; may != lists[decides{r.waiting, r.Grant.ID}] && len(found) < most {
			found = append(found, fmt.Sprintf("%s %d: by grant %s it may be decided: %t, and the list of tasks says otherwise",
				r.Noun, r.waiting.ID, r.Grant.ID, may))
		}
	}
	return found, nil
}
