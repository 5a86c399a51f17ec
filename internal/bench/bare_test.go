package bench

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/clock"
	"xinyuan/internal/config"
	"xinyuan/internal/mysql"
	"xinyuan/internal/redis"
)

// bare is the least that the same work costs: Echo, the driver and Redis, and
// nothing of a product. It is a process of its own, with a pool of its own.
type bare struct {
	pool    *sql.DB
	redis   *redis.Client
	serial  atomic.Int64
	session string
}

// bareTables are the bare versions' own.
var bareTables = []string{
	"bare_wishes (id BIGINT PRIMARY KEY, status VARCHAR(16) NOT NULL, claimant BIGINT NULL)",
	"bare_claims (id BIGINT PRIMARY KEY, wish BIGINT NOT NULL, member BIGINT NOT NULL)",
	"bare_outbox (id BIGINT PRIMARY KEY, payload VARCHAR(200) NOT NULL)",
	"bare_ledger (id BIGINT PRIMARY KEY, member BIGINT NOT NULL, amount BIGINT NOT NULL)",
	"bare_balances (member BIGINT PRIMARY KEY, balance BIGINT NOT NULL)",
}

// createBare makes what the bare process finds.
func (s *stage) createBare() {
	for _, table := range bareTables {
		s.exec("CREATE TABLE " + table)
	}
	for i := range workers {
		s.exec("INSERT INTO bare_balances VALUES (?, 0)", i)
	}
	must(s.t, s.w.App.Redis.Set(s.t.Context(), s.w.App.Redis.Key("bare-session"), "7", 0).Err())
}

// openBare publishes the bare wishes below n.
func (s *stage) openBare(n int) {
	s.exec("DELETE FROM bare_wishes")
	for from := 0; from < n; from += 1000 {
		values := make([]string, 0, 1000)
		for i := from; i < min(n, from+1000); i++ {
			values = append(values, fmt.Sprintf("(%d, 'open', NULL)", i))
		}
		s.exec("INSERT INTO bare_wishes VALUES " + strings.Join(values, ","))
	}
}

func bareHandler(ctx context.Context, c config.Config, prefix string) (http.Handler, error) {
	db, err := mysql.Open(ctx, c.MySQL.DSN.Reveal(), mysql.Options{Pool: c.MySQL.Pool, Business: clock.System()})
	if err != nil {
		return nil, err
	}
	client, err := redis.Open(redis.Options{Addr: c.Redis.Addr, Prefix: prefix})
	if err != nil {
		return nil, err
	}
	b := &bare{pool: db.Pool(), redis: client, session: client.Key("bare-session")}
	return b.handler(), nil
}

func (b *bare) handler() http.Handler {
	e := echo.New()
	e.POST("/claim", func(c echo.Context) error {
		return b.transaction(c, func(tx *sql.Tx, n int64) error {
			won, err := tx.Exec("UPDATE bare_wishes SET status = 'taken', claimant = 7 WHERE id = ? AND status = 'open'",
				c.QueryParam("wish")) //nolint:noctx // bare
			if err != nil {
				return err
			}
			if n, err := won.RowsAffected(); err != nil || n != 1 {
				return echo.NewHTTPError(http.StatusConflict)
			}
			return all(
				write(tx, "INSERT INTO bare_claims VALUES (?, ?, 7)", n, c.QueryParam("wish")),
				write(tx, "INSERT INTO bare_outbox VALUES (?, '{}')", n))
		})
	})
	e.POST("/award", func(c echo.Context) error {
		return b.transaction(c, func(tx *sql.Tx, n int64) error {
			return all(
				write(tx, "INSERT INTO bare_ledger VALUES (?, ?, 10)", n, c.QueryParam("member")),
				write(tx, "UPDATE bare_balances SET balance = balance + 10 WHERE member = ?", c.QueryParam("member")),
				write(tx, "INSERT INTO bare_outbox VALUES (?, '{}')", n))
		})
	})
	b.serveTwin(e)
	e.GET("/hall", b.hall)
	e.GET("/board", b.top)
	e.GET("/around", b.around)
	return e
}

func (b *bare) transaction(c echo.Context, do func(*sql.Tx, int64) error) error {
	tx, err := b.pool.BeginTx(c.Request().Context(), nil)
	if err != nil {
		return err
	}
	if err := do(tx, b.serial.Add(1)); err != nil {
		_ = tx.Rollback()
		return err
	}
	return all(tx.Commit(), c.JSON(http.StatusOK, map[string]string{"status": "done"}))
}

func write(tx *sql.Tx, statement string, args ...any) error {
	_, err := tx.Exec(statement, args...) //nolint:noctx // bare
	return err
}

func all(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// hall is one page by key with the right index, as little of it as a card shows.
func (b *bare) hall(c echo.Context) error {
	rows, err := b.pool.QueryContext(c.Request().Context(), `SELECT id, title, description, owner_label, points
		FROM wishes FORCE INDEX (wishes_hall_node) WHERE node_id = ? AND status = 'open' AND id < ?
		ORDER BY id DESC LIMIT 20`, c.QueryParam("node"), c.QueryParam("before"))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	var items []map[string]any
	for rows.Next() {
		var wish, points int64
		var title, text, owner string
		if err := rows.Scan(&wish, &title, &text, &owner, &points); err != nil {
			return err
		}
		items = append(items, map[string]any{
			"id": strconv.FormatInt(wish, 10), "title": title, "description": text, "ownerLabel": owner, "points": points,
		})
	}
	return all(rows.Err(), c.JSON(http.StatusOK, items))
}

// top is the first twenty, with the session in the same trip.
func (b *bare) top(c echo.Context) error {
	ctx := c.Request().Context()
	pipe := b.redis.Pipeline()
	pipe.Get(ctx, b.session)
	top := pipe.ZRevRangeWithScores(ctx, c.QueryParam("key"), 0, 19)
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, top.Val())
}

// around is my rank, then the twenty-one around it.
func (b *bare) around(c echo.Context) error {
	ctx, key := c.Request().Context(), c.QueryParam("key")
	pipe := b.redis.Pipeline()
	pipe.Get(ctx, b.session)
	rank := pipe.ZRevRank(ctx, key, c.QueryParam("me"))
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	near, err := b.redis.ZRevRangeWithScores(ctx, key, max(0, rank.Val()-10), rank.Val()+10).Result()
	return all(err, c.JSON(http.StatusOK, near))
}
