// Package need is 诉求: residents say what they need to be solved, whoever hears it first leads it, and the resident
// says how it ended.
//
// This file and steps.go hold the rules, pure. What a body is asked to do for a need is an assignment. Nobody is
// asked for praise, nothing is closed by silence as solved, and nothing here pays points.
package need

import (
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/state"
	"xinyuan/internal/term"
)

// Need is what a resident needs to be solved. Contact data is no part of it.
type Need struct {
	ID         id.Need    `db:"id"`
	NodeID     id.Node    `db:"node_id"`
	NodeName   string     `db:"node_name"` // empty where only rules look
	DeskID     id.Node    `db:"desk_id"`   // where it is decided
	DeskName   string     `db:"desk_name"`
	Year       int        `db:"year"`
	Serial     int        `db:"number"`
	OwnerID    id.User    `db:"owner_id"`    // 0: somebody without a phone
	RecorderID id.User    `db:"recorder_id"` // who wrote it down for them; 0: the owner did
	OwnerLabel string     `db:"owner_label"` // the name with its middle hidden; empty: no contact
	Consent    *Consent   `db:"consent"`
	Note       string     `db:"consent_note"`
	Origin     Origin     `db:"origin"`
	Hotline    string     `db:"hotline_number"`
	Category   Category   `db:"category"`
	Term       term.Code  `db:"term_code"`
	TermFrom   time.Time  `db:"term_from"`  // since when the term runs
	TermShare  int        `db:"term_share"` // percent of it
	Place      string     `db:"place"`      // of the thing
	Lat        *float64   `db:"lat"`
	Lng        *float64   `db:"lng"`
	Text       string     `db:"text"`
	Public     bool       `db:"is_public"`      // others may read it, without names
	AboutStaff bool       `db:"is_about_staff"` // it is decided one level above
	HandlerID  id.User    `db:"handler_id"`     // who leads it; 0: nobody yet
	Handler    string     `db:"handler_name"`
	Rejected   *Rejection `db:"reject_reason"`
	Answer     string     `db:"answer"`
	Result     *Result    `db:"result"`
	AnsweredBy id.User    `db:"answered_by"`
	Solved     *Solved    `db:"solved"` // the resident's word
	Satisfied  *bool      `db:"is_satisfied"`
	AskerID    id.User    `db:"asker_id"` // who asked for it; 0: the owner said it
	Edits      int        `db:"edits"`
	Returns    int        `db:"returns"`
	Reopens    int        `db:"reopens"`
	Calls      int        `db:"calls"` // days on which nobody answered the phone
	CalledAt   *time.Time `db:"called_at"`
	MergedInto id.Need    `db:"merged_into"`
	WishID     id.Wish    `db:"wish_id"`   // that it goes on as; only views read it
	ReviewAt   *time.Time `db:"review_at"` // when what waits or cannot be done is looked at again
	CreatedAt  time.Time  `db:"created_at"`
	WaitsSince time.Time  `db:"waits_since"` // for whoever decides
	AcceptBy   time.Time  `db:"accept_by"`
	DueAt      time.Time  `db:"due_at"`
	AnsweredAt *time.Time `db:"answered_at"`
	BackAt     *time.Time `db:"called_back_at"` // when staff was to ask the resident
	ClosedAt   *time.Time `db:"closed_at"`
	RaisedAt   *time.Time `db:"escalated_at"` // when the next level was told
	CameBackAt *time.Time `db:"came_back_at"` // when somebody said last that it is not done, or opened it again

	Status  state.NeedStatus `db:"status"`
	Version int              `db:"version"`

	Photos []media.Photo `db:"-"`

	// HeldText and HeldPlace are what it says and others do not read, because the check has not passed it; empty: they
	// read all. Text and Place have then what others read.
	HeldText  string   `db:"held_text"`
	HeldPlace string   `db:"held_place"`
	Withheld  []string `db:"-"` // the names of those that others do not read, once they are opened
}

