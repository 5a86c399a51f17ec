package bench

import (
	"context"
	"database/sql"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/clock"
)

// twin is a claim and an award written by hand: the rows that ours writes, into tables of the same
// keys and checks, in two trips, and nothing of a product. It checks no foreign keys and reads
// nothing. What ours takes beyond it is ours; what it takes beyond the bare version, the rows.
type twin struct {
	pool *sql.DB

	mu      sync.Mutex
	waiting []string // ids of outbox rows whose points are on no board yet
}

// twinTables are the tables that a claim and an award write.
var twinTables = []string{
	"events", "inbox", "matters", "matter_turns", "matter_parties", "wishes", "claims", "memberships", "idempotency",
	"points_accounts", "points_transfers", "outbox", "board_months",
}

// createTwin makes what the twin finds.
func (s *stage) createTwin() {
	for _, table := range twinTables {
		s.exec("CREATE TABLE twin_" + table + " LIKE " + table)
	}
	s.exec(`INSERT INTO twin_memberships (id, user_id, node_id, unit_id, real_name, name_label, status, requested_at, approved_at)
		SELECT id, user_id, node_id, unit_id, real_name, name_label, status, requested_at, approved_at FROM memberships`)
}

// openTwins publishes as many wishes as a round of the twin may claim.
func (s *stage) openTwins() {
	for _, table := range []string{"wishes", "claims", "matters", "matter_turns", "matter_parties"} { // of a round that left some
		s.exec("DELETE FROM twin_" + table)
	}
	var columns string // without those that the server makes itself
	must(s.t, s.w.App.DB.Pool().QueryRowContext(s.t.Context(), `SELECT GROUP_CONCAT(column_name)
		FROM information_schema.columns
		WHERE table_schema = DATABASE() AND table_name = 'wishes' AND extra NOT LIKE 'STORED%'`).Scan(&columns))
	s.exec("INSERT INTO twin_wishes ("+columns+") SELECT "+columns+" FROM wishes WHERE node_id = ? ORDER BY id LIMIT ?",
		s.w.Sister, s.perRound)
	s.exec(`INSERT INTO twin_matters (noun, id, number, title, node_id, desk_id, status, version)
		SELECT 'wish', id, '2026-0001', title, node_id, node_id, status, 2 FROM twin_wishes`)
	var ids string
	must(s.t, s.w.App.DB.Pool().QueryRowContext(s.t.Context(),
		"SELECT JSON_ARRAYAGG(CAST(id AS CHAR)) FROM twin_wishes").Scan(&ids))
	must(s.t, json.Unmarshal([]byte(ids), &s.twins))
}

// deliverTwins readies as many claims for the twin's award; each has its wish's id.
func (s *stage) deliverTwins() {
	s.openTwins()
	s.exec("UPDATE twin_wishes SET status = 'taken'")
	s.exec(`INSERT INTO twin_claims (id, wish_id, claimant_id, membership_id, member_node_id, unit_id, status, requested_at)
		SELECT id, id, 1, 1, node_id, node_id, 'delivered', submitted_at FROM twin_wishes`)
	s.exec(`INSERT INTO twin_matters (noun, id, of_noun, of_id, node_id, desk_id, status, version)
		SELECT 'claim', id, 'wish', id, node_id, node_id, 'delivered', 3 FROM twin_wishes`)
	s.exec("INSERT INTO twin_matter_turns (noun, id, part, person_id, since, opens_at) " +
		"SELECT 'claim', id, 'owner', 7, submitted_at, submitted_at FROM twin_wishes")
	for party := range 2 {
		s.exec("INSERT INTO twin_matter_parties (noun, id, person_id, is_personal) SELECT 'claim', id, ?, 1 FROM twin_wishes", party+7)
	}
}

func (b *bare) serveTwin(e *echo.Echo) {
	t := &twin{pool: b.pool}
	e.POST("/twin/claim", func(c echo.Context) error {
		return t.write(c, `UPDATE twin_wishes SET status = 'taken', points = 10, version = version + 1
			WHERE id = :wish AND status = 'open'`, b.serial.Add(1), claimRows)
	})
	e.POST("/twin/award", func(c echo.Context) error {
		n := b.serial.Add(1)
		if err := t.write(c, `UPDATE twin_claims SET status = 'confirmed', confirmed_at = :at, confirm_event_id = :n, rating = 5,
			version = version + 1 WHERE id = :wish AND status = 'delivered'`, n, awardRows); err != nil {
			return err
		}
		return t.project(c.Request().Context(), n)
	})
}

