package activity

import (
	"context"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Filter chooses activities. A cursor is the start and the id of the last one
// seen.
type Filter struct {
	NodeID id.Node // a community, or everything below a street or the county; 0: the county
	TeamID id.Team
	Mine   bool // those for which the person has signed up
	Status state.ActivityStatus
	From   *time.Time // nil: from today on; at night from yesterday on
	To     *time.Time // the first moment after; nil: without end
	Since  time.Time  // of the cursor; zero: none
	After  id.Activity
	Limit  int
}

// end is after every activity.
var end = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// night is for how long after midnight the day before is still listed: what began in the evening may go on, and its
// volunteers have still to check out.
const night = 5 * time.Hour

// args are the filter's values as the pages take them.
func (f Filter) args(actor id.User, now time.Time) mysql.Args {
	since, until := clock.Day(now.Add(-night)).UTC(), end
	if f.From != nil {
		since = f.From.UTC()
	}
	if f.To != nil {
		until = f.To.UTC()
	}
	if f.After != 0 {
		since = f.Since
	}
	return mysql.Args{
		"user": actor, "node": f.NodeID, "team": f.TeamID, "status": f.Status, "since": since, "after": f.After,
		"until": until, "limit": f.Limit,
	}
}

// List returns activities by their start, the soonest first: without a status
// those of the county and its communities that are published, and of a team and
// of one's own all that are public. Drafts are listed a team at a time, for who
// leads it and for staff. Errors: fault.ReasonForbidden,
// fault.ReasonNotACommunity, fault.ReasonNotFound.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Seen, error) {
	query, args, err := s.chooseList(ctx, actor, f)
	if err != nil {
		return nil, err
	}
	var all []Seen
	return all, s.db.Select(ctx, &all, query, args)
}

func (s *Service) chooseList(ctx context.Context, actor id.User, f Filter) (query string, args mysql.Args, err error) {
	if f.Status == "" && !f.Mine && f.TeamID == 0 {
		f.Status = state.ActivityPublished
	}
	args = f.args(actor, s.db.Now())
	switch {
	case f.Mine:
		return "activity.page_mine", args, nil
	case f.TeamID != 0:
		return "activity.page_team", args, s.requireMember(ctx, actor, f)
	case f.Status == state.ActivityDraft:
		return "", nil, fault.New(fault.ReasonForbidden).Saying("还没发布的活动，请在队伍里看。")
	case f.NodeID == 0:
		return "activity.page_all", args, nil
	}
	var below []id.Node
	if err := s.db.Read(ctx, org.WantBelow(&below, f.NodeID)); err != nil {
		return "", nil, err
	}
	if len(below) == 0 {
		return "", nil, fault.New(fault.ReasonNotACommunity)
	}
	if args["nodes"] = below; len(below) == 1 && below[0] == f.NodeID {
		return "activity.page_node", args, nil
	}
	return "activity.page_nodes", args, nil
}

// requireMember refuses the drafts of a team to whom they are none of their
// business.
func (s *Service) requireMember(ctx context.Context, actor id.User, f Filter) error {
	var (
		t    home
		by   = Actor{ID: actor}
		in   bool
		args = mysql.Args{"team": f.TeamID, "user": actor}
	)
	err := s.db.Read(ctx, mysql.One(&t, "activity.team", args), mysql.Maybe(&by.Role, &in, "activity.role", args),
		grant.CoveringMatter(&by.Grants, actor, state.Team.Noun, f.TeamID))
	if err != nil {
		return mysql.NotFound(err)
	}
	if f.Status == state.ActivityDraft && !by.Role.Leads() && !by.Grants.Reads(s.db.Now()) {
		return fault.New(fault.ReasonForbidden).Saying("还没发布的活动，只给队长和社区看。")
	}
	return nil
}
