package mysql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	driverpkg "github.com/go-sql-driver/mysql"
	"github.com/pressly/goose/v3"

	sqlfiles "xinyuan/sql"
)

// ErrOldSchema means that migrations wait to be applied: run xinyuan migrate up.
var ErrOldSchema = errors.New("数据库的表结构比程序旧：先运行 xinyuan migrate up")

// Step is one migration and whether it has been applied.
type Step struct {
	Version int64
	Name    string
	Applied bool
}

// Migrate applies what waits, in order, and calls done after each. It is the
// only code that changes the schema; serve never does.
func Migrate(ctx context.Context, dsn string, done func(name string)) error {
	return withProvider(dsn, func(p *goose.Provider) error {
		for {
			result, err := p.UpByOne(ctx)
			if errors.Is(err, goose.ErrNoNextVersion) {
				return nil
			}
			if err != nil {
				return unreached(err)
			}
			if done != nil {
				done(result.Source.Path)
			}
		}
	})
}

// Migrations lists every migration of this program and its state.
func Migrations(ctx context.Context, dsn string) ([]Step, error) {
	var steps []Step
	err := withProvider(dsn, func(p *goose.Provider) error {
		all, err := p.Status(ctx)
		if err != nil {
			return unreached(err)
		}
		for _, s := range all {
			steps = append(steps, Step{s.Source.Version, s.Source.Path, s.State == goose.StateApplied})
		}
		return nil
	})
	return steps, err
}

// Migrated is ErrOldSchema unless every migration of this program is applied, and
// another error where one before the last is missing: migrate up refuses that, too.
func Migrated(ctx context.Context, dsn string) error {
	return withProvider(dsn, func(p *goose.Provider) error {
		waiting, err := p.HasPending(ctx) // one query, where the states of all are one each
		switch {
		case err != nil:
			return unreached(err)
		case waiting:
			return ErrOldSchema
		}
		return nil
	})
}

func withProvider(dsn string, use func(*goose.Provider) error) (err error) {
	cfg, err := Config(dsn)
	if err != nil {
		return err
	}
	connector, err := driverpkg.NewConnector(cfg)
	if err != nil {
		return fmt.Errorf("mysql: %w", err)
	}
	pool := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, pool.Close()) }()
	files, err := fs.Sub(sqlfiles.Migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectMySQL, pool, files)
	if err != nil {
		return unreached(err)
	}
	return use(p)
}
