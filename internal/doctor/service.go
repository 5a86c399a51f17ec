package doctor

import (
	"context"

	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

func leaders(ctx context.Context, p patient) ([]string, error) {
	return named(ctx, p, "doctor.leaders", "team %d has not exactly one leader")
}

// signups holds the counters of activities against their sign-ups, and who has
// a place against who waits.
func signups(ctx context.Context, p patient) ([]string, error) {
	const wrong = "activity %d counts its sign-ups wrongly, or leaves a place empty"
	found, err := named(ctx, p, "doctor.signup_counters", wrong)
	if err != nil {
		return nil, err
	}
	more, err := named(ctx, p, "doctor.overtaken", "signup %d waits, and somebody who came later has a place")
	return append(found, more...), err
}

// untoldService lists events of teams and activities that a volunteer was not
// told of.
func untoldService(ctx context.Context, p patient) ([]int64, error) {
	var untold []int64
	err := p.db.Select(ctx, &untold, "doctor.untold_service", mysql.Args{
		"team_member": state.TellsOf(state.TeamMember.Noun, state.PartyVolunteer),
		"signup":      state.TellsOf(state.Signup.Noun, state.PartyVolunteer),
	})
	return untold, err
}
