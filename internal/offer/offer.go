// Package offer is what bodies open to people (资源) and who uses it when (预约): rooms, courts, parking, lectures, tours,
// and desks out of hours (错时延时). A body answers for what it opens; people book half hours of it, show eight digits or
// say a name at the door, and that is all. Nothing here costs anything or counts for anything.
//
// This file holds the rules of an offer, pure.
package offer

import (
	"slices"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/state"
)

// Kind is what is opened.
type Kind string

// The kinds.
const (
	KindVenue   Kind = "venue" // a room for meetings and games
	KindHall    Kind = "hall"
	KindCourt   Kind = "court"
	KindParking Kind = "parking"
	KindLecture Kind = "lecture"
	KindCraft   Kind = "craft"
	KindVehicle Kind = "vehicle"
	KindTour    Kind = "tour"
	KindDesk    Kind = "desk" // 错时延时: a counter out of hours, with the matters that it can do
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{
		KindVenue, KindHall, KindCourt, KindParking, KindLecture, KindCraft, KindVehicle, KindTour, KindDesk,
	}
}

// kindNames are what papers call the kinds.
var kindNames = map[Kind]string{
	KindVenue: "会议室", KindHall: "礼堂", KindCourt: "球场", KindParking: "停车位", KindLecture: "讲座", KindCraft: "手艺",
	KindVehicle: "车辆", KindTour: "参观", KindDesk: "错时窗口",
}

// Name is what papers call the kind.
func (k Kind) Name() string { return kindNames[k] }

// Audience is as what somebody books.
type Audience string

// The audiences.
const (
	AudienceResident Audience = "resident"
	AudienceTeam     Audience = "team"  // of volunteers, by its leader
	AudienceGroup    Audience = "group" // of residents
	AudienceUnit     Audience = "unit"  // by who answers for it
)

// Audiences lists every audience.
func Audiences() []Audience {
	return []Audience{AudienceResident, AudienceTeam, AudienceGroup, AudienceUnit}
}

// Offer is something that a body opens to people.
type Offer struct {
	ID           id.Offer   `db:"id"`
	HostID       id.Node    `db:"host_id"`
	NodeID       id.Node    `db:"node_id"` // where it is
	Kind         Kind       `db:"kind"`
	Name         string     `db:"name"`
	Place        string     `db:"place"`
	Seats        int        `db:"seats"`  // bookings at a time
	People       int        `db:"people"` // who come with one of them, at most
	Slots        int        `db:"slots"`  // half hours of one booking, at most
	ForResidents bool       `db:"is_for_residents"`
	ForTeams     bool       `db:"is_for_teams"`
	ForGroups    bool       `db:"is_for_groups"`
	ForUnits     bool       `db:"is_for_units"`
	Asked        bool       `db:"is_asked"`       // its host says yes or no to each booking
	OnHolidays   bool       `db:"is_on_holidays"` // it is open on holidays as on other days
	CreatedAt    time.Time  `db:"created_at"`
	OpenedAt     *time.Time `db:"opened_at"` // nil: not yet
	IdleAt       *time.Time `db:"idle_at"`   // when the street was told that nobody comes; nil: never
	ClosedAt     *time.Time `db:"closed_at"`

	Status  state.OfferStatus `db:"status"`
	Version int               `db:"version"`

	HostName string `db:"host_name"` // empty where only rules look
	NodeName string `db:"node_name"`
}

// The bounds of an offer.
const (
	MaxSlots = 16  // half hours of one booking
	MaxSeats = 500 // bookings at a time, and people of one booking
)

// Actor is who acts, with their grants at the host and above.
type Actor struct {
	ID     id.User
	Grants grant.Grants
}

// host is the grant by which the actor answers for the host: its liaison, who answers what is sent to it, or who
// decides at the very place that opens something.
func (a Actor) host(now time.Time) (grant.Grant, bool) {
	for _, g := range a.Grants {
		if g.IsInForce(now) && g.Distance == 0 && IsHosting(g.Role) {
			return g, true
		}
	}
	return grant.Grant{}, false
}

// IsHosting tells whether the role answers for what is opened at the node where it is held.
func IsHosting(r id.Role) bool {
	return r == id.RoleUnitLiaison || r == id.RoleResponder || r.Decides()
}

