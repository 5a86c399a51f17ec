package leaderboard

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
)

// Who asks for names while a query is under way shares the next one with all who wait, also once the first of them has left; another kind waits for nobody.
func TestNamesAreReadTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		goOn := make(chan struct{})
		var asked []string // one query at a time, in this test
		n := newNames(clock.System(), time.Second, func(ctx context.Context, of Subject, ids []id.Subject) (map[id.Subject]string, error) {
			asked = append(asked, fmt.Sprint(of, ids))
			if of == SubjectMember {
				<-goOn
			}
			found := map[id.Subject]string{}
			for _, one := range ids {
				found[one] = fmt.Sprint("name ", one)
			}
			return found, ctx.Err()
		})
		answers := make(chan string, 4)
		leaving, leave := context.WithCancel(t.Context())
		for i := range 4 { // 1 and 2, then together 2 and 3, 3 and 4, 4 and 5
			first, ctx := id.Subject(i+1), t.Context()
			if i == 0 {
				ctx = leaving
			}
			go func() {
				found, err := n.reads.Get(ctx, SubjectMember, []id.Subject{first, first + 1})
				answers <- fmt.Sprint(first, found[first], found[first+1], err)
			}()
			synctest.Wait()
		}
		leave() // and the others want the answer
		if _, err := n.reads.Get(t.Context(), SubjectTeam, []id.Subject{9}); err != nil {
			t.Error(err)
		}
		goOn <- struct{}{}
		goOn <- struct{}{}
		for range 4 {
			var got string
			if got = <-answers; !slices.Contains([]string{
				"1context canceled", "2name 2name 3<nil>", "3name 3name 4<nil>", "4name 4name 5<nil>",
			}, got) {
				t.Errorf("somebody is told %s", got)
			}
		}
		synctest.Wait()
		want := []string{
			fmt.Sprint(SubjectMember, []int{1, 2}), fmt.Sprint(SubjectTeam, []int{9}), fmt.Sprint(SubjectMember, []int{2, 3, 4, 5}),
		}
		if !slices.Equal(asked, want) {
			t.Errorf("asked %v, want %v", asked, want)
		}
	})
}
