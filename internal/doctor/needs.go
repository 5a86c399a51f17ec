package doctor

import (
	"context"
	"fmt"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/duty"
	"xinyuan/internal/mysql"
	"xinyuan/internal/term"
	"xinyuan/internal/visit"
)

// needs looks for needs that ended otherwise than they may.
func needs(ctx context.Context, e env) ([]string, error) {
	args := mysql.Args{"at": e.db.Now()}
	found, err := eachNamed(ctx, e, args, map[string]string{
		"doctor.need_words":     "need %d is closed without a word that may close it",
		"doctor.need_open_work": "need %d has ended and somebody still owes work for it",
		"doctor.need_reviews":   "need %d waits without a day within 90 days",
		"doctor.need_merges":    "need %d is merged into what does not go on",
		"doctor.need_wishes":    "need %d goes on as no wish of its own, or as one and as itself",
		"doctor.need_levels":    "need %d is led at another level than its returns say",
		"doctor.need_returns":   "need %d came back at another time than its history says",
		"doctor.need_reads":     "reading %d of a need's contact had no live part behind it",
		"doctor.need_numbers":   "the numbers of needs of %d have a gap",
	})
	if err != nil {
		return nil, err
	}
	wrong, err := wrongTerms(ctx, e, "doctor.need_terms", "need")
	return append(found, wrong...), err
}

// assignments looks for assignments that no rule allows.
func assignments(ctx context.Context, e env) ([]string, error) {
	args := mysql.Args{"at": e.db.Now()}
	found, err := eachNamed(ctx, e, args, map[string]string{
		"doctor.assignment_directions": "assignment %d goes where none may go",
		"doctor.assignment_chains":     "assignment %d was refused too often, or counts wrongly how often",
		"doctor.assignment_verifiers":  "assignment %d was verified by who did it",
		"doctor.assignment_overdue":    "assignment %d is overdue and nobody was told",
	})
	if err != nil {
		return nil, err
	}
	wrong, err := wrongTerms(ctx, e, "doctor.assignment_terms", "assignment")
	return append(found, wrong...), err
}

// visits looks for visits that no rule allows.
func visits(ctx context.Context, e env) ([]string, error) {
	args := mysql.Args{"at": e.db.Now(), "days": visit.DaysBefore}
	return eachNamed(ctx, e, args, map[string]string{
		"doctor.visit_needs":   "visit %d brought something that was not heard there",
		"doctor.visit_leaders": "visit %d was moved by somebody who is not tied to the place",
		"doctor.visit_notice":  "visit %d was announced too late to those who did not ask for it",
		"doctor.visit_ends":    "visit %d is closed too early, or not closed",
	})
}

// duties looks for admissions that nobody gave, and for a duty list that says two things at once.
func duties(ctx context.Context, e env) ([]string, error) {
	found, err := eachNamed(ctx, e, mysql.Args{"at": e.db.Now()}, map[string]string{
		"doctor.admission_decisions": "admission %d was not asked for or not decided as it must be",
		"doctor.duty_lines":          "duty %d holds together with another of its number",
	})
	if err != nil {
		return nil, err
	}
	wrong, err := wrongDays(ctx, e)
	return append(found, wrong...), err
}

// wrongDays reckons anew when each admission begins at the earliest, and when it is refused by silence.
func wrongDays(ctx context.Context, e env) (found []string, err error) {
	var book term.Book
	if err := e.db.Read(ctx, book.Wants()...); err != nil {
		return nil, err
	}
	type days struct {
		ID      int64     `db:"id"`
		AskedAt time.Time `db:"asked_at"`
		From    time.Time `db:"from_at"`
		LapseAt time.Time `db:"lapse_at"`
	}
	for after := int64(0); ; {
		var all []days
		if err := e.db.Select(ctx, &all, "doctor.admission_days", mysql.Args{"after": after, "limit": termPage}); err != nil {
			return nil, err
		}
		for _, d := range all {
			if d.From.Before(book.Workdays(clock.Day(d.AskedAt), duty.DaysAhead)) {
				found = append(found, fmt.Sprintf("admission %d begins too soon", d.ID))
			}
			if !book.Workdays(d.AskedAt, duty.DaysDecide).Equal(d.LapseAt) {
				found = append(found, fmt.Sprintf("admission %d waits for another time than its working days", d.ID))
			}
			after = d.ID
		}
		if len(all) < termPage {
			return found, nil
		}
	}
}

// eachNamed runs queries that find ids, in no order that matters.
func eachNamed(ctx context.Context, e env, args mysql.Args, queries map[string]string) (found []string, err error) {
	for query, says := range queries {
		var ids []int64
		if err := e.db.Select(ctx, &ids, query, args); err != nil {
			return nil, err
		}
		for _, one := range ids {
			found = append(found, fmt.Sprintf(says, one))
		}
	}
	return found, nil
}

// termPage is how many terms are reckoned anew at once.
const termPage = 5000

// wrongTerms reckons anew until when each matter is owed, by the calendar and the terms.
func wrongTerms(ctx context.Context, e env, query, noun string) (found []string, err error) {
	var book term.Book
	if err := e.db.Read(ctx, book.Wants()...); err != nil {
		return nil, err
	}
	type running struct {
		ID    int64     `db:"id"`
		Code  term.Code `db:"code"`
		Since time.Time `db:"since"`
		Share int       `db:"share"`
		DueAt time.Time `db:"due_at"`
	}
	for after := int64(0); ; {
		var all []running
		if err := e.db.Select(ctx, &all, query, mysql.Args{"after": after, "limit": termPage}); err != nil {
			return nil, err
		}
		for _, r := range all {
			due, err := book.Due(r.Code, r.Since, r.Share)
			if err != nil || !due.Work.Truncate(time.Millisecond).Equal(r.DueAt) {
				found = append(found, fmt.Sprintf("%s %d is due at %s, and by the calendar at %s", noun, r.ID, r.DueAt, due.Work))
			}
			after = r.ID
		}
		if len(all) < termPage {
			return found, nil
		}
	}
}