// Hosting lists the roles that do.
func Hosting() []id.Role { return append(id.Answering(), id.RoleUnitLiaison) }

// decides is the grant by which the actor decides above the host.
func (a Actor) decides(now time.Time) (grant.Grant, bool) {
	g, err := grant.Eligible(a.Grants.AtOrAbove(1), grant.Parties{}, now)
	return g, err == nil
}

// Sees tells whether the actor may know of the offer: what was opened is everybody's, a draft its host's.
func (a Actor) Sees(o Offer, now time.Time) bool {
	_, hosts := a.host(now)
	return o.OpenedAt != nil || hosts || a.Grants.Reads(now)
}

// byHost is the grant by which the actor answers for the host. Errors: fault.ReasonNotFound for whom the offer does not
// exist, fault.ReasonNotYourCommunity.
func (o *Offer) byHost(by Actor, now time.Time) (grant.Grant, error) {
	g, ok := by.host(now)
	switch {
	case ok:
		return g, nil
	case by.Sees(*o, now):
		return g, notTheHost()
	}
	return g, fault.New(fault.ReasonNotFound)
}

func notTheHost() error {
	return fault.New(fault.ReasonNotYourCommunity).Saying("这里由开放它的单位来管。")
}

func (o *Offer) move(e state.Event) error {
	next, ok := state.Offer.Next(o.Status, e)
	if !ok {
		return fault.New(fault.ReasonOfferState)
	}
	o.Status = next
	return nil
}

// Open lets people book it, for the first time or again. Errors: those of byHost, fault.ReasonOfferState.
func (o *Offer) Open(by Actor, now time.Time) (grant.Grant, state.Event, error) {
	event := state.EventOpen
	if o.Status == state.OfferPaused {
		event = state.EventResume
	}
	g, err := o.byHost(by, now)
	if err != nil {
		return g, event, err
	}
	if o.OpenedAt == nil {
		o.OpenedAt = &now
	}
	return g, event, o.move(event)
}

// Pause lets nobody book it for now. Errors: those of byHost, fault.ReasonOfferState.
func (o *Offer) Pause(by Actor, now time.Time) (grant.Grant, error) {
	g, err := o.byHost(by, now)
	if err != nil {
		return g, err
	}
	return g, o.move(state.EventSuspend)
}

// Close ends it: its host, or who decides above, who ends a desk to which nobody comes. Errors: those of byHost,
// fault.ReasonOfferState.
func (o *Offer) Close(by Actor, now time.Time) (grant.Grant, error) {
	g, err := o.byHost(by, now)
	if fault.Has(err, fault.ReasonNotYourCommunity) {
		if above, ok := by.decides(now); ok {
			g, err = above, nil
		}
	}
	if err != nil {
		return g, err
	}
	o.ClosedAt = &now
	return g, o.move(state.EventClose)
}

// SetDay changes on one day when it is open. Errors: those of byHost, fault.ReasonOfferState.
func (o *Offer) SetDay(by Actor, now time.Time) (grant.Grant, error) {
	g, err := o.byHost(by, now)
	if err != nil {
		return g, err
	}
	return g, o.move(state.EventEdit)
}

// SetHours changes when it is open in each week. Errors: those of byHost, fault.ReasonOfferState.
func (o *Offer) SetHours(by Actor, onHolidays bool, now time.Time) (grant.Grant, error) {
	g, err := o.byHost(by, now)
	if err != nil {
		return g, err
	}
	o.OnHolidays = onHolidays
	return g, o.move(state.EventReplace)
}

// Audiences are as what people may book it.
func (o Offer) Audiences() []Audience {
	return slices.DeleteFunc(Audiences(), func(a Audience) bool { return !o.isFor(a) })
}

// isFor tells whether somebody may book it as that.
func (o Offer) isFor(a Audience) bool {
	switch a {
	case AudienceResident:
		return o.ForResidents
	case AudienceTeam:
		return o.ForTeams
	case AudienceGroup:
		return o.ForGroups
	case AudienceUnit:
		return o.ForUnits
	}
	return false
}

// matter is the offer as the register has it.
func (o Offer) matter() matter.Matter {
	return matter.Matter{
		Noun: state.Offer.Noun, ID: int64(o.ID), Title: o.Name, Node: o.HostID, Status: string(o.Status),
		Version: o.Version, Turns: []matter.Turn{},
	}
}
