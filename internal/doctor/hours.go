package doctor

import (
	"context"
	"slices"

	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

func leaders(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.leaders":       "team %d has not exactly one leader",
		"doctor.forced_guests": "team member %d was invited, and has not accepted",
	})
}

// signups holds the counters of activities against their sign-ups, and who has
// a place against who waits.
func signups(ctx context.Context, e env) ([]string, error) {
	return several(ctx, e, map[string]string{
		"doctor.signup_counters":    "activity %d counts its sign-ups wrongly, or leaves a place empty",
		"doctor.overtaken":          "signup %d waits, and somebody who came later has a place",
		"doctor.skipped":            "signup %d was passed over for a place elsewhere that its person never had",
		"doctor.moved_into_overlap": "event %d moved somebody up who had a place elsewhere at the time",
		"doctor.given_back":         "signup %d was given back without its time, or is late without having been",
	})
}

// untoldService lists events of teams and activities that a volunteer, a guest, or
// a team's leader of late drop-outs, was not told of, and decisions that were undone
// of which who had decided was not.
func untoldService(ctx context.Context, e env) ([]int64, error) {
	var untold, leaders, guests, deciders []int64
	err := e.db.Read(ctx, mysql.Many(&untold, "doctor.untold_service", mysql.Args{
		"team_member": state.EventsTo(state.TeamMember.Noun, state.PartyVolunteer),
		"signup":      state.EventsTo(state.Signup.Noun, state.PartyVolunteer),
		"join":        state.EventsTo(state.Join.Noun, state.PartyVolunteer),
	}), mysql.Many(&leaders, "doctor.untold_leaders", mysql.Args{
		"signup": state.EventsTo(state.Signup.Noun, state.PartyLeader),
	}), mysql.Many(&guests, "doctor.untold_guests", nil), mysql.Many(&deciders, "doctor.untold_deciders", nil))
	return slices.Concat(untold, leaders, guests, deciders), err
}
