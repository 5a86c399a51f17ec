// Package mysql talks to MariaDB, MySQL or a Galera cluster: named queries,
// transactions that carry their time, and as few round trips as possible.
//
// A write costs its round trips, not its disk (docs/scale.md). Therefore BEGIN
// travels with a transaction's first statement, statements that need no answer
// are queued, and COMMIT travels with the queue: ADR 2.
package mysql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	driverpkg "github.com/go-sql-driver/mysql"
	"github.com/jmoiron/sqlx"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
)

// ErrNone means that a query for one row found none.
var ErrNone = sql.ErrNoRows

// Args are the named arguments of a query, where a struct would be too much.
type Args = map[string]any

// Reader reads by named query: the DB itself, or a transaction.
type Reader interface {
	// Get reads one row into dest, a struct or a scalar; ErrNone if there is none.
	Get(ctx context.Context, dest any, name string, arg any) error
	// Select reads all rows into dest, a slice.
	Select(ctx context.Context, dest any, name string, arg any) error
	// Read answers several queries in one round trip.
	Read(ctx context.Context, wants ...Want) error
}

// Options are what Open needs besides the address.
type Options struct {
	// Pool is how many connections are kept open, busy or idle: about 16 on a
	// small machine. More only makes them wait for each other (docs/scale.md).
	Pool int
	// Wait is how long a caller waits for a connection; 0 means until its context
	// ends. Then the error is fault.ReasonUnavailable.
	Wait time.Duration
	// Longest is how long the server works on a statement; 0 means until it is done. A caller who gives up leaves a
	// statement behind that goes on: this ends it. MySQL bounds only what reads.
	Longest time.Duration
	// Business gives transactions their time.
	Business *clock.Clock
	// IDs makes identifiers; nil means a random generator.
	IDs *id.Generator
	// LoseCommit is for tests: it is asked as each attempt at a transaction begins,
	// from 1, and where it says yes, the attempt loses a deadlock at its commit.
	LoseCommit func(attempt int) bool
	// Node is for tests: the server is spoken to as a node of a cluster is.
	Node bool
}

// DB is a database whose schema is ours. It is safe for concurrent use.
type DB struct {
	pool     *sqlx.DB
	queries  queries
	wait     time.Duration
	business *clock.Clock
	ids      *id.Generator
	lose     func(attempt int) bool
	carried  any  // see Carry
	apart    bool // each statement of a transaction is a trip of its own, see isNode

	roundTrips   atomic.Int64
	transactions atomic.Int64
	retries      atomic.Int64
}

// Open connects to the DSN (go-sql-driver's form) and checks that it answers.
// It does not check the schema: see Check and Migrated.
func Open(ctx context.Context, dsn string, o Options) (*DB, error) {
	cfg, err := Config(dsn)
	if err != nil {
		return nil, err
	}
	connector, err := driverpkg.NewConnector(cfg)
	if err != nil {
		return nil, fmt.Errorf("mysql: %w", err)
	}
	named, err := loadQueries()
	if err != nil {
		return nil, err
	}
	pool := sql.OpenDB(session{connector, o.Longest})
	size := o.Pool
	if size <= 0 {
		size = 16
	}
	pool.SetMaxOpenConns(size)
	pool.SetMaxIdleConns(size)
	pool.SetConnMaxLifetime(30 * time.Minute)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, unreached(err)
	}
	apart, err := isNode(ctx, pool)
	if err != nil {
		_ = pool.Close()
		return nil, unreached(err)
	}
	ids := o.IDs
	if ids == nil {
		ids = id.NewGenerator(0)
	}
	lose := o.LoseCommit
	if lose == nil {
		lose = func(int) bool { return false }
	}
	return &DB{
		pool: sqlx.NewDb(pool, "mysql"), queries: named, wait: o.Wait, business: o.Business, ids: ids, lose: lose,
		apart: apart || o.Node,
	}, nil
}

// isNode tells whether the server is a node of a Galera cluster. A node that undoes a transaction for what another node
// has committed says so to the statement that is under way, or to the next that comes: but not between two that came
// together. What is left of them is then done by itself, and the commit succeeds (ADR 37).
func isNode(ctx context.Context, pool *sql.DB) (bool, error) {
	var name, value string
	err := pool.QueryRowContext(ctx, "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'").Scan(&name, &value)
	if errors.Is(err, sql.ErrNoRows) { // a server that cannot be one
		return false, nil
	}
	return value == "ON", err
}

