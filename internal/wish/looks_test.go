package wish

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"xinyuan/internal/id"
)

// Who comes while a look is under way gets one that begins afterwards, together with all
// who wait; one wish keeps nobody from another, and who leaves takes no look from others.
func TestLooksBeginAfterTheQuestion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		goOn := make(chan struct{})
		var reads int64 // one read at a time, in this test
		l := newLooks[id.Wish, Wish]()
		at := func(ctx context.Context, wish id.Wish) (Wish, error) {
			return l.at(ctx, wish, func(context.Context) (Wish, error) {
				reads++
				n := reads
				if wish == 1 {
					<-goOn
				}
				return Wish{ID: wish, Points: &n}, nil
			})
		}
		answers := map[string]chan Wish{"first": make(chan Wish, 1), "late": make(chan Wish, 20)}
		ask := func(who string) {
			go func() {
				w, err := at(t.Context(), 1)
				if err != nil {
					t.Error(err)
				}
				answers[who] <- w
			}()
			synctest.Wait()
		}
		ask("first")
		for range 20 {
			ask("late")
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := at(gone, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("who leaves is told %v", err)
		}
		if w, err := at(t.Context(), 2); err != nil || *w.Points != 2 {
			t.Errorf("another wish: look %v, %v", w.Points, err)
		}
		goOn <- struct{}{}
		if w := <-answers["first"]; *w.Points != 1 {
			t.Errorf("the first gets look %v", w.Points)
		}
		goOn <- struct{}{}
		for range 20 {
			if w := <-answers["late"]; *w.Points != 3 {
				t.Errorf("who asked meanwhile gets look %v", w.Points)
			}
		}
		synctest.Wait()
		if len(l.lines) != 0 || reads != 3 {
			t.Errorf("%d lines stay behind, %d looks", len(l.lines), reads)
		}
	})
}

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
