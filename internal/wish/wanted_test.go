package wish

import (
	"testing"

	"xinyuan/internal/id"
)

// The first who wants a wish is told so once, and again only when thousands of others have been wanted since.
func TestWantedAreRemembered(t *testing.T) {
	t.Parallel()
	var w wanted
	for wish := range id.Wish(3 * mostRecent) {
		if !w.isFirst(wish) || w.isFirst(wish) || !w.recent[wish] {
			t.Fatalf("wish %v is first never, or twice", wish)
		}
		if n := len(w.recent) + len(w.older); n > 2*mostRecent {
			t.Fatalf("%d wishes are remembered", n)
		}
	}
	if !w.isFirst(0) || w.isFirst(3*mostRecent-1) || w.isFirst(2*mostRecent) {
		t.Error("an old wish is remembered, or a recent one is not")
	}
}
