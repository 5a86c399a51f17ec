package hours

import (
	"context"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// maxJoin is how many records one join takes over; the next one takes the rest.
const maxJoin = 500

// Joining is whose hours are to be joined to which account.
type Joining struct {
	Person, Account id.User
	Reason          string
}

// JoinHours joins the credited hours of a person without a phone to an account of
// the community: the records and what they paid are taken back, and new ones of
// the account pay by the rules of the days of the service. Where hours are joined
// to the account already, those that came since follow. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity, fault.ReasonReasonRequired,
// fault.ReasonInvalidInput for an account that does not belong there,
// fault.ReasonPartyToMatter for who is one of the two or wrote the hours down, and
// for their accounts, fault.ReasonAlreadyJoined with another account,
// fault.ReasonNothingToJoin, fault.ReasonServiceOverlap with the account's own.
func (s *Service) JoinHours(ctx context.Context, actor id.User, j Joining,
	onCommit mysql.OnCommit[Join]) (Join, error) {
	if err := fault.CheckText(&j.Reason, "reason", "原因", maxReason); err != nil {
		return Join{}, err
	}
	if j.Reason == "" {
		return Join{}, fault.New(fault.ReasonReasonRequired)
	}
	who, err := s.findWrittenDown(ctx, j.Person)
	if err != nil {
		return Join{}, err
	}
	var made Join
	err = s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var err error
		made, err = s.join(ctx, tx, actor, who, j)
		return errors.Join(err, onCommit.Do(tx, made, err))
	})
	if mysql.IsDuplicate(err, "hour_joins_live") { // the database's own guard
		err = fault.New(fault.ReasonAlreadyJoined)
	}
	return made, err
}

// lockSides locks both people and their minutes. It is sent with the next read.
func (s *Service) lockSides(tx *mysql.Tx, sides ...id.User) error {
	return errors.Join(tx.Add("hours.touch_people", mysql.Args{"people": sides}), s.ledger.Touch(tx, sides))
}

func (s *Service) join(ctx context.Context, tx *mysql.Tx, actor id.User, who joinPerson, j Joining) (Join, error) {
	var (
		scene    joinScene
		live     Join
		there    bool
		accounts []Account
		records  []Record
		args     = mysql.Args{"person": who.ID, "node": who.NodeID, "limit": maxJoin}
	)
	if err := s.lockSides(tx, j.Person, j.Account); err != nil {
		return live, err
	}
	err := tx.Read(ctx, append(scene.wants(actor, who, j.Account), mysql.Maybe(&live, &there, "hours.join_of", args),
		wantAccounts(&accounts, who, j.Account, ""), mysql.Many(&records, "hours.lock_joinable", args))...)
	if err != nil {
		return live, err
	}
	grant, err := scene.decider(tx.Now(), j.Person, j.Account)
	switch {
	case err != nil:
		return live, err
	case len(accounts) == 0:
		return live, fault.BadField("userId", "请从名单里选本人的账号。")
	case scene.checkWitness(j.Account) != nil:
		return live, scene.checkWitness(j.Account)
	case there && live.AccountID != j.Account:
		return live, fault.New(fault.ReasonAlreadyJoined)
	case len(records) == 0:
		return live, fault.New(fault.ReasonNothingToJoin)
	}
	w := &writing{tx: tx, actor: actor, grant: &grant.ID, reason: j.Reason, announced: true}
	taken, err := s.takeOver(ctx, tx, w, records, j.Account)
	if err != nil {
		return live, err
	}
	by := matter.Step{
		Actor: actor, Grant: &grant.ID, Name: state.EventJoin, Reason: j.Reason, From: string(live.Status),
	}
	query := "hours.save_join"
	if there {
		err = live.move(state.EventJoin)
	} else {
		by.Name, query = state.EventCreate, "hours.add_join"
		live = Join{
			ID: mysql.NewID[id.Join](tx), PersonID: j.Person, PersonName: who.Name, AccountID: j.Account,
			AccountName: accounts[0].Name, NodeID: who.NodeID, Status: state.Join.Initial, JoinedAt: tx.Now(), Version: 1,
		}
	}
	live.PersonName, live.JoinedBy, live.Sums = who.Name, actor, sumsOf(taken)
	return live, errors.Join(err, tx.Add(query, live), s.saveJoin(tx, scene, live, by))
}

// UndoJoin takes a join back: the hours go back to the person, by corrections and
// new records once more, and what staff have corrected since goes as it is now.
// Errors: fault.ReasonNotFound, fault.ReasonNotYourCommunity,
// fault.ReasonReasonRequired, fault.ReasonPartyToMatter as for JoinHours,
// fault.ReasonJoinState, fault.ReasonServiceOverlap with the person's own.
func (s *Service) UndoJoin(ctx context.Context, actor id.User, join id.Join, reason string,
	onCommit mysql.OnCommit[Join]) (Join, error) {
	if err := fault.CheckText(&reason, "reason", "原因", maxReason); err != nil {
		return Join{}, err
	}
	if reason == "" {
		return Join{}, fault.New(fault.ReasonReasonRequired)
	}
	var known Join
	if err := s.db.Get(ctx, &known, "hours.join_by_id", mysql.Args{"join": join}); err != nil {
		return known, mysql.NotFound(err)
	}
	var j Join
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var err error
		j, err = s.undoJoin(ctx, tx, actor, known, reason)
		j.PersonName, j.AccountName = known.PersonName, known.AccountName
		return errors.Join(err, onCommit.Do(tx, j, err))
	})
	return j, err
}