const claimRows = `
INSERT INTO twin_events (id, noun, subject_id, version, name, actor_id, grant_id, from_status, to_status, reason, at)
  VALUES (:n, 'claim', :n, 1, 'create', :member, NULL, '', 'requested', '', :at),
  (:n + 1, 'wish', :n, 3, 'claim', :member, NULL, 'open', 'taken', '', :at);
INSERT INTO twin_inbox (user_id, event_id, part) VALUES (7, :n, 'owner');
INSERT INTO twin_matters (noun, id, of_noun, of_id, number, title, node_id, desk_id, status, version)
  VALUES ('claim', :n, 'wish', :wish, '', '', 1, 1, 'requested', 1), ('wish', :wish, NULL, NULL, '2026-0001', '', 1, 1, 'taken', 3)
  ON DUPLICATE KEY UPDATE title = VALUES(title), node_id = VALUES(node_id), desk_id = VALUES(desk_id),
  status = VALUES(status), version = VALUES(version);
INSERT INTO twin_matter_turns (noun, id, part, person_id, desk_id, since, opens_at)
  VALUES ('claim', :n, 'decider', 0, 1, :at, :at);
INSERT INTO twin_matter_parties (noun, id, person_id, is_personal) VALUES ('claim', :n, 7, 1), ('claim', :n, :member, 1);
INSERT INTO twin_claims (id, wish_id, claimant_id, membership_id, member_node_id, unit_id, status, requested_at)
  VALUES (:n, :wish, :member, 1, 1, 1, 'requested', :at);
UPDATE twin_memberships SET uses = uses + 1 WHERE active_user_id = :member;
INSERT INTO twin_idempotency (user_id, operation, request_key, body_hash, status, answer, created_at)
  VALUES (:member, 'claimWish', CONCAT('bench-', :n), REPEAT('a', 32), 201, REPEAT('a', 300), :at)`

const awardRows = `
UPDATE twin_wishes SET status = 'fulfilled', version = version + 1 WHERE id = :wish;
INSERT INTO twin_events (id, noun, subject_id, version, name, actor_id, grant_id, from_status, to_status, reason, at)
  VALUES (:n, 'claim', :n, 4, 'confirm', 7, NULL, 'delivered', 'confirmed', '', :at),
  (:n + 1, 'wish', :n, 4, 'confirm', 7, NULL, 'taken', 'fulfilled', '', :at);
INSERT INTO twin_inbox (user_id, event_id, part) VALUES (:member, :n, 'claimant');
INSERT INTO twin_matters (noun, id, of_noun, of_id, number, title, node_id, desk_id, status, version)
  VALUES ('claim', :wish, 'wish', :wish, '', '', 1, 1, 'confirmed', 4),
  ('wish', :wish, NULL, NULL, '2026-0001', '', 1, 1, 'fulfilled', 4)
  ON DUPLICATE KEY UPDATE title = VALUES(title), node_id = VALUES(node_id), desk_id = VALUES(desk_id),
  status = VALUES(status), version = VALUES(version);
DELETE FROM twin_matter_turns WHERE noun = 'claim' AND id = :wish;
DELETE FROM twin_matter_parties WHERE noun = 'claim' AND id = :wish;
INSERT INTO twin_points_accounts (id, kind, user_id, unit, balance, version) VALUES (:n, 'member', :member, 'points', 10, 1)
  ON DUPLICATE KEY UPDATE balance = balance + 10, version = version + 1;
INSERT INTO twin_points_transfers (id, unit, kind, debit_id, credit_id, amount, rule_id, deed_at, member_node_id, unit_id,
  node_id, team_id, cause_event_id, cause_rule, cause_account_id, corrects_id, posted_at)
  VALUES (:n, 'points', 'earn', 1, :n, 10, 1, :at, 1, 1, 1, NULL, :n, 'wish_fulfilled', :member, NULL, :at);
INSERT INTO twin_outbox (id, topic, payload, created_at, available_at) VALUES (:n, 'board', REPEAT('a', 250), :at, :at);
INSERT INTO twin_idempotency (user_id, operation, request_key, body_hash, status, answer, created_at)
  VALUES (7, 'confirmClaim', CONCAT('bench-', :n), REPEAT('a', 32), 200, REPEAT('a', 600), :at)`

// write takes what only one may have in the first trip, and writes the rows in the second. In the
// statements :n is a number of the work's own, with one free after it, and :at is now.
func (t *twin) write(c echo.Context, take string, n int64, rows string) error {
	conn, err := t.pool.Conn(c.Request().Context())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	fill := strings.NewReplacer(":n", strconv.FormatInt(2*n, 10), ":at", clock.System().Now().Format("'2006-01-02 15:04:05.000'"),
		":wish", c.QueryParam("wish"), ":member", c.QueryParam("member"))
	won, err := conn.ExecContext(c.Request().Context(), "START TRANSACTION;"+fill.Replace(take))
	if err != nil {
		return err
	}
	if n, err := won.RowsAffected(); err != nil || n != 1 {
		_, _ = conn.ExecContext(c.Request().Context(), "ROLLBACK")
		return echo.NewHTTPError(http.StatusConflict)
	}
	if _, err := conn.ExecContext(c.Request().Context(), fill.Replace(rows)+"; COMMIT"); err != nil {
		return err
	}
	return c.JSON(http.StatusOK, map[string]string{"status": "done"})
}

// project takes postings to the months of the boards, as many together as there are clients.
func (t *twin) project(ctx context.Context, n int64) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.waiting = append(t.waiting, strconv.FormatInt(2*n, 10)); len(t.waiting) < workers {
		return nil
	}
	months := make([]string, 0, len(t.waiting)+2)
	for i := range cap(months) {
		months = append(months, "('member', "+strconv.Itoa(i)+", 'points', '2026-03', 1, 1, 10, 1)")
	}
	_, err := t.pool.ExecContext(ctx, "START TRANSACTION; INSERT INTO twin_board_months VALUES "+strings.Join(months, ",")+
		" ON DUPLICATE KEY UPDATE score = score + VALUES(score), version = version + 1; DELETE FROM twin_outbox WHERE id IN ("+
		strings.Join(t.waiting, ",")+"); COMMIT")
	t.waiting = t.waiting[:0]
	return err
}
