package redis_test

import (
	"fmt"
	"slices"
	"testing"

	"xinyuan/internal/devstack/testdb"
)

// Every key that matches is listed once, of this prefix alone, whatever signs it has.
func TestList(t *testing.T) {
	t.Parallel()
	addr, prefix := testdb.Redis(t)
	list(t, addr, prefix)
}

// Of a cluster the keys of all nodes are listed.
func TestListOfACluster(t *testing.T) {
	t.Parallel()
	list(t, testdb.RedisCluster(t), "")
}

func list(t *testing.T, addr, prefix string) {
	t.Helper()
	odd, plain := open(t, addr, prefix+`a[b]*\?:`), open(t, addr, prefix+"ab1:")
	var want []string
	set := odd.Pipeline()
	for i := range 3000 {
		key := odd.Key("here", fmt.Sprint(i))
		want = append(want, key)
		for _, k := range []string{key, odd.Key("there"), plain.Key("here", fmt.Sprint(i))} {
			set.Set(t.Context(), k, 1, 0)
		}
	}
	_, err := set.Exec(t.Context())
	must(t, err)
	found, err := odd.List(t.Context(), "here:*")
	must(t, err)
	slices.Sort(found)
	slices.Sort(want)
	if !slices.Equal(found, want) {
		t.Errorf("%d keys are listed, want %d", len(found), len(want))
	}
}