// open puts what others do not read in its place, for whom the need concerns and for staff.
func (n *Need) open() {
	n.Withheld = nil
	for _, held := range []struct {
		name           string
		inPlace, words *string
	}{{"text", &n.Text, &n.HeldText}, {"place", &n.Place, &n.HeldPlace}} {
		if *held.words != "" && *held.words != *held.inPlace {
			*held.inPlace = *held.words
			n.Withheld = append(n.Withheld, held.name)
		}
	}
}

// Number is what people quote. The register has it without its first word.
func (n Need) Number() string { return "诉-" + n.number() }

func (n Need) number() string { return fmt.Sprintf("%d-%04d", n.Year, n.Serial) }

// Consent is how a resident agreed that somebody writes for them.
type Consent string

// The forms of consent.
const (
	ConsentOral  Consent = "oral"
	ConsentPaper Consent = "paper"
)

// Origin is how a need came.
type Origin string

// The origins.
const (
	OriginResident Origin = "resident"
	OriginBehalf   Origin = "behalf"
	OriginVisit    Origin = "visit"
	OriginMeeting  Origin = "meeting"
	OriginHotline  Origin = "hotline"
	OriginCouncil  Origin = "council"
)

// Origins lists every origin.
func Origins() []Origin {
	return []Origin{OriginResident, OriginBehalf, OriginVisit, OriginMeeting, OriginHotline, OriginCouncil}
}

// Category is what it is about.
type Category string

// The categories.
const (
	CategoryHousing    Category = "housing"
	CategoryUtilities  Category = "utilities"
	CategoryRoads      Category = "roads"
	CategoryNeighbours Category = "neighbours"
	CategoryParking    Category = "parking"
	CategoryProcedures Category = "procedures"
	CategoryCare       Category = "care"
	CategoryBusiness   Category = "business"
)

// Categories lists every category.
func Categories() []Category {
	return []Category{
		CategoryHousing, CategoryUtilities, CategoryRoads, CategoryNeighbours, CategoryParking, CategoryProcedures,
		CategoryCare, CategoryBusiness,
	}
}

// term is how long a need of the category may take unless somebody shortens it.
func (c Category) term() term.Code {
	switch c {
	case CategoryUtilities:
		return term.CodeUtility
	case CategoryHousing, CategoryRoads, CategoryNeighbours, CategoryParking, CategoryProcedures, CategoryCare,
		CategoryBusiness:
	}
	return term.CodeOrdinary
}

// Rejection is why a need does not belong here.
type Rejection string

// The reasons.
const (
	RejectNotOurs   Rejection = "not_ours"
	RejectLegal     Rejection = "legal"
	RejectPending   Rejection = "pending"
	RejectDuplicate Rejection = "duplicate"
	RejectUnclear   Rejection = "unclear"
	RejectUnlawful  Rejection = "unlawful"
)

// Rejections lists every reason.
func Rejections() []Rejection {
	return []Rejection{RejectNotOurs, RejectLegal, RejectPending, RejectDuplicate, RejectUnclear, RejectUnlawful}
}

// Result is what who answers says came of it.
type Result string

// The results.
const (
	ResultSolved    Result = "solved"
	ResultPartly    Result = "partly"
	ResultExplained Result = "explained"
)

// Results lists every result.
func Results() []Result { return []Result{ResultSolved, ResultPartly, ResultExplained} }

// Solved is what the resident says came of it.
type Solved string

// The words.
const (
	SolvedYes     Solved = "yes"
	SolvedPartly  Solved = "partly"
	SolvedNo      Solved = "no"
	SolvedUnknown Solved = "unknown" // nobody could be reached
)

// AllSolved lists every word.
func AllSolved() []Solved { return []Solved{SolvedYes, SolvedPartly, SolvedNo, SolvedUnknown} }

