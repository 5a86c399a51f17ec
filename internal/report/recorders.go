package report

import (
	"context"
	"maps"
	"slices"
	"time"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Recorder is a person who lately wrote something down about others, at a node and
// below.
type Recorder struct {
	UserID id.User `db:"recorder_id"`
	Name   string  `db:"display_name"`
}

// RecorderOfHours is a recorder of service records.
type RecorderOfHours struct {
	Recorder
	Records int64 `db:"records"`
	People  int64 `db:"people"`
	Minutes int64 `db:"minutes"`
	Full    int64 `db:"full_length"` // records as long as their activity
	Late    int64 `db:"late"`        // records entered late

	// Credited are the people with hours that are credited, Unseen those of them
	// who have neither a phone nor a live check-in.
	Credited int64 `db:"-"`
	Unseen   int64 `db:"-"`

	Signs []RecordSign `db:"-"`
}

// RecorderOfYeses is a recorder of what residents say of deliveries.
type RecorderOfYeses struct {
	Recorder
	Yeses     int64 `db:"yeses"`
	Claimants int64 `db:"claimants"` // whose deeds they were
	Most      int64 `db:"most"`      // of one of these
	ByPhone   int64 `db:"by_phone"`
	Checked   int64 `db:"checked"` // asked again, answered by the resident, or undone
	Denied    int64 `db:"denied"`  // of these, that did not stand

	Signs []YesSign `db:"-"`
}

// Recorders are the unusual ones.
type Recorders struct {
	OfHours []RecorderOfHours // the most minutes first
	OfYeses []RecorderOfYeses // the most yeses first
}

// RecordSign is why a recorder of service records is looked at.
type RecordSign string

// The signs.
const (
	SignManyHours   RecordSign = "many_hours"
	SignAlwaysFull  RecordSign = "always_full"
	SignEnteredLate RecordSign = "entered_late"
	// SignMostlyUnseen is that only the recorder has seen most of the people.
	SignMostlyUnseen RecordSign = "mostly_unseen"
)

// RecordSigns lists them, in the order in which they are told.
func RecordSigns() []RecordSign {
	return []RecordSign{SignManyHours, SignMostlyUnseen, SignAlwaysFull, SignEnteredLate}
}

// YesSign is why a recorder of yeses is looked at.
type YesSign string

// The signs.
const (
	SignDenied      YesSign = "denied"
	SignOneClaimant YesSign = "one_claimant"
	SignByPhone     YesSign = "by_phone"
)

// YesSigns lists them.
func YesSigns() []YesSign { return []YesSign{SignDenied, SignOneClaimant, SignByPhone} }

// Watch is what makes recorders unusual.
type Watch struct {
	Hours WatchHours
	Yeses WatchYeses
}

// WatchHours is what makes a recorder of service records unusual.
type WatchHours struct {
	Days    int           // looked back
	Hours   int           // from one hand
	Records int           // fewer say nothing about habits
	Percent int           // of them as long as can be, or late
	Late    time.Duration // after the end
}

// WatchYeses is what makes a recorder of yeses unusual.
type WatchYeses struct {
	Days    int // looked back
	Yeses   int // fewer say nothing about habits
	Percent int // of them for one claimant, or by phone
	Denied  int // percent of what was checked
}

// share is from how many people on, and from which percentage of them, it is
// unusual that only their recorder has seen them.
type share struct {
	People  int64 `db:"people"`
	Percent int64 `db:"percent"`
}

// seen are the people of a recorder with credited hours.
type seen struct {
	RecorderID id.User `db:"recorder_id"`
	Credited   int64   `db:"credited"`
	Unseen     int64   `db:"unseen"`
}

// reaches tells whether the part is at least that percentage of all.
func reaches[P int | int64](part, all int64, percent P) bool { return part*100 >= all*int64(percent) }

// shown are the signs whose condition holds, in their order.
func shown[S comparable](signs []S, holds map[S]bool) (all []S) {
	for _, sign := range signs {
		if holds[sign] {
			all = append(all, sign)
		}
	}
	return all
}

// signs are what is unusual about the recorder of hours.
func (w WatchHours) signs(r RecorderOfHours, of share) []RecordSign {
	habit := r.Records >= int64(w.Records)
	return shown(RecordSigns(), map[RecordSign]bool{
		SignManyHours:    r.Minutes >= int64(w.Hours)*60,
		SignAlwaysFull:   habit && reaches(r.Full, r.Records, w.Percent),
		SignEnteredLate:  habit && reaches(r.Late, r.Records, w.Percent),
		SignMostlyUnseen: of.People > 0 && r.Credited >= of.People && reaches(r.Unseen, r.Credited, of.Percent),
	})
}

// signs are what is unusual about the recorder of yeses.
func (w WatchYeses) signs(r RecorderOfYeses) []YesSign {
	habit := r.Yeses >= int64(w.Yeses)
	return shown(YesSigns(), map[YesSign]bool{
		SignDenied:      r.Denied > 0 && reaches(r.Denied, r.Checked, w.Denied),
		SignOneClaimant: habit && reaches(r.Most, r.Yeses, w.Percent),
		SignByPhone:     habit && reaches(r.ByPhone, r.Yeses, w.Percent),
	})
}

// ListRecorders lists, for staff of the node that sees all, the people who wrote down
// unusually many hours, always the most, late, or mostly of people whom nobody else
// has seen; and those whose yeses did not stand, or were mostly for one claimant or by
// phone. They may have been found lately (flight.Kept).
// Errors: fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (r *Reports) ListRecorders(ctx context.Context, actor id.User, node id.Node) (Recorders, error) {
	if err := r.grants.RequireStaff(ctx, actor, node); err != nil {
		return Recorders{}, err
	}
	found, err := r.recorders.Get(ctx, node, func(ctx context.Context) (Recorders, error) {
		return r.findRecorders(ctx, node)
	})
	if err != nil {
		return Recorders{}, err
	}
	all := Recorders{OfHours: slices.Clone(found.OfHours), OfYeses: slices.Clone(found.OfYeses)}
	err = r.nameRecorders(ctx, all)
	return all, err
}

