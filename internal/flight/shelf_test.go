package flight

import (
	"maps"
	"slices"
	"testing"
	"time"

	"xinyuan/internal/clock"
)

// A shelf holds as many values as it may, and a new value of a key takes no other's place. One more key, and all begin
// anew.
func TestShelfIsBounded(t *testing.T) {
	t.Parallel()
	s := NewShelf[string, int](clock.Fixed(noon), 3)
	for i, c := range []struct {
		put  string
		want []string
	}{
		{"a", []string{"a"}}, {"b", []string{"a", "b"}}, {"c", []string{"a", "b", "c"}}, {"b", []string{"a", "b", "c"}},
		{"d", []string{"d"}}, {"a", []string{"a", "d"}},
	} {
		s.Put(c.put, i, noon.Add(time.Second))
		if held := slices.Sorted(maps.Keys(s.of)); !slices.Equal(held, c.want) {
			t.Errorf("with %s the shelf holds %v, not %v", c.put, held, c.want)
		}
		if got, found := s.Find(c.put); !found || got != i {
			t.Errorf("%s is %d, %t, not %d", c.put, got, found, i)
		}
	}
}