// How long things take.
const (
	CallBackAfter = 3 * 24 * time.Hour  // without the owner's word, until staff asks
	ReviewWithin  = 90 * 24 * time.Hour // what waits or cannot be done is looked at again
	ReopenWithin  = 30 * 24 * time.Hour
	CallsToLapse  = 3 // days of calls
)

// Actor is who acts, with their grants from the desk upwards and posts there.
type Actor struct {
	ID      id.User
	Grants  grant.Grants
	Subject []id.User // whom the need may be about
	Workers []id.User // who reported work that was done for it
	Follows bool
	Joined  int // how many others go on as the need
}

// grants are those by which the actor has a part in the need. Who works at a place has none in what is about its staff.
func (a Actor) grants(n Need) grant.Grants {
	if n.AboutStaff {
		return a.Grants.AtOrAbove(0)
	}
	return a.Grants
}

func (a Actor) isSubject() bool { return slices.Contains(a.Subject, a.ID) }

// IsOpen tells whether everybody may read the need.
func (n Need) IsOpen() bool {
	switch n.Status {
	case state.NeedHandling, state.NeedWaiting, state.NeedAnswered, state.NeedClosed, state.NeedUnsolved:
		return n.Public && !n.AboutStaff
	case state.NeedSubmitted, state.NeedRejected, state.NeedMerged, state.NeedWithdrawn,
		state.NeedHanded:
	}
	return false
}

// IsInsider tells whether the actor is the owner, who wrote it down, or staff.
func (a Actor) IsInsider(n Need, now time.Time) bool {
	return n.OwnerID == a.ID || n.RecorderID == a.ID || a.grants(n).Reads(now) && !a.isSubject()
}

// Sees tells whether the actor may know of the need.
func (a Actor) Sees(n Need, now time.Time) bool {
	return n.IsOpen() || a.Follows || a.IsInsider(n, now)
}

// decides is the grant by which the actor decides, at least so many levels above the desk. Errors: fault.ReasonNotFound
// for whom it does not exist, and those of grant.Eligible.
func (a Actor) decides(n Need, level int, now time.Time) (grant.Grant, error) {
	if !a.Sees(n, now) {
		return grant.Grant{}, fault.New(fault.ReasonNotFound)
	}
	parties := grant.Parties{Personal: append([]id.User{n.OwnerID}, a.Subject...), Office: []id.User{n.RecorderID}}
	return grant.Eligible(a.Grants.AtOrAbove(level), parties, now)
}

// asks is the grant by which the actor writes down what the resident says: a decider or post who neither led nor did
// the work. Errors: as decides.
func (a Actor) asks(n Need, now time.Time) (grant.Grant, error) {
	g, err := grant.EligibleRecorder(a.grants(n), grant.Parties{
		Personal: append([]id.User{n.OwnerID}, a.Subject...),
		Office:   append([]id.User{n.RecorderID, n.HandlerID}, a.Workers...),
	}, now)
	if err != nil && !a.Sees(n, now) {
		return g, fault.New(fault.ReasonNotFound)
	}
	return g, err
}

// owns refuses who does not speak for the resident: the owner, or who wrote it down for somebody without a phone.
// Errors: fault.ReasonNotFound, fault.ReasonForbidden.
func (a Actor) owns(n Need, now time.Time) error {
	switch {
	case n.OwnerID == a.ID || n.OwnerID == 0 && n.RecorderID == a.ID:
		return nil
	case a.Sees(n, now):
		return fault.New(fault.ReasonForbidden).Saying("这件事由说的人自己来定。")
	}
	return fault.New(fault.ReasonNotFound)
}

// move takes the need along its lifecycle. What rose to the next level is over with the step. Error:
// fault.ReasonNeedState.
func (n *Need) move(e state.Event) error {
	next, ok := state.Need.Next(n.Status, e)
	if !ok {
		return fault.New(fault.ReasonNeedState)
	}
	n.Status = next
	return nil
}
