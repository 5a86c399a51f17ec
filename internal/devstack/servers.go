package devstack

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	_ "github.com/go-sql-driver/mysql" // the driver, to ask whether the server answers
)

type binaries struct{ mariadb, redis string }

var redisNames = []string{"redis-server", "valkey-server"}

// find looks for the servers under their old and new names. Debian keeps
// mariadbd in /usr/sbin, which is not in every user's PATH.
func find() (binaries, error) {
	b := binaries{mariadb: which("mariadbd", "mysqld"), redis: which(redisNames...)}
	var missing []string
	if b.mariadb == "" {
		missing = append(missing, "MariaDB")
	}
	if b.redis == "" {
		missing = append(missing, "Redis")
	}
	if missing != nil {
		return b, &MissingError{missing}
	}
	return b, nil
}

func which(names ...string) string {
	for _, name := range names {
		for _, candidate := range []string{name, "/usr/sbin/" + name, "/usr/local/sbin/" + name} {
			if path, err := exec.LookPath(candidate); err == nil {
				return path
			}
		}
	}
	return ""
}

func (s *Stack) startMariaDB(ctx context.Context, found binaries, log io.Writer) error {
	data := filepath.Join(s.dir, "mysql")
	if err := os.MkdirAll(scratch(data), 0o700); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		_, _ = io.WriteString(log, "setting up a private database server\n")
		if err := initialise(ctx, found.mariadb, data); err != nil {
			return err
		}
	}
	socket := filepath.Join(s.sockets, "mysql.sock")
	args := append(common(data), "--socket="+socket, "--skip-networking", "--character-set-server=utf8mb4",
		"--collation-server=utf8mb4_bin", "--pid-file="+filepath.Join(s.dir, "mysql.pid"), "--max-connections=300")
	if s.throwAway {
		// Without a file for each table, hundreds of databases come and go cheaply; so
		// they do where what the server knows of a table's rows is kept in no table.
		// Tests ask the same again and again, of rows that did not change: kept answers
		// save a quarter of the server's time.
		args = append(args, "--innodb-flush-log-at-trx-commit=0", "--skip-innodb-doublewrite", "--sync-binlog=0",
			"--innodb-file-per-table=0", "--innodb-stats-persistent=0",
			"--loose-query-cache-type=1", "--loose-query-cache-size=64M",
			"--table-definition-cache=4000", "--table-open-cache=8000") // those of all databases of the pool
	}
	var err error
	if s.mariadb, err = launch("MariaDB", filepath.Join(s.dir, "mysql.log"), found.mariadb, args...); err != nil {
		return err
	}
	pool, err := sql.Open("mysql", "root@unix("+socket+")/")
	if err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	defer func() { _ = pool.Close() }()
	if err := s.mariadb.ready(ctx, pool.PingContext); err != nil {
		return err
	}
	if _, err := pool.ExecContext(ctx, "CREATE DATABASE IF NOT EXISTS xinyuan"); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	s.dsn = "root@unix(" + socket + ")/xinyuan"
	return nil
}

// common are the options that set-up and service share. As root the server
// must be told to stay root: one that changes its user loses its parent-death
// signal (prctl(2)). A server that starts clears its folder for large
// intermediate results, so it must have one of its own.
func common(data string) []string {
	args := []string{"--no-defaults", "--datadir=" + data, "--tmpdir=" + scratch(data)}
	if os.Geteuid() == 0 {
		args = append(args, "--user=root")
	}
	return args
}

// scratch is the server's folder for intermediate results, beside its data.
func scratch(data string) string { return filepath.Join(filepath.Dir(data), "scratch") }

// initialise makes a data folder beside its place and moves it there when it is
// whole, so that one cut off half-way is never taken for a database.
func initialise(ctx context.Context, server, data string) error {
	draft := data + ".new"
	if err := os.RemoveAll(draft); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	if err := os.Mkdir(draft, 0o700); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	version, err := exec.CommandContext(ctx, server, "--no-defaults", "--version").Output()
	if err != nil {
		return fmt.Errorf("devstack: %s: %w", server, err)
	}
	var cmd *exec.Cmd
	if strings.Contains(string(version), "MariaDB") {
		script, err := bootstrapScript()
		if err != nil {
			return err
		}
		cmd = exec.CommandContext(ctx, server, append(common(draft), "--bootstrap")...)
		cmd.Stdin = strings.NewReader(script)
	} else {
		cmd = exec.CommandContext(ctx, server, append(common(draft), "--initialize-insecure")...)
	}
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("devstack: the database server cannot set itself up: %w\n%s", err, said)
	}
	if err := os.Rename(draft, data); err != nil {
		return fmt.Errorf("devstack: %w", err)
	}
	return nil
}

// bootstrapScript is what mariadb-install-db would feed to the server. That
// script itself needs a program of another Debian package.
func bootstrapScript() (string, error) {
	const folder = "/usr/share/mysql"
	var b strings.Builder
	// The server reads one statement a line here.
	b.WriteString("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\nSET @skip_auth_anonymous=1;\n")
	for _, kind := range []string{"system_tables", "performance_tables", "system_tables_data"} {
		text, err := os.ReadFile(filepath.Join(folder, "mysql_"+kind+".sql"))
		if errors.Is(err, os.ErrNotExist) { // the name since MariaDB 11.5
			text, err = os.ReadFile(filepath.Join(folder, "mariadb_"+kind+".sql"))
		}
		if err != nil {
			return "", fmt.Errorf("devstack: the database server's own tables are missing: %w", err)
		}
		b.Write(text)
	}
	return b.String(), nil
}
