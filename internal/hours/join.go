package hours

import (
	"cmp"
	"context"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Join (时长合并) puts the hours of a person who was written down without a phone
// to the account with which that person came later. No record changes its person:
// each is corrected, and a new one of the account stands in its place.
type Join struct {
	ID          id.Join          `db:"id"`
	PersonID    id.User          `db:"person_id"`
	PersonName  string           `db:"person_name"` // empty where only rules look
	AccountID   id.User          `db:"account_id"`
	AccountName string           `db:"account_name"`
	NodeID      id.Node          `db:"node_id"` // the community that answers for the person
	Status      state.JoinStatus `db:"status"`
	JoinedAt    time.Time        `db:"joined_at"`
	JoinedBy    id.User          `db:"joined_by"` // who did so last
	UndoneAt    *time.Time       `db:"undone_at"`
	Version     int              `db:"version"`

	Sums `db:"-"` // what the account has by it, or had
}

// Sums are hours in short.
type Sums struct {
	Records int   `db:"records"` // credited
	Minutes int64 `db:"minutes"` // credited
	Waiting int   `db:"waiting"` // records that wait for who confirms them
}

// sumsOf are the sums of records.
func sumsOf(records []Record) Sums {
	var s Sums
	for _, r := range records {
		if r.Status == state.RecordCredited {
			s.Records, s.Minutes = s.Records+1, s.Minutes+r.Minutes
		} else {
			s.Waiting++
		}
	}
	return s
}

func (j *Join) move(e state.Event) error {
	next, ok := state.Join.Next(j.Status, e)
	if !ok {
		return fault.New(fault.ReasonJoinState)
	}
	j.Status, j.Version = next, j.Version+1
	return nil
}

// joinPerson is a side of a join.
type joinPerson struct {
	ID          id.User `db:"id"`
	Name        string  `db:"display_name"`
	WrittenDown bool    `db:"is_written_down"` // by a leader, without a phone
	RecordedBy  id.User `db:"recorded_by"`
	Recorder    string  `db:"recorder"`
	Version     int     `db:"version"`
	NodeID      id.Node `db:"node_id"`
}

// joinScene is what a join is judged by.
type joinScene struct {
	People    []joinPerson
	Grants    grant.Grants // the actor's, at the community and above
	Recorders []id.User    // who wrote the person or their hours down
	Witnesses []id.User    // they, and who confirmed the hours
}

// decider is the grant by which the actor decides whose the hours are: a decider
// of the community who is neither of the two and wrote nothing of it down. Errors:
// fault.ReasonNotFound, fault.ReasonNotYourCommunity, fault.ReasonPartyToMatter.
func (s joinScene) decider(now time.Time, sides ...id.User) (grant.Grant, error) {
	if !s.Grants.Reads(now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	return grant.Eligible(s.Grants, grant.Parties{Personal: sides, Office: s.Recorders}, now)
}

// checkWitness refuses to join hours to the account of somebody who wrote them
// down or confirmed them: nobody else has seen those. Error: fault.ReasonPartyToMatter.
func (s joinScene) checkWitness(account id.User) error {
	if slices.Contains(s.Witnesses, account) {
		return fault.New(fault.ReasonPartyToMatter).Saying("这些时长是对方自己记下或者确认的，不能并到这个账号。")
	}
	return nil
}

// wants are what a scene is read by.
func (s *joinScene) wants(actor id.User, person joinPerson, account id.User) []mysql.Want {
	args := mysql.Args{"person": person.ID, "people": []id.User{person.ID, account}}
	return []mysql.Want{
		mysql.Many(&s.People, "hours.join_people", args), grant.Covering(&s.Grants, actor, person.NodeID),
		mysql.Many(&s.Recorders, "hours.recorders_of", args), mysql.Many(&s.Witnesses, "hours.witnesses_of", args),
	}
}

// WrittenDown is a person without a phone, as staff look at them before a join.
type WrittenDown struct {
	ID       id.User
	Name     string
	Recorder string // the display name of who wrote them down
	NodeID   id.Node
	Teams    []string
	Sums          // what can be joined, and what waits for who confirms it
	MayJoin  bool // whether the asker is none of the parties
	Join     *Join
}

// findWrittenDown reads who is written down. Error: fault.ReasonNotFound, also for
// whoever has an account.
func (s *Service) findWrittenDown(ctx context.Context, person id.User) (joinPerson, error) {
	var all []joinPerson
	err := s.db.Select(ctx, &all, "hours.join_people", mysql.Args{"people": []id.User{person}})
	if err == nil && (len(all) == 0 || !all[0].WrittenDown || all[0].NodeID == 0) {
		err = fault.New(fault.ReasonNotFound)
	}
	if err != nil {
		return joinPerson{}, err
	}
	return all[0], nil
}

// GetWrittenDown shows a person without a phone to who decides in the community.
// Errors: fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (s *Service) GetWrittenDown(ctx context.Context, actor, person id.User) (WrittenDown, error) {
	who, err := s.findWrittenDown(ctx, person)
	if err != nil {
		return WrittenDown{}, err
	}
	var (
		scene joinScene
		live  Join
		there bool
		w     = WrittenDown{ID: who.ID, Name: who.Name, Recorder: who.Recorder, NodeID: who.NodeID}
		args  = mysql.Args{"person": person, "node": who.NodeID}
	)
	err = s.db.Read(ctx, append(scene.wants(actor, who, 0), mysql.One(&w.Sums, "hours.joinable", args),
		mysql.Many(&w.Teams, "hours.teams_of", args), mysql.Maybe(&live, &there, "hours.join_of", args),
		mysql.One(&live.Sums, "hours.joined_sums", args))...)
	if err != nil {
		return WrittenDown{}, err
	}
	if there {
		w.Join = &live
	}
	_, err = scene.decider(s.db.Now(), person, live.AccountID)
	if w.MayJoin = err == nil; fault.Has(err, fault.ReasonPartyToMatter) {
		err = nil
	}
	return w, err
}

// Account is somebody to whose account hours may be joined.
type Account struct {
	ID           id.User       `db:"id"`
	Name         string        `db:"display_name"`
	MembershipID id.Membership `db:"membership_id"` // of the report-in at the community; 0: none
	NameLabel    string        `db:"name_label"`    // the report-in's real name with its middle hidden
	UnitName     string        `db:"unit_name"`
	Teammate     bool          `db:"is_teammate"` // is in a team of the person's
}

// wantAccounts wants the accounts of the community; account 0 means any.
func wantAccounts(dest *[]Account, person joinPerson, account id.User, words string) mysql.Want {
	return mysql.Many(dest, "hours.accounts", mysql.Args{
		"person": person.ID, "node": person.NodeID, "account": account, "words": words,
	})
}

// ListAccounts lists whose account it may be: people who belong to the community, by
// a part of their display name. Errors: as WrittenDown, and
// fault.ReasonPartyToMatter.
func (s *Service) ListAccounts(ctx context.Context, actor, person id.User, words string) ([]Account, error) {
	who, err := s.findWrittenDown(ctx, person)
	if err != nil {
		return nil, err
	}
	var scene joinScene
	var all []Account
	err = s.db.Read(ctx, append(scene.wants(actor, who, 0), wantAccounts(&all, who, 0, words))...)
	if err == nil {
		_, err = scene.decider(s.db.Now(), person)
	}
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(a Account) bool { return a.ID == actor || scene.checkWitness(a.ID) != nil }), nil
}

// takenOver is the record as it stands in the place of the old one, of another
// person: what was seen and by whom stays as it was.
func (r Record) takenOver(by id.User) Record {
	made := r
	made.UserID, made.UserName, made.CorrectsID = by, "", r.ID
	made.OriginID = cmp.Or(r.OriginID, r.ID)
	made.Source, made.Status, made.Version = state.SourceCorrection, state.Record.Initial, 1
	made.Reviews, made.StageNodeID, made.Sample = 0, r.NodeID, false
	made.CreditedAt, made.CreditEvent, made.EscalatedAt, made.Unseen = nil, 0, nil, false
	return made
}
