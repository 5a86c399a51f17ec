package attendance

import (
	"context"
	"errors"
	"time"

	"xinyuan/internal/activity"
	"xinyuan/internal/fault"
	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/redis"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// Service runs the rules in transactions: who came when, and in the end who served
// how long.
type Service struct {
	db         *mysql.DB
	sealer     *seal.Sealer
	activities *activity.Service
	records    *hours.Service
	limits     *redis.Limits
	codes      codes
	rules      Rules
}

// New returns the roll of the activities over its parts.
func New(db *mysql.DB, sealer *seal.Sealer, activities *activity.Service, records *hours.Service, l Limits) *Service {
	return &Service{db, sealer, activities, records, l.Redis, codes{sealer}, l.Rules}
}

// Limits are what bounds check-ins: the configuration's rules, and who counts wrong
// codes.
type Limits struct {
	Rules
	Redis *redis.Limits
}

// rollActivity is an activity with what the roll needs of it.
type rollActivity struct {
	ID        id.Activity          `db:"id"`
	TeamID    id.Team              `db:"team_id"`
	NodeID    id.Node              `db:"node_id"`
	Title     string               `db:"title"`
	Lat       *float64             `db:"lat"`
	Lng       *float64             `db:"lng"`
	Radius    int                  `db:"radius"`
	StartsAt  time.Time            `db:"starts_at"`
	EndsAt    time.Time            `db:"ends_at"`
	Status    state.ActivityStatus `db:"status"`
	SettledAt *time.Time           `db:"settled_at"`
	Version   int                  `db:"version"`
	Role      state.TeamRole       `db:"role"` // the asker's in the team; empty for a person outside it
}

func (g rollActivity) span() Span { return Span{g.StartsAt, g.EndsAt} }

// checkUnderWay refuses what is no published activity. Errors: fault.ReasonNotFound
// for a draft, which only its team knows of, fault.ReasonActivitySettled,
// fault.ReasonActivityState.
func (g rollActivity) checkUnderWay() error {
	switch g.Status {
	case state.ActivityPublished:
		return nil
	case state.ActivitySettled:
		return fault.New(fault.ReasonActivitySettled)
	case state.ActivityDraft:
		if !g.Role.Leads() {
			return fault.New(fault.ReasonNotFound)
		}
	case state.ActivityCancelled:
	}
	return fault.New(fault.ReasonActivityState)
}

// requireLeader refuses who does not lead the team. Errors: those of checkUnderWay,
// fault.ReasonNotTeamLeader.
func (g rollActivity) requireLeader() error {
	if g.Status != state.ActivityDraft && !g.Role.Leads() {
		return fault.New(fault.ReasonNotTeamLeader)
	}
	return g.checkUnderWay()
}

// GetCode is what the leader's phone shows now. Errors: those of rollActivity.led, and
// of Span.within: before and after the time of check-ins there is none.
func (r *Service) GetCode(ctx context.Context, actor id.User, activity id.Activity) (Code, error) {
	var g rollActivity
	if err := r.db.Get(ctx, &g, "attendance.activity", mysql.Args{"activity": activity, "user": actor}); err != nil {
		return Code{}, mysql.NotFound(err)
	}
	if err := g.requireLeader(); err != nil {
		return Code{}, err
	}
	now := r.db.Now()
	if err := r.rules.Window(g.span()).checkWithin(now); err != nil {
		return Code{}, err
	}
	return r.codes.at(activity, now), nil
}

// Arrival is what somebody sends who comes or goes.
type Arrival struct {
	Code     string     // eight digits, or what the QR code says
	At       *time.Time // when the phone read it; nil: just now
	Location *Location
	// Person is whom the leader writes down, without a code; 0: the sender.
	Person id.User
}

// CheckIn begins a time of presence. With a code within 90 seconds it is live,
// later the leader must name the person; the leader writes down who has no
// phone. Errors: those of Service.pass and checkIn.
func (r *Service) CheckIn(ctx context.Context, actor id.User, activity id.Activity, a Arrival,
	onCommit mysql.OnCommit[Attendance]) (Attendance, error) {
	return r.pass(ctx, actor, activity, a, func(tx *mysql.Tx, s scene) (Attendance, error) {
		p, err := checkIn(s.pairs, s.mark, tx.Now())
		if err != nil {
			return p, err
		}
		p.ID, p.ActivityID, p.UserID = mysql.NewID[id.Attendance](tx), activity, s.present.UserID
		p.InDistance, p.InAccuracy, p.RecorderID, p.Radius = s.hint.Distance, s.hint.Accuracy, s.recorder, s.radius
		err = tx.Add("attendance.check_in", p)
		return p, errors.Join(err, onCommit.Do(tx, p, err))
	})
}

// CheckOut ends it. Errors: those of Service.pass and checkOut.
func (r *Service) CheckOut(ctx context.Context, actor id.User, activity id.Activity, a Arrival,
	onCommit mysql.OnCommit[Attendance]) (Attendance, error) {
	return r.pass(ctx, actor, activity, a, func(tx *mysql.Tx, s scene) (Attendance, error) {
		p, err := checkOut(s.pairs, s.mark, tx.Now())
		if err != nil {
			return p, err
		}
		p.OutDistance, p.OutAccuracy, p.span = s.hint.Distance, s.hint.Accuracy, s.activity
		if s.recorder != 0 {
			p.RecorderID = s.recorder
		}
		err = tx.Add("attendance.check_out", p)
		return p, errors.Join(err, onCommit.Do(tx, p, err))
	})
}

// scene is what a check-in or check-out is judged by.
type scene struct {
	activity Span
	radius   int
	present  Present
	pairs    []Attendance
	mark     Mark
	hint     Hint
	recorder id.User // the leader who writes it down; 0: nobody
}

// pass looks at the activity and the code, and then, with the sign-up locked,
// does what the rule says: of two phones of one person the second sees what the
// first did. The activity itself is not locked: a thousand people may come at
// once, and who settles it takes the sign-ups' locks. Errors:
// fault.ReasonNotFound, fault.ReasonNotSignedUp, fault.ReasonStillWaiting,
// fault.ReasonTooManyGuesses, those of rollActivity.checkUnderWay, codes.checkCode and
// Span.within; of the leader's list fault.ReasonNotTeamLeader,
// fault.ReasonPartyToMatter for the own name and fault.ReasonClockWrong for a
// time to come.
func (r *Service) pass(ctx context.Context, actor id.User, activity id.Activity, a Arrival,
	rule func(*mysql.Tx, scene) (Attendance, error)) (Attendance, error) {
	person := actor
	if a.Person != 0 {
		person = a.Person
	}
	var (
		g     rollActivity
		s     scene
		there bool
	)
	args := mysql.Args{"activity": activity, "user": actor, "person": person}
	err := r.db.Read(ctx, mysql.One(&g, "attendance.activity", args),
		mysql.Maybe(&s.present, &there, "attendance.present", args))
	if err != nil {
		return Attendance{}, mysql.NotFound(err)
	}
	if err := g.checkUnderWay(); err != nil {
		return Attendance{}, err
	}
	if a.Person != 0 {
		s.mark, err = r.leaderMark(g, actor, a)
		s.recorder = actor
	} else if err = s.present.checkEligible(there); err == nil {
		s.mark, err = r.verifyCode(ctx, actor, g, a)
	}
	if err != nil {
		return Attendance{}, err
	}
	s.activity, s.radius, s.hint = g.span(), g.Radius, hint(g.Lat, g.Lng, a.Location)
	var p Attendance
	err = r.db.Tx(ctx, func(tx *mysql.Tx) error {
		err := tx.Read(ctx, mysql.Maybe(&s.present, &there, "attendance.lock_present", args),
			mysql.Many(&s.pairs, "attendance.pairs_of", args))
		if err != nil {
			return err
		}
		if err := s.present.checkEligible(there); err != nil {
			return err
		}
		p, err = rule(tx, s)
		return err
	})
	if mysql.IsDuplicate(err, "attendances_open") { // the database's own guard
		err = fault.New(fault.ReasonAlreadyCheckedIn)
	}
	return p, err
}

// checkEligible refuses a person without a place. Errors: fault.ReasonNotSignedUp,
// fault.ReasonStillWaiting, fault.ReasonActivitySettled.
func (p Present) checkEligible(there bool) error {
	if !there {
		return fault.New(fault.ReasonNotSignedUp)
	}
	switch p.Status {
	case state.SignupConfirmed:
		return nil
	case state.SignupWaitlisted:
		return fault.New(fault.ReasonStillWaiting)
	case state.SignupAttended, state.SignupAbsent:
		return fault.New(fault.ReasonActivitySettled)
	case state.SignupCancelled:
	}
	return fault.New(fault.ReasonNotSignedUp)
}

// leaderMark is a check-in or check-out that the leader writes down.
func (r *Service) leaderMark(g rollActivity, actor id.User, a Arrival) (Mark, error) {
	now := r.db.Now()
	m := Mark{now, state.ModeList}
	switch {
	case !g.Role.Leads():
		return m, fault.New(fault.ReasonNotTeamLeader)
	case a.Person == actor:
		return m, fault.New(fault.ReasonPartyToMatter).Saying("自己的签到请用签到码，或者请别的队长来记。")
	case a.At != nil && a.At.After(now.Add(LiveFor)):
		return m, fault.New(fault.ReasonClockWrong)
	case a.At != nil && a.At.Before(now):
		m.At = a.At.UTC().Truncate(time.Millisecond)
	}
	return m, r.rules.Window(g.span()).checkWithin(m.At)
}

// verifyCode judges a code. A person has a number of tries (Rules.Guesses): each
// try is counted before it is judged, so that many at once do not get around the
// limit, and a right code resets them.
func (r *Service) verifyCode(ctx context.Context, actor id.User, g rollActivity, a Arrival) (Mark, error) {
	window := r.rules.Window(g.span())
	now := r.db.Now()
	when, err := checkInTime(a.At, now)
	if err != nil {
		return when, err
	}
	if err := window.checkWithin(when.At); err != nil {
		return when, err
	}
	code, err := readCode(g.ID, a.Code)
	if err != nil {
		return when, err
	}
	key := "checkin:" + actor.String() + ":" + g.ID.String()
	wait, err := r.limits.Allow(ctx, key, r.rules.Guesses, r.rules.GuessSpan)
	if err != nil {
		return when, err
	}
	if wait > 0 {
		refused := fault.New(fault.ReasonTooManyGuesses)
		refused.RetryAfter = wait
		return when, refused
	}
	if err := r.codes.checkCode(g.ID, code, when, now); err != nil {
		return when, err
	}
	return when, r.limits.Forget(ctx, key)
}
