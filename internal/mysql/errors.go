package mysql

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	driverpkg "github.com/go-sql-driver/mysql"

	"xinyuan/internal/fault"
)

// Server error numbers. Source: the MySQL 8.4 server error message reference
// and MariaDB's list of error codes.
const (
	erDuplicate       = 1062
	erLockWaitTimeout = 1205
	erDeadlock        = 1213 // on Galera also: lost the certification at COMMIT
	erRecordChanged   = 1020 // MariaDB with innodb_snapshot_isolation
	erCheckMySQL      = 3819 // a CHECK of the table does not hold
	erCheckMaria      = 4025
	erShutdown        = 1053
	erWsrepNotReady   = 1047 // a Galera node that has left its cluster
	erTooMany         = 1040 // connections
	erInterrupted     = 1317 // an administrator, or a server that stops, ended the statement
	erTookLongMaria   = 1969 // longer than Options.Longest
	erTookLongMySQL   = 3024
	erKilled          = 1927 // MariaDB: the connection, in the midst of a statement
	erNoParent        = 1452 // a foreign key names a row that is not there
)

func number(err error) uint16 {
	var e *driverpkg.MySQLError
	if errors.As(err, &e) {
		return e.Number
	}
	return 0
}

// What the server says to whom it does not know.
const (
	erAccessDenied   = 1045
	erNoRightThere   = 1044
	erNoRightToWrite = 1142
	erNoDatabase     = 1049
)

// unreached tells the operator why the database does not serve, and what to do.
func unreached(err error) error {
	var op *net.OpError
	says := "数据库不肯"
	switch number(err) {
	case erAccessDenied:
		says = "数据库不认 mysql.dsn 里的用户名或密码：改对以后再来"
	case erNoRightThere, erNoRightToWrite:
		says = "mysql.dsn 里的用户没有权限：照运维手册“建数据库”一步授权"
	case erNoDatabase:
		says = "没有 mysql.dsn 里写的那个数据库：照运维手册“建数据库”一步先建"
	case 0:
		if errors.As(err, &op) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, driver.ErrBadConn) {
			says = "连不上数据库：看它启动了没有，mysql.dsn 里的地址对不对"
		}
	}
	return fmt.Errorf("%s（%w）", says, err)
}

// NotFound turns the lack of a row into fault.ReasonNotFound.
func NotFound(err error) error {
	if errors.Is(err, ErrNone) {
		return fault.New(fault.ReasonNotFound)
	}
	return err
}

// IsDuplicate tells whether err is a second row for the unique key.
func IsDuplicate(err error, key string) bool {
	var e *driverpkg.MySQLError
	return errors.As(err, &e) && e.Number == erDuplicate && strings.Contains(e.Message, key)
}

func isRetryable(err error) bool {
	switch number(err) {
	case erDeadlock, erLockWaitTimeout, erRecordChanged:
		return true
	case erCheckMySQL, erCheckMaria:
		return strings.Contains(err.Error(), usedInForce)
	}
	return false
}

// usedInForce is the CHECK that no grant is used once it has ended. Who loses to
// the end begins anew, and finds the grant over.
const usedInForce = "role_grants_used"

// outsideReview is the key that refuses a reviewer's step outside the review community.
const outsideReview = "review_steps_node_fk"

// classify turns trouble with the connection into fault.ReasonUnavailable and
// leaves every other error as it is.
func classify(err error) error {
	if err == nil || errors.Is(err, context.Canceled) {
		return err
	}
	var op *net.OpError
	switch number(err) {
	case erNoParent:
		if strings.Contains(err.Error(), outsideReview) {
			return fault.Because(fault.ReasonReviewOnly, err)
		}
	case erShutdown, erWsrepNotReady, erTooMany, erInterrupted, erTookLongMaria, erTookLongMySQL, erKilled:
		return fault.Because(fault.ReasonUnavailable, err)
	}
	if errors.As(err, &op) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, driverpkg.ErrInvalidConn) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Because(fault.ReasonUnavailable, err)
	}
	return err
}