// nameRecorders reads what they are called now, which is kept for nobody.
func (r *Reports) nameRecorders(ctx context.Context, all Recorders) error {
	called := map[id.User][]*string{}
	want := func(one *Recorder) {
		called[one.UserID] = append(called[one.UserID], &one.Name)
	}
	for i := range all.OfHours {
		want(&all.OfHours[i].Recorder)
	}
	for i := range all.OfYeses {
		want(&all.OfYeses[i].Recorder)
	}
	if len(called) == 0 {
		return nil
	}
	var names []Recorder
	err := r.db.Select(ctx, &names, "report.recorder_names", mysql.Args{"people": slices.Collect(maps.Keys(called))})
	for _, n := range names {
		for _, name := range called[n.UserID] {
			*name = n.Name
		}
	}
	return err
}

func (r *Reports) findRecorders(ctx context.Context, node id.Node) (Recorders, error) {
	var (
		hours  []RecorderOfHours
		people []seen
		unseen share
		dated  bool
		yeses  []RecorderOfYeses
		all    Recorders
		of     = map[id.User]seen{}
		now    = r.db.Now()
		ago    = func(days int) time.Time { return now.AddDate(0, 0, -days) }
		since  = ago(r.watch.Hours.Days)
		args   = mysql.Args{
			"node": node, "since": since, "first": id.First[id.Record](since.AddDate(0, 0, -1)),
			"late": int64(r.watch.Hours.Late / time.Second),
		}
	)
	err := r.db.Read(ctx, mysql.Many(&hours, "report.recorders_of_hours", args),
		mysql.Maybe(&unseen, &dated, "report.recorder_rule", mysql.Args{"at": now}),
		mysql.Many(&yeses, "report.recorders_of_yeses", mysql.Args{"node": node, "since": ago(r.watch.Yeses.Days)}))
	if err == nil && len(hours) > 0 {
		recorders := make([]id.User, len(hours))
		for i, one := range hours {
			recorders[i] = one.UserID
		}
		args["recorders"] = recorders
		err = r.db.Select(ctx, &people, "report.people_of_recorders", args)
	}
	for _, p := range people {
		of[p.RecorderID] = p
	}
	for _, one := range hours {
		one.Credited, one.Unseen = of[one.UserID].Credited, of[one.UserID].Unseen
		if one.Signs = r.watch.Hours.signs(one, unseen); len(one.Signs) > 0 {
			all.OfHours = append(all.OfHours, one)
		}
	}
	for _, one := range yeses {
		if one.Signs = r.watch.Yeses.signs(one); len(one.Signs) > 0 {
			all.OfYeses = append(all.OfYeses, one)
		}
	}
	return all, err
}