// Config parses a DSN and sets what the rest of the program relies on: UTC,
// strict mode, values put into the text on our side (half the round trips of
// prepared statements), several statements in one trip, and the count of
// matched rather than changed rows.
func Config(dsn string) (*driverpkg.Config, error) {
	cfg, err := driverpkg.ParseDSN(dsn)
	if err != nil {
		return nil, errors.New("mysql.dsn 读不懂：写成 用户:密码@tcp(主机:3306)/xinyuan")
	}
	cfg.ParseTime = true
	cfg.Loc = time.UTC
	cfg.InterpolateParams = true
	cfg.MultiStatements = true
	cfg.ClientFoundRows = true
	cfg.Collation = "utf8mb4_bin"
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["time_zone"] = "'+00:00'"
	cfg.Params["sql_mode"] = "'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'"
	if cfg.Timeout == 0 {
		cfg.Timeout = 5 * time.Second
	}
	return cfg, nil
}

// session sets the isolation level of each new connection. The variable's
// name differs between servers and versions, the statement does not. We lock
// what we judge by; the gap locks of REPEATABLE READ would only add deadlocks.
// It also bounds statements.
type session struct {
	driver.Connector
	longest time.Duration
}

func (c session) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	execer, ok := conn.(driver.ExecerContext)
	if !ok {
		return nil, errors.Join(errors.New("mysql: the driver cannot execute"), conn.Close())
	}
	settings := "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
	if c.longest > 0 { // each server has a variable of its own, in a comment that only that server reads
		settings += fmt.Sprintf("; SET /*M! max_statement_time = %.3f */ /*!80000 max_execution_time = %d */",
			c.longest.Seconds(), c.longest.Milliseconds())
	}
	if _, err := execer.ExecContext(ctx, settings, nil); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// Close ends all connections.
func (d *DB) Close() error { return d.pool.Close() }

// Ping tells whether the server answers.
func (d *DB) Ping(ctx context.Context) error { return classify(d.pool.PingContext(ctx)) }

// Get reads one row outside any transaction.
func (d *DB) Get(ctx context.Context, dest any, name string, arg any) error {
	text, args, err := d.queries.bind(name, arg)
	if err != nil {
		return err
	}
	return d.use(ctx, func(conn *sqlx.Conn) error {
		d.roundTrips.Add(1)
		return conn.GetContext(ctx, dest, text, args...)
	})
}

// Select reads rows outside any transaction.
func (d *DB) Select(ctx context.Context, dest any, name string, arg any) error {
	text, args, err := d.queries.bind(name, arg)
	if err != nil {
		return err
	}
	return d.use(ctx, func(conn *sqlx.Conn) error {
		d.roundTrips.Add(1)
		return conn.SelectContext(ctx, dest, text, args...)
	})
}

// conn takes a connection out of the pool, which the caller closes. A database
// that hangs keeps all of them; who comes then does not wait long.
func (d *DB) conn(ctx context.Context) (*sqlx.Conn, error) {
	if d.wait > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, d.wait)
		defer cancel()
	}
	return d.pool.Connx(ctx)
}

// use reads on a connection of the pool.
func (d *DB) use(ctx context.Context, read func(*sqlx.Conn) error) error {
	conn, err := d.conn(ctx)
	if err != nil {
		return classify(err)
	}
	return classify(errors.Join(read(conn), ignoreDone(conn.Close())))
}

// Now is the business time, for reads; a write asks its transaction.
func (d *DB) Now() time.Time { return d.business.Now() }

// Counts are running totals since Open, for metrics and for the tests that
// hold the cost of each operation.
type Counts struct{ RoundTrips, Transactions, Retries int64 }

// Counts returns the totals so far.
func (d *DB) Counts() Counts {
	return Counts{d.roundTrips.Load(), d.transactions.Load(), d.retries.Load()}
}

// Pool exposes the standard pool to the migrations and to metrics.
func (d *DB) Pool() *sql.DB { return d.pool.DB }
