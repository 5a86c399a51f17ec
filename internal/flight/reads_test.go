package flight

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"xinyuan/internal/fault"
)

// Who comes while a read is under way gets one that begins afterwards, together with all
// who wait; one key keeps nobody from another, and who leaves takes no read from others.
func TestReadsBeginAfterTheQuestion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		goOn := make(chan struct{})
		var reads int // one at a time, in this test
		r := NewReads[string, int](time.Minute)
		at := func(ctx context.Context, key string) (int, error) {
			return r.Get(ctx, key, func(context.Context) (int, error) {
				reads++
				n := reads
				if key == "slow" {
					<-goOn
				}
				return n, nil
			})
		}
		answers := map[string]chan int{"first": make(chan int, 1), "late": make(chan int, 20)}
		ask := func(who string) {
			go func() {
				n, err := at(t.Context(), "slow")
				if err != nil {
					t.Error(err)
				}
				answers[who] <- n
			}()
			synctest.Wait()
		}
		ask("first")
		for range 20 {
			ask("late")
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := at(gone, "slow"); !errors.Is(err, context.Canceled) {
			t.Errorf("who leaves is told %v", err)
		}
		if n, err := at(t.Context(), "quick"); err != nil || n != 2 {
			t.Errorf("another key: read %d, %v", n, err)
		}
		goOn <- struct{}{}
		if n := <-answers["first"]; n != 1 {
			t.Errorf("the first gets read %d", n)
		}
		goOn <- struct{}{}
		for range 20 {
			if n := <-answers["late"]; n != 3 {
				t.Errorf("who asked meanwhile gets read %d", n)
			}
		}
		synctest.Wait()
		if len(r.lines) != 0 || reads != 3 {
			t.Errorf("%d lines stay behind, %d reads", len(r.lines), reads)
		}
	})
}

// A panic in a read is an error for those who wait for it, and the next read is one like any other.
func TestReadsSurviveAPanic(t *testing.T) {
	t.Parallel()
	r := NewReads[string, int](time.Minute)
	if _, err := r.Get(t.Context(), "a", func(context.Context) (int, error) { panic("no luck") }); !fault.Has(err, fault.ReasonInternal) {
		t.Errorf("who waits is told %v", err)
	}
	if n, err := r.Get(t.Context(), "a", func(context.Context) (int, error) { return 7, nil }); n != 7 || err != nil {
		t.Errorf("then: %d, %v", n, err)
	}
}
