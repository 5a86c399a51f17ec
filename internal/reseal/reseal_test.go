package reseal_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/contact"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/race"
	"xinyuan/internal/reseal"
	"xinyuan/internal/seal"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func sealer(t *testing.T, keys string) *seal.Sealer {
	t.Helper()
	s, err := seal.New(keys)
	must(t, err)
	return s
}

const (
	people = 300
	phones = "138%08d"
)

// With the new key first everything is sealed anew while people go on writing. Then the
// new key alone opens all of it, each as it was last written, and nothing needs the old
// one.
func TestResealUnderTraffic(t *testing.T) {
	t.Parallel()
	db, err := mysql.Open(t.Context(), testdb.New(t), mysql.Options{Pool: 8, Business: clock.System()})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	old, young := "k1"+seal.NewDemoKeys()[len("demo"):], "k2"+seal.NewDemoKeys()[len("demo"):]
	write := func(s *seal.Sealer, person id.User, n int) error {
		c := contact.Contact{Name: fmt.Sprintf("刘桂兰%d", n%9), Phone: fmt.Sprintf(phones, n), Address: "振兴路"}
		_, err := contact.New(db, s).Keep(context.WithoutCancel(t.Context()), person, c, nil)
		return err
	}
	before := sealer(t, old)
	last := make([]int, people+1)
	for person := 1; person <= people; person++ {
		last[person] = person
		must(t, write(before, id.User(person), person))
	}
	both := sealer(t, young+","+old)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	var writers race.Group
	done := make(chan struct{})
	failed := make([]error, 4)
	for w := range failed {
		writers.Go(func() { // each writes people of its own, so that it knows what was last
			for n := 1000 * (w + 1); ctx.Err() == nil; n++ {
				person := 1 + w + 4*(n%(people/4))
				if failed[w] = write(both, id.User(person), n); failed[w] != nil {
					return
				}
				last[person] = n
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	resealed, left := 0, 0
	run := func() {
		must(t, reseal.Run(ctx, db, both, func(d reseal.Done) { resealed, left = resealed+d.Resealed, left+d.Left }))
	}
	run()
	close(done)
	writers.Wait()
	must(t, errors.Join(failed...))
	run()
	if resealed == 0 {
		t.Error("nothing was left to seal anew")
	}
	alone := contact.New(db, sealer(t, young))
	for person := 1; person <= people; person++ {
		kept, err := alone.GetKept(t.Context(), id.User(person))
		if err != nil || kept == nil || kept.Phone != fmt.Sprintf(phones, last[person]) {
			t.Fatalf("person %d: %+v, want the phone of %d: %v", person, kept, last[person], err)
		}
	}
	uses, err := reseal.Uses(t.Context(), db, "k1")
	if err != nil || len(uses) > 0 {
		t.Errorf("the old key is needed for %v: %v", uses, err)
	}
	t.Logf("%d sealed anew, %d changed in the same moment", resealed, left)
}
