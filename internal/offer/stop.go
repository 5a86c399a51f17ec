package offer

import (
	"errors"
	"fmt"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/mysql"
)

// Stop is a place of a route. A tour without stops is one place.
type Stop struct {
	Name    string `db:"name"`
	Place   string `db:"place"`
	Seen    string `db:"seen"`    // what is to be seen there; empty: the name says it
	Minutes int    `db:"minutes"` // how long it takes, with the way to the next one
}

// checkStops trims the texts of the stops and refuses what is no route. Error: fault.ReasonInvalidInput.
func (d *Draft) checkStops() error {
	var (
		wrong []error
		whole int
	)
	for i := range d.Stops {
		one := &d.Stops[i]
		whole += one.Minutes
		field := func(name string) string { return fmt.Sprintf("stops.%d.%s", i, name) }
		wrong = append(wrong, fault.NeedText(&one.Name, field("name"), "站名", letters.OfferStop),
			fault.NeedText(&one.Place, field("place"), "这一站的地点", letters.Place),
			fault.CheckText(&one.Seen, field("seen"), "看什么", letters.OfferSeen))
	}
	switch {
	case len(d.Stops) == 0:
	case d.Kind != KindTour:
		wrong = append(wrong, fault.BadField("stops", "只有参观路线写站点。"))
	case len(d.Stops) == 1 || len(d.Stops) > letters.OfferStops:
		wrong = append(wrong, fault.BadField("stops", "一条路线写两站到十二站。只有一处的，不用写站点。"))
	case whole > d.Most*slotMinutes:
		wrong = append(wrong, fault.BadField("slots", fmt.Sprintf("走完全程要 %d 分钟，一次能用的时间不够长。", whole)))
	}
	return errors.Join(wrong...)
}

// stopRows are the rows of an offer's stops, with texts that clean has made fit to be read by others.
func stopRows(offer id.Offer, all []Stop, clean func(name, text string) string) []mysql.Args {
	rows := make([]mysql.Args, len(all))
	for i, one := range all {
		rows[i] = mysql.Args{
			"offer": offer, "position": i, "minutes": one.Minutes, "name": clean(fmt.Sprintf("stop_name_%d", i), one.Name),
			"place": clean(fmt.Sprintf("stop_place_%d", i), one.Place), "seen": clean(fmt.Sprintf("stop_seen_%d", i), one.Seen),
		}
	}
	return rows
}
