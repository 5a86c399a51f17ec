package bench

import (
	"database/sql"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/labstack/echo/v4"
	goredis "github.com/redis/go-redis/v9"
)

// bare is the least that the same work costs: Echo, the driver and Redis, and
// nothing of a product.
type bare struct {
	s       *stage
	pool    *sql.DB
	serial  atomic.Int64
	session string
}

func newBare(s *stage) *bare {
	b := &bare{s: s, pool: s.w.App.DB.Pool(), session: s.w.App.Redis.Key("bare-session")}
	for _, table := range []string{
		"bare_wishes (id BIGINT PRIMARY KEY, status VARCHAR(16) NOT NULL, claimant BIGINT NULL)",
		"bare_claims (id BIGINT PRIMARY KEY, wish BIGINT NOT NULL, member BIGINT NOT NULL)",
		"bare_outbox (id BIGINT PRIMARY KEY, payload VARCHAR(200) NOT NULL)",
		"bare_ledger (id BIGINT PRIMARY KEY, member BIGINT NOT NULL, amount BIGINT NOT NULL)",
		"bare_balances (member BIGINT PRIMARY KEY, balance BIGINT NOT NULL)",
	} {
		s.exec("CREATE TABLE " + table)
	}
	for i := range workers {
		s.exec("INSERT INTO bare_balances VALUES (?, 0)", i)
	}
	must(s.t, s.w.App.Redis.Set(s.t.Context(), b.session, "7", 0).Err())
	return b
}

func (b *bare) open(n int) {
	values := make([]string, n)
	for i := range values {
		values[i] = fmt.Sprintf("(%d, 'open', NULL)", i)
	}
	b.s.exec("DELETE FROM bare_wishes")
	b.s.exec("INSERT INTO bare_wishes VALUES " + strings.Join(values, ","))
}

func (b *bare) handler() http.Handler {
	e := echo.New()
	e.POST("/claim", func(c echo.Context) error {
		return b.transaction(c, func(tx *sql.Tx, n int64) error {
			return all(
				exec(tx, "UPDATE bare_wishes SET status = 'taken', claimant = 7 WHERE id = ? AND status = 'open'", c.QueryParam("wish")),
				exec(tx, "INSERT INTO bare_claims VALUES (?, ?, 7)", n, c.QueryParam("wish")),
				exec(tx, "INSERT INTO bare_outbox VALUES (?, '{}')", n))
		})
	})
	e.POST("/award", func(c echo.Context) error {
		return b.transaction(c, func(tx *sql.Tx, n int64) error {
			return all(
				exec(tx, "INSERT INTO bare_ledger VALUES (?, ?, 10)", n, c.QueryParam("member")),
				exec(tx, "UPDATE bare_balances SET balance = balance + 10 WHERE member = ?", c.QueryParam("member")),
				exec(tx, "INSERT INTO bare_outbox VALUES (?, '{}')", n))
		})
	})
	e.GET("/hall", b.hall)
	e.GET("/board", b.top(&b.s.board))
	e.GET("/million", b.top(&b.s.million))
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

func exec(tx *sql.Tx, statement string, args ...any) error {
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
		ORDER BY id DESC LIMIT 20`, b.s.w.Sister, c.QueryParam("before"))
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
func (b *bare) top(key *string) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx := c.Request().Context()
		pipe := b.s.w.App.Redis.Pipeline()
		pipe.Get(ctx, b.session)
		top := pipe.ZRevRangeWithScores(ctx, *key, 0, 19)
		if _, err := pipe.Exec(ctx); err != nil {
			return err
		}
		return c.JSON(http.StatusOK, top.Val())
	}
}

// around is my rank, then the twenty-one around it.
func (b *bare) around(c echo.Context) error {
	ctx, me := c.Request().Context(), fmt.Sprintf("%019d", int64(b.s.members[0]))
	pipe := b.s.w.App.Redis.Pipeline()
	pipe.Get(ctx, b.session)
	rank := pipe.ZRevRank(ctx, b.s.million, me)
	if _, err := pipe.Exec(ctx); err != nil {
		return err
	}
	var near []goredis.Z
	near, err := b.s.w.App.Redis.ZRevRangeWithScores(ctx, b.s.million, max(0, rank.Val()-10), rank.Val()+10).Result()
	return all(err, c.JSON(http.StatusOK, near))
}
