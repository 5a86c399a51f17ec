package wish

import (
	"fmt"
	"slices"
	"testing"

	"xinyuan/internal/id"
)

// Of what the communities of a street have each, pictures are read for what is on the page alone: those of a wish beyond
// it cost no trip.
func TestAStreetsPageReadsItsOwnPhotos(t *testing.T) {
	t.Parallel()
	db := newDB(t,
		`INSERT INTO nodes (id, kind, name, created_at) VALUES (1, 'street', '茂山街道', '2026-03-01'),
		  (2, 'community', '茂山社区', '2026-03-01'), (3, 'community', '江山社区', '2026-03-01')`,
		"INSERT INTO node_ancestors VALUES (1, 1, 0), (2, 2, 0), (3, 3, 0), (2, 1, 1), (3, 1, 1)",
		`INSERT INTO wishes (id, node_id, year, number, owner_id, category, is_sensitive, title, description, owner_label,
		    status, created_at, submitted_at)
		  SELECT seq, 2 + seq % 2, 2026, seq, 7, 'repair', 0, '修楼道灯', '夜里看不清路。', '刘', 'open',
		    '2026-03-01', '2026-03-01' FROM (SELECT 1 AS seq UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) s`,
		`INSERT INTO media (id, owner_id, file, status, noun, subject_id, created_at, attached_at)
		  VALUES (1, 7, 'one', 'attached', 'wish', 3, '2026-03-01', '2026-03-01'),
		    (2, 7, 'two', 'attached', 'wish', 2, '2026-03-01', '2026-03-01')`,
	)
	s := New(db, nil, nil, nil)
	for _, c := range []struct {
		before id.Wish
		limit  int
		want   []string // wishes with the number of their pictures
		trips  int64    // for the communities, for their wishes, and for the pictures
	}{
		{0, 2, []string{"5: 0", "4: 0"}, 2},
		{0, 3, []string{"5: 0", "4: 0", "3: 1"}, 3},
		{4, 2, []string{"3: 1", "2: 1"}, 3},
		{2, 2, []string{"1: 0"}, 2},
	} {
		before := db.Counts().RoundTrips
		wishes, err := s.List(t.Context(), 9, Filter{NodeID: 1, Before: c.before, Limit: c.limit})
		must(t, err)
		var got []string
		for _, w := range wishes {
			got = append(got, fmt.Sprintf("%d: %d", w.ID, len(w.Photos)))
		}
		if trips := db.Counts().RoundTrips - before; trips != c.trips || !slices.Equal(got, c.want) {
			t.Errorf("%d before %d: %q in %d trips, want %q in %d", c.limit, c.before, got, trips, c.want, c.trips)
		}
	}
}
