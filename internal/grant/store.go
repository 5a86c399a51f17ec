package grant

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// WantOf wants what Service.Of lists.
func WantOf(dest *Grants, person id.User) mysql.Want {
	return mysql.Many(dest, "grant.of", mysql.Args{"user": person})
}

// CoveringCounty wants the person's grants at the county.
func CoveringCounty(dest *Grants, person id.User) mysql.Want {
	return mysql.Many(dest, "grant.of_county", mysql.Args{"user": person})
}

// Covering wants the person's grants at the node and above, and for a community
// their posts in its grids and buildings.
func Covering(dest *Grants, person id.User, node id.Node) mysql.Want {
	return mysql.Many(dest, "grant.covering", mysql.Args{"user": person, "node": node}).Then(dest.sort)
}

// CoveringMatter wants the person's grants for a matter, as Covering: at the desk
// where it is decided, or where it is.
func CoveringMatter[ID ~int64](dest *Grants, person id.User, noun string, matter ID) mysql.Want {
	return coveringMatter(dest, person, noun, int64(matter), true)
}

// CoveringDesk is CoveringMatter without posts, who have no part in such a matter.
func CoveringDesk[ID ~int64](dest *Grants, person id.User, noun string, matter ID) mysql.Want {
	return coveringMatter(dest, person, noun, int64(matter), false)
}

func coveringMatter(dest *Grants, person id.User, noun string, matter int64, posts bool) mysql.Want {
	return mysql.Many(dest, "grant.covering_matter",
		mysql.Args{"user": person, "noun": noun, "id": matter, "posts": posts}).Then(dest.sort)
}

// ForUnits wants the grants by which the person speaks for units.
func ForUnits(dest *Grants, person id.User) mysql.Want {
	return mysql.Many(dest, "grant.for_units", mysql.Args{"user": person, "speaking": id.ForUnits()})
}

// SpeakingFor wants who speaks for one of the units.
func SpeakingFor(dest *[]id.User, now time.Time, units ...id.Node) mysql.Want {
	return mysql.Many(dest, "grant.speaking", mysql.Args{"units": units, "speaking": id.ForUnits(), "at": now})
}

// lockHolder reads the node and the actor's grants there, and holds the row of
// the person who is to be given something. Errors: fault.ReasonNotFound for no
// such person, fault.ReasonInvalidInput for no such node.
func lockHolder(ctx context.Context, tx *mysql.Tx, actor id.User, gift Gift) (
	where org.Node, grants Grants, err error) {
	var holder []id.User
	var there bool
	err = tx.Read(ctx, org.HoldPeople(tx, &holder, gift.Person), org.WantNode(ctx, &where, &there, gift.Node),
		Covering(&grants, actor, gift.Node))
	switch {
	case err != nil:
	case !there:
		err = fault.BadField("nodeId", "没有这个地方，请重新选。")
	case len(holder) == 0:
		err = fault.New(fault.ReasonNotFound)
	}
	return where, grants, err
}

// Add gives a role to a person in the transaction, by nobody in particular:
// for seeds and tests.
func Add(tx *mysql.Tx, person id.User, g Grant) (id.Grant, error) {
	return add(tx, person, g, matter.Step{})
}

func add(tx *mysql.Tx, person id.User, g Grant, by matter.Step) (id.Grant, error) {
	g.ID, by.Name = mysql.NewID[id.Grant](tx), state.EventCreate
	first := Holding{Grant: g, UserID: person, Status: state.Grant.Initial, Version: 1}
	_, err := matter.Save(tx, nil, first.matter(), by)
	return g.ID, errors.Join(err,
		tx.Add("grant.add", mysql.Args{
			"id": g.ID, "user_id": person, "role": g.Role, "node_id": g.NodeID, "from_at": g.From, "until_at": g.Until,
			"delegated_by": g.DelegatedBy, "status": state.Grant.Initial,
		}))
}

// matter is the grant as the register has it, named by its role.
func (h Holding) matter() matter.Matter {
	return matter.Matter{
		Noun: state.Grant.Noun, ID: int64(h.ID), Title: string(h.Role), Node: h.NodeID, Status: string(h.Status),
		Version: h.Version, Parties: matter.As(state.PartyMember, h.UserID),
	}
}