func (s *Service) undoJoin(ctx context.Context, tx *mysql.Tx, actor id.User, known Join, reason string) (Join, error) {
	var (
		scene   joinScene
		j       Join
		records []Record
		who     = joinPerson{ID: known.PersonID, NodeID: known.NodeID}
	)
	if err := s.lockSides(tx, known.PersonID, known.AccountID); err != nil {
		return j, err
	}
	err := tx.Read(ctx, append(scene.wants(actor, who, known.AccountID),
		mysql.One(&j, "hours.lock_join", mysql.Args{"join": known.ID}),
		mysql.Many(&records, "hours.lock_joined", mysql.Args{"person": known.PersonID, "account": known.AccountID}))...)
	if err != nil {
		return j, mysql.NotFound(err)
	}
	grant, err := scene.decider(tx.Now(), known.PersonID, known.AccountID)
	if err != nil {
		return j, err
	}
	by := matter.Step{Actor: actor, Grant: &grant.ID, Name: state.EventUndo, Reason: reason, From: string(j.Status)}
	by.Undoes = []id.User{j.JoinedBy}
	now := tx.Now()
	if j.UndoneAt = &now; j.move(state.EventUndo) != nil {
		return j, fault.New(fault.ReasonJoinState)
	}
	w := &writing{tx: tx, actor: actor, grant: &grant.ID, reason: reason, announced: true}
	back, err := s.takeOver(ctx, tx, w, records, known.PersonID)
	if err != nil {
		return j, err
	}
	j.PersonName, j.Sums = known.PersonName, sumsOf(back)
	return j, errors.Join(tx.Add("hours.save_join", j), s.saveJoin(tx, scene, j, by))
}

// takeOver puts new records of the other person in the place of these, which are
// of one person: what they paid is taken back, and the new ones pay where no
// further review is due. Error: fault.ReasonServiceOverlap.
func (s *Service) takeOver(ctx context.Context, tx *mysql.Tx, w *writing, records []Record, by id.User) (
	[]Record, error) {
	if len(records) == 0 {
		return nil, nil
	}
	made := make([]Record, len(records))
	for i, r := range records {
		made[i] = r.takenOver(by)
	}
	around, err := s.look(ctx, tx, records[0].NodeID, made)
	if err != nil {
		return nil, err
	}
	for i := range made {
		around.stamp(&made[i])
	}
	if err := checkOverlaps(made, around.Taken); err != nil {
		return nil, err
	}
	if err := s.replaceAll(tx, w, records); err != nil {
		return nil, err
	}
	for i := range made {
		r := &made[i]
		r.ID = mysql.NewID[id.Record](tx)
		r.needs(around.Taken, around.Path, false)
		w.begin(*r, true)
		from := r.Status
		name, err := r.reviewed(around.Path, false, tx.Now())
		if err != nil {
			return nil, err
		}
		w.went(r, from, name)
		around.Taken = append(around.Taken, *r)
	}
	if err := add(tx, made); err != nil {
		return nil, err
	}
	return made, s.repost(ctx, w, records)
}

// replaceAll takes the records out: credited ones are corrected, and what still
// waits for a review is rejected.
func (s *Service) replaceAll(tx *mysql.Tx, w *writing, records []Record) error {
	for _, r := range records {
		from, name := r.Status, state.EventReject
		if from == state.RecordCredited {
			name = state.EventCorrect
		}
		r.EscalatedAt = nil
		if err := r.move(name); err != nil {
			return err
		}
		w.went(&r, from, name)
		if err := tx.Add("hours.save", r); err != nil {
			return err
		}
	}
	return nil
}

// repost writes what is collected, and takes back what the old records, whose
// steps come first, have paid.
func (s *Service) repost(ctx context.Context, w *writing, old []Record) error {
	if err := s.write(ctx, w); err != nil {
		return err
	}
	causes := map[id.Event]id.Event{}
	for i, r := range old {
		if r.CreditEvent != 0 {
			causes[r.CreditEvent] = w.steps[i].event
		}
	}
	return s.ledger.UndoAll(ctx, w.tx, causes)
}

// saveJoin queues the step of the join, of which the account is told, and one of
// each of the two people.
func (s *Service) saveJoin(tx *mysql.Tx, scene joinScene, j Join, by matter.Step) error {
	steps := []matter.Saved{{Matter: matter.Matter{
		Noun: state.Join.Noun, ID: int64(j.ID), Title: j.PersonName, Node: j.NodeID, Status: string(j.Status),
		Version: j.Version, Parties: matter.As(state.PartyVolunteer, j.AccountID),
	}, Step: by}}
	if by.From = string(state.UserActive); by.Name == state.EventCreate {
		by.Name = state.EventJoin
	}
	for _, p := range scene.People {
		steps = append(steps, matter.Saved{Matter: matter.Matter{
			Noun: state.User.Noun, ID: int64(p.ID), Status: string(state.UserActive), Version: p.Version,
		}, Step: by})
	}
	_, err := matter.SaveAll(tx, s.sealer, steps)
	return err
}
