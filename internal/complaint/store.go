package complaint

import (
	"errors"

	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// lock wants the complaint, held, and what the rules ask of the actor.
func lock(k *Complaint, by *Actor, complaint id.Complaint) []mysql.Want {
	return []mysql.Want{
		mysql.One(k, "complaint.lock", mysql.Args{"complaint": complaint}), parties(by, complaint),
		grant.CoveringDesk(&by.Grants, by.ID, state.Complaint.Noun, complaint),
	}
}

func parties(by *Actor, complaint id.Complaint) mysql.Want {
	return mysql.Many(&by.Parties, "complaint.parties", mysql.Args{"complaint": complaint})
}

// matter is the complaint as the register has it. The people whom it names are
// told nothing, and do not answer.
func (k Complaint) matter(people []id.User) matter.Matter {
	turns, parties := []matter.Turn{}, matter.As(state.PartyOwner, k.AuthorID)
	if k.Status == state.ComplaintOpen {
		turns = append(turns, matter.Decide(k.DeskID, k.AskedAt))
	}
	for _, p := range people {
		parties = append(parties, matter.Party{Person: p, Personal: true})
	}
	return matter.Matter{
		Noun: state.Complaint.Noun, ID: int64(k.ID), Node: k.NodeID, Desk: k.DeskID, Status: string(k.Status),
		Version: k.Version, Parties: parties, Turns: turns,
	}
}

// save queues the changed complaint and its step. An answer is kept as others read it.
func (s *Service) save(tx *mysql.Tx, before Complaint, after *Complaint, by matter.Step, people []id.User) error {
	by.From = string(before.Status)
	next := *after
	next.Version++
	e, err := matter.Save(tx, s.sealer, next.matter(people).After(before.matter(people)), by)
	if by.Name == state.EventAnswer {
		after.Answer = e.Reason
	}
	return errors.Join(err, tx.Add("complaint.save", *after))
}

// Show wants what a list of tasks shows of complaints.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "complaint.show", mysql.Args{"ids": ids})
}
