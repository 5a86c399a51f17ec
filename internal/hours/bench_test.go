package hours_test

import (
	"testing"
	"time"

	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// BenchmarkRecord plays a year of settlements of 25 people, one after the other,
// as the seeds do.
func BenchmarkRecord(b *testing.B) {
	const crew, crews = 25, 200
	o := newOffice(b)
	people, leader := o.people("person", crew*crews), o.people("leader", 1)[0]
	b.ResetTimer()
	for i := range b.N {
		day := at(-(i % 365), "08:00")
		o.clock.Advance(time.Second)
		from := people[i%crews*crew:][:crew]
		err := o.db.Tx(b.Context(), func(tx *mysql.Tx) error {
			_, err := o.Record(b.Context(), tx, o.batch(leader, everybody(from, day, 2+i%5)...))
			return err
		})
		must(b, err)
	}
	b.ReportMetric(float64(b.N*crew)/b.Elapsed().Seconds(), "records/s")
}

// everybody served that many hours from the time on.
func everybody(people []id.User, from time.Time, length int) []hours.Entry {
	all := make([]hours.Entry, len(people))
	for i, who := range people {
		all[i] = hours.Entry{
			User: who, Start: from, End: from.Add(time.Duration(length) * time.Hour), Minutes: int64(length * 60),
		}
	}
	return all
}
