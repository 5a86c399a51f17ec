package task

import (
	"context"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/offer"
)

// Turn is why something is a person's turn.
type Turn string

// The turns, the first to be done first. Which one a matter is, its noun says: task.<noun>.sql.
const (
	TurnDoor    Turn = "door"    // show the code of an activity that goes on
	TurnSettle  Turn = "settle"  // say who served how long in an activity that is over
	TurnConfirm Turn = "confirm" // say whether a wish of one's own is fulfilled
	TurnAmend   Turn = "amend"   // add to a wish of one's own what the community asks for
	TurnOrder   Turn = "order"   // say who does what was sent to the body that one answers for, or why not
	TurnFulfil  Turn = "fulfil"  // do what one has claimed, or what that body owes
	TurnJoin    Turn = "join"    // answer a colleague who asks one to help
	TurnTeam    Turn = "team"    // answer who invites one to a team

	TurnInvitation Turn = "invitation" // answer residents who ask one to come and listen
	TurnNotebook   Turn = "notebook"   // write down what was heard there

	TurnBooking   Turn = "booking"   // answer who wants to use what one opens
	TurnAgreement Turn = "agreement" // sign what is promised for one's unit
	TurnProject   Turn = "project"   // do what is next of what one's unit leads

	TurnBrand Turn = "brand" // say whether one's unit leads a brand

	TurnDecide Turn = "decide" // what waits for staff, in all
)

// Turns lists every turn.
func Turns() []Turn {
	return []Turn{
		TurnDoor, TurnSettle, TurnConfirm, TurnNotebook, TurnAmend, TurnOrder, TurnInvitation, TurnBooking, TurnAgreement,
		TurnProject, TurnBrand, TurnFulfil, TurnJoin, TurnTeam, TurnDecide,
	}
}

// Todo is something that is a person's turn.
type Todo struct {
	Turn   Turn      `db:"turn"`
	Noun   string    `db:"noun"`    // of the matter; empty of TurnDecide
	ID     int64     `db:"id"`      // of the activity, the claim, the wish or the team; 0 of TurnDecide
	WishID id.Wish   `db:"wish_id"` // 0 where it is about none
	Title  string    `db:"title"`
	Who    string    `db:"who"` // who asks, or where it is
	Since  time.Time `db:"since"`
	Count  int       `db:"-"` // of TurnDecide: how much waits
	Late   int       `db:"-"` // and how much of it is late
}

// mostTodos bounds what is listed; nobody reads more on a phone.
const mostTodos = 50

// settleWithin is how long an activity that is over waits on the list of who leads it.
const settleWithin = 31 * 24 * time.Hour

// ListTodos lists all that is the person's turn, in whatever part.
func (s *Service) ListTodos(ctx context.Context, person id.User) ([]Todo, error) {
	now := s.db.Now()
	var (
		all    []Todo
		grants grant.Grants
	)
	err := s.db.Read(ctx, grant.WantOf(&grants, person), mysql.Many(&all, "task.todos", mysql.Args{
		"me": person, "at": now, "since": now.Add(-settleWithin), "turns": Turns(), "limit": mostTodos,
		"answering": id.Answering(), "hosting": offer.Hosting(),
	}))
	if err != nil {
		return nil, err
	}
	if !isStaff(grants, now) { // nearly everybody
		return all, nil
	}
	page, err := s.List(ctx, person, Filter{})
	if fault.Has(err, fault.ReasonForbidden) { // who has just ceased to be staff
		return all, nil
	}
	decide := Todo{Turn: TurnDecide}
	if page.Since != nil {
		decide.Since = *page.Since
	}
	for _, c := range page.Counts {
		decide.Count += c.N
		decide.Late += c.Late
	}
	if decide.Count > 0 {
		all = append(all, decide)
	}
	return all, err
}
