package offer_test

import (
	"fmt"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/offer"
	"xinyuan/internal/org"
	"xinyuan/internal/race"
	"xinyuan/internal/seal"
	"xinyuan/internal/user"
)

// racers is how many people want the same half hour at once.
const racers = 20

// house is a unit that opens things, and two servers of one database, or one for each node of a cluster.
type house struct {
	*testing.T
	settle   func() // has each node know what was written at the others
	dbs      []*mysql.DB
	services []*offer.Service
	unit     id.Node
	host     id.User
	people   [racers]id.User
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{T: t}
	sealer, err := seal.New(seal.NewDemoKeys())
	h.must(err)
	dsns, settle := testdb.Cluster(t)
	h.settle = settle
	ids := id.NewGenerator(0) // at one moment, two of them would make the same
	for i := range max(2, len(dsns)) {
		dsn := dsns[i%len(dsns)]
		db, err := mysql.Open(t.Context(), dsn, mysql.Options{Business: clock.Fixed(march(11, 12, 0)), IDs: ids})
		h.must(err)
		t.Cleanup(func() { h.must(db.Close()) })
		h.dbs, h.services = append(h.dbs, db), append(h.services, offer.New(db, sealer))
	}
	h.must(h.dbs[0].Tx(t.Context(), func(tx *mysql.Tx) error {
		county, err := org.Add(tx, org.Node{Kind: org.KindCounty, Name: "通化县"})
		if err != nil {
			return err
		}
		if h.unit, err = org.Add(tx, org.Node{Kind: org.KindUnit, Name: "县供电公司", ParentID: &county}); err != nil {
			return err
		}
		for i := range racers + 1 {
			u, err := user.Add(tx, strconv.Itoa(i), user.User{DisplayName: "王秀兰"})
			if err != nil {
				return err
			}
			if h.host = u.ID; i < racers {
				h.people[i] = u.ID
			}
		}
		_, err = grant.Add(tx, h.host, grant.Grant{Role: id.RoleUnitLiaison, NodeID: h.unit, From: tx.Now()})
		return err
	}))
	settle()
	return h
}

// march is a time of day in Shanghai, in March 2026.
func march(day, hour, minute int) time.Time {
	return time.Date(2026, 3, day, hour, minute, 0, 0, clock.Shanghai)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

// opened is a room that is open day and night, for one booking at a time.
func (h *house) opened() id.Offer {
	h.Helper()
	d := offer.Draft{
		Kind: offer.KindVenue, Name: "会议室", Place: "一楼", Seats: 1, People: 10, Most: offer.MaxSlots, Audiences: offer.Audiences(),
	}
	for weekday := 1; weekday <= 7; weekday++ {
		d.Hours = append(d.Hours, offer.Hours{Weekday: weekday, Until: 24 * 60})
	}
	o, err := h.services[0].Create(h.Context(), h.host, h.unit, d, nil)
	h.must(err)
	_, err = h.services[0].Open(h.Context(), h.host, o.ID, nil)
	h.must(err)
	h.settle()
	return o.ID
}

// book has everybody book at once from then on, each at the next server, and counts who had it. Whoever had it not is
// told one of the reasons.
func (h *house) book(one id.Offer, from time.Time, reasons ...fault.Reason) int {
	h.Helper()
	var (
		all   race.Group
		had   atomic.Int64
		start = make(chan struct{})
	)
	for i, person := range h.people {
		all.Go(func() {
			<-start
			_, err := h.services[i%len(h.services)].Book(h.Context(), person, one, offer.Wish{
				Audience: offer.AudienceResident, People: 1, From: from, Until: from.Add(offer.Slot), Weeks: 1,
			}, nil)
			if err == nil {
				had.Add(1)
				return
			}
			for _, reason := range reasons {
				if fault.Has(err, reason) {
					return
				}
			}
			h.Errorf("at %s: %v", from, err)
		})
	}
	close(start)
	all.Wait()
	return int(had.Load())
}

// Twenty people want each of fifty half hours at once: each is one person's, and nothing is left of the others.
func TestEachHalfHourIsOnes(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	one := h.opened()
	const slots = 50
	for i := range slots {
		if had := h.book(one, march(12, 0, 30*i), fault.ReasonSlotTaken); had != 1 {
			t.Errorf("half hour %d is %d people's", i, had)
		}
	}
	h.settle()
	for _, db := range h.dbs {
		for query, want := range map[string]int{
			"SELECT COUNT(*) FROM booking_slots":                                                  slots,
			"SELECT COUNT(DISTINCT starts_at) FROM booking_slots":                                 slots,
			"SELECT COUNT(*) FROM bookings b JOIN booking_slots s ON s.booking_id = b.id":         slots,
			"SELECT COUNT(*) FROM bookings":                                                       slots,
			"SELECT COUNT(*) FROM events WHERE noun = 'booking'":                                  slots,
			"SELECT COUNT(*) FROM matters WHERE noun = 'booking'":                                 slots,
			"SELECT COUNT(*) FROM bookings WHERE starts_at >= '2026-03-12 16:00' AND seat_no = 0": 2,
		} {
			if got := h.count(db, query); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
	}
}

// What ends while people book it has nobody left who is to come: each of them is told, or refused.
func TestNobodyBooksWhatEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for round := range 5 {
		one := h.opened()
		var closing race.Group
		closing.Go(func() {
			why := offer.Apology{Reason: "装修", Instead: "社区二楼"}
			if _, err := h.services[0].Close(t.Context(), h.host, one, why, nil); err != nil {
				t.Error(err)
			}
		})
		h.book(one, march(12, 9, 30*round), fault.ReasonSlotTaken, fault.ReasonOfferState)
		closing.Wait()
	}
	h.settle()
	for query, want := range map[string]int{
		"SELECT COUNT(*) FROM offers WHERE status = 'closed'":                            5,
		"SELECT COUNT(*) FROM bookings WHERE status <> 'called_off'":                     0,
		"SELECT COUNT(*) FROM booking_slots":                                             0,
		"SELECT COUNT(*) FROM matters WHERE noun = 'booking' AND status <> 'called_off'": 0,
	} {
		if got := h.count(h.dbs[len(h.dbs)-1], query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
}

func (h *house) count(db *mysql.DB, query string) (n int) {
	h.Helper()
	if err := db.Pool().QueryRowContext(h.Context(), query).Scan(&n); err != nil {
		h.Fatal(fmt.Errorf("%s: %w", query, err))
	}
	return n
}
