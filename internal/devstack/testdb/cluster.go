package testdb

import (
	"context"
	"os"
	"strings"
	"testing"

	"xinyuan/internal/mysql"
)

// ClusterVariable names the nodes of a Galera cluster by their DSNs: make test-galera sets it.
const ClusterVariable = "XINYUAN_TEST_GALERA_DSNS"

// Cluster returns the DSNs of one fresh database, one DSN for each node of the cluster, or a single one where none is
// named. settle waits until each node has what the others have written; it is called from the test's own goroutine.
func Cluster(t testing.TB) (dsns []string, settle func()) {
	t.Helper()
	addresses := strings.Fields(os.Getenv(ClusterVariable))
	if len(addresses) == 0 {
		return []string{New(t)}, func() {}
	}
	name := "xinyuan_t_" + unique()
	var all []*server
	for _, address := range addresses {
		s, err := connect(address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = s.pool.Close() })
		all, dsns = append(all, s), append(dsns, s.dsn(name))
	}
	exec := func(s *server, statements string) {
		t.Helper()
		if err := s.exec(statements); err != nil {
			t.Fatal(err)
		}
	}
	settle = func() {
		t.Helper()
		for _, s := range all {
			exec(s, "SET SESSION wsrep_sync_wait = 1; SELECT COUNT(*) FROM "+name+".nodes")
		}
	}
	exec(all[0], createDatabase(name))
	t.Cleanup(func() { exec(all[0], "DROP DATABASE "+name) })
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := mysql.Migrate(ctx, dsns[0], nil); err != nil {
		t.Fatal(err)
	}
	settle()
	return dsns, settle
}
