package mysql_test

import (
	"context"
	"testing"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/devstack/testdb"
	"xinyuan/internal/mysql"
)

// Tables of which one refers to the other are written at the same time: none is emptied while the other is written.
func TestTablesAreCopiedTogether(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	db, err := mysql.Open(ctx, testdb.New(t), mysql.Options{Business: clock.System()})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	const first = 1_000_000
	for _, insert := range []string{
		"INSERT INTO nodes (id, kind, name, created_at) VALUES (999999, 'street', '光明街道', '2026-03-01'), (1000000, 'community', '江山社区', '2026-03-01')",
		"INSERT INTO node_ancestors (node_id, ancestor_id, distance) VALUES (1000000, 1000000, 0), (1000000, 999999, 1)", // more rows: it begins
	} {
		_, err := db.Pool().ExecContext(ctx, insert)
		must(t, err)
	}
	all, err := db.RowsFrom(ctx, mysql.What{First: first})
	must(t, err)
	both := &meeting{missing: 2, open: make(chan struct{})}
	meets := func(column string) mysql.Column {
		return func(row mysql.Row, k int64) (any, error) {
			if k > 1 || column == "distance" && row.Int(column) > 0 {
				return row[column], nil
			}
			return row[column], both.come(ctx)
		}
	}
	must(t, db.Copy(ctx, map[string]*mysql.Rows{"nodes": all["nodes"], "node_ancestors": all["node_ancestors"]}, mysql.Copies{
		First: first, Count: 3, Columns: map[string]mysql.Column{"nodes.name": meets("name"), "node_ancestors.distance": meets("distance")},
	}))
	var nodes, ancestors int
	must(t, db.Pool().QueryRowContext(ctx, "SELECT COUNT(*) FROM nodes WHERE id >= 1000000 AND name = '江山社区'").Scan(&nodes))
	must(t, db.Pool().QueryRowContext(ctx, "SELECT COUNT(*) FROM node_ancestors WHERE node_id = ancestor_id AND node_id >= 1000000").Scan(&ancestors))
	if nodes != 3 || ancestors != 3 {
		t.Errorf("%d nodes and %d ancestors are there, want 3 of each", nodes, ancestors)
	}
}
