package task

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// What waits for one person is read as far as anybody works through it: so much in all, and at each of many desks
// at least a share.
const most, share = 2000, 200

// desk is where a person decides, or holds a post.
type desk struct {
	NodeID  id.Node `db:"node_id"`
	GiverID id.User `db:"giver_id"` // of the grant
	Decides bool    `db:"decides"`
}

// below is a desk below one where a person decides, at which something waits.
type below struct {
	NodeID  id.Node     `db:"node_id"`
	GiverID id.User     `db:"giver_id"`
	Part    state.Party `db:"part"`
	Levels  int         `db:"levels"` // how many that are nearer have staff for the part: none or one
}

// read is what is read at a desk: what has waited for these parts since then, or longer.
type read struct {
	desk
	parts []state.Party
	upto  time.Time
}

// waiting reads what waits for the person: at their own desks; at those below, what nobody nearer is there for, or one
// level has left for three days; and what staff who are nearer may not decide.
func (s *Service) waiting(ctx context.Context, person id.User, node id.Node, now, old time.Time) ([]row, error) {
	args := mysql.Args{
		"me": person, "roles": id.Deciders(), "posts": id.Posts(), "speaking": id.ForUnits(), "at": now, "old": old,
		"node": node,
	}
	var (
		grants grant.Grants
		desks  []desk
		lower  []below
		staff  []id.User
		past   []row
	)
	err := s.db.Read(ctx, grant.WantOf(&grants, person), mysql.Many(&desks, "task.desks", args),
		mysql.Many(&lower, "task.desks_below", args), mysql.Many(&staff, "task.staff_nearer", args))
	if err != nil {
		return nil, err
	}
	if err := requireStaff(grants, now); err != nil {
		return nil, err
	}
	reads := append(readsBelow(lower, now, old), readsOf(desks, now)...) // where the person decides comes first
	limit := max(share, most/max(1, len(reads)))
	args["limit"] = limit
	found := make([][]row, len(reads))
	var wants []mysql.Want
	for i, r := range reads {
		at := maps.Clone(args)
		at["desk"], at["giver"], at["decides"], at["parts"], at["upto"] = r.NodeID, r.GiverID, r.Decides, r.parts, r.upto
		wants = append(wants, mysql.Many(&found[i], "task.waiting", at))
	}
	if len(staff) > 0 {
		args["staff"] = staff
		wants = append(wants, mysql.Many(&past, "task.waiting_past", args))
	}
	if len(wants) == 0 { // a post that stands in no community
		return nil, nil
	}
	err = s.db.Read(ctx, wants...)
	return inOrder(append([][]row{past}, found...), limit), err
}

func readsOf(desks []desk, now time.Time) []read {
	var reads []read
	for _, d := range desks {
		parts := []state.Party{state.PartyRecorder}
		if d.Decides {
			parts = append(parts, state.PartyDecider)
		}
		reads = append(reads, read{d, parts, now})
	}
	return reads
}

func readsBelow(desks []below, now, old time.Time) []read {
	var reads []read
	for _, b := range desks {
		upto := now
		if b.Levels > 0 {
			upto = old
		}
		reads = append(reads, read{desk{b.NodeID, b.GiverID, true}, []state.Party{b.Part}, upto})
	}
	return reads
}

// inOrder is what was found, the oldest first, and each once: as it was found first. Where a read ended at the limit,
// what comes after its last row is left out, since older matters may be missing among it.
func inOrder(found [][]row, limit int) []row {
	all := slices.Concat(found...)
	slices.SortStableFunc(all, func(a, b row) int { return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Noun, b.Noun)) })
	all = slices.CompactFunc(all, func(a, b row) bool { return a.ID == b.ID && a.Noun == b.Noun })
	slices.SortFunc(all, func(a, b row) int { return a.cursor().compare(b.cursor()) })
	for _, rows := range found {
		if len(rows) == limit {
			end := rows[limit-1].cursor()
			all = slices.DeleteFunc(all, func(r row) bool { return r.cursor().compare(end) > 0 })
		}
	}
	return all
}
