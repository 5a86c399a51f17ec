// Package content checks what people write before others see it: write, then check,
// then show. A text that is held is in the place of its noun only once it is passed;
// until then others see what was there before, or that something is being checked.
// Whatever else people write is checked too, and staff are told of what is not passed.
package content

import (
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/content/filter"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/state"
	"xinyuan/internal/wechat"
)

// Placeholder is what others see of a text that is checked, where nothing was before.
const Placeholder = "（正在核对）"

// Removed is what everybody sees of a text that was refused.
const Removed = "（没有通过核对，已隐去）"

// Verdict is where the check of a text stands.
type Verdict string

// The verdicts.
const (
	Checking Verdict = "checking" // nobody has looked yet
	Waiting  Verdict = "waiting"  // not passed: staff decides
	Passed   Verdict = "passed"
	Refused  Verdict = "refused"
	Replaced Verdict = "replaced" // its writer wrote something else
)

// Verdicts lists them.
func Verdicts() []Verdict { return []Verdict{Checking, Waiting, Passed, Refused, Replaced} }

// Checker is who gave a verdict.
type Checker string

// The checkers.
const (
	ByNobody Checker = ""
	ByWeChat Checker = "wechat"
	ByList   Checker = "local"
	ByStaff  Checker = "staff"
)

// Checkers lists them.
func Checkers() []Checker { return []Checker{ByNobody, ByWeChat, ByList, ByStaff} }

// Text is one writing of a text.
type Text struct {
	ID       id.Text   `db:"id"`
	Noun     string    `db:"noun"`
	Subject  int64     `db:"subject_id"`
	Field    string    `db:"field"`
	WriterID id.User   `db:"writer_id"` // 0: not told, the history knows
	Body     string    `db:"body"`      // empty once it is decided, but where it is still worked on
	Withheld bool      `db:"is_held"`
	Verdict  Verdict   `db:"verdict"`
	By       Checker   `db:"checked_by"`
	Suggest  string    `db:"suggest"`
	Label    int64     `db:"label"`
	HitsJSON string    `db:"hits"`
	Version  string    `db:"list_version"`
	At       time.Time `db:"written_at"`
}

// Hits are the words of the list that the text has.
func (t Text) Hits() (hits []filter.Hit) {
	_ = json.Unmarshal([]byte(cmp.Or(t.HitsJSON, "null")), &hits) // it is our own
	return hits
}

// Why says in Chinese why the text was not passed.
func (t Text) Why() string {
	var why []string
	for _, h := range t.Hits() {
		why = append(why, h.Category+"：“"+h.Found+"”")
	}
	if t.Suggest == wechat.SuggestReview || t.Suggest == wechat.SuggestRisky {
		why = append(why, "微信认为可能是"+wechat.LabelWords(t.Label))
	}
	return strings.Join(why, "；")
}

// Parts are what a Service stands on.
type Parts struct {
	DB     *mysql.DB
	Box    *outbox.Box
	WeChat *wechat.Client // nil: the list alone decides
	Filter *filter.Filter
	Log    *slog.Logger
}

// Flag writes in the transaction that staff decides about the text.
type Flag func(ctx context.Context, tx *mysql.Tx, t Text, p Place) error

// Service checks texts.
type Service struct {
	p      Parts
	onFlag Flag
}

// New returns the service.
func New(p Parts) *Service { return &Service{p: p} }

// OnFlag sets what is done about a text that is not passed.
func (s *Service) OnFlag(do Flag) { s.onFlag = do }

// Writing is a text that somebody writes where others see it.
type Writing struct {
	Field  matter.Field
	Writer id.User
	Staff  bool // the writer acts by a grant, or for somebody: the list alone decides
	Text   string
	Former string // what others see until it is passed; empty: Placeholder
}

// Hold queues a text that others see once it is passed, in the place of one that waits,
// and returns what the noun stores meanwhile. The text itself is stored at once where
// the list alone decides and finds nothing.
func (s *Service) Hold(tx *mysql.Tx, w Writing) (string, error) {
	if err := s.Withdraw(tx, w.Field); err != nil {
		return "", err
	}
	if w.Text == "" || w.Text == w.Former {
		return w.Text, nil
	}
	return s.hold(tx, w)
}

// hold queues a text that is the first in its place.
func (s *Service) hold(tx *mysql.Tx, w Writing) (string, error) {
	t := Text{
		ID: mysql.NewID[id.Text](tx), Noun: w.Field.Noun, Subject: w.Field.Subject, Field: base(w.Field.Name),
		WriterID: w.Writer, Body: w.Text, Withheld: true, Verdict: Checking, At: tx.Now(),
	}
	if (w.Staff || s.p.WeChat == nil) && len(s.p.Filter.Check(w.Text)) == 0 {
		t.Verdict, t.By, t.Version, t.Body = Passed, ByList, s.p.Filter.Version(), ""
		return w.Text, s.add(tx, t)
	}
	return cmp.Or(w.Former, Placeholder), s.add(tx, t)
}

// HoldBack is Hold for what goes through matter.HoldText. The reason of a step is written once; of other texts the new
// one takes the place of one that waits.
func (s *Service) HoldBack(tx *mysql.Tx, f matter.Field, by matter.Writer, clean string) (string, error) {
	w := Writing{Field: f, Writer: by.ID, Staff: by.Staff, Text: clean}
	if rewritten[f.Noun] {
		return s.Hold(tx, w)
	}
	if clean == "" {
		return "", nil
	}
	return s.hold(tx, w)
}

// rewritten are the nouns whose texts of HoldBack may be written again.
var rewritten = map[string]bool{state.Visit.Noun: true, state.Need.Noun: true}

// Withdraw queues that a text which waits is not wanted any more: its writer wrote again
// what others see.
func (s *Service) Withdraw(tx *mysql.Tx, f matter.Field) error {
	return tx.Add("content.replace", mysql.Args{
		"noun": f.Noun, "subject": f.Subject, "field": base(f.Name), "at": tx.Now(),
	})
}

// base is the name of a field without the version that tells its originals apart.
func base(name string) string {
	short, _, _ := strings.Cut(name, ".")
	return short
}

func (s *Service) add(tx *mysql.Tx, t Text) error {
	args := mysql.Args{
		"id": t.ID, "noun": t.Noun, "subject": t.Subject, "field": t.Field, "writer": t.WriterID, "body": t.Body,
		"held": t.Withheld, "queued": true, "verdict": t.Verdict, "by": t.By, "version": t.Version, "at": t.At,
	}
	if err := tx.Add("content.add", args); err != nil || t.Verdict != Checking {
		return err
	}
	return s.p.Box.Add(tx, outbox.TopicText, t.ID)
}

// Approve queues that staff, who shows the matter to others, has read its texts with what the check found in them.
func Approve(tx *mysql.Tx, noun string, subject int64) error {
	return tx.Add("content.approve", mysql.Args{"noun": noun, "subject": subject, "at": tx.Now()})
}

// ListMine lists the texts of a person that others do not see yet, the newest first.
func (s *Service) ListMine(ctx context.Context, writer id.User, before id.Text, limit int) ([]Text, error) {
	if before == 0 {
		before = 1<<63 - 1
	}
	var all []Text
	err := s.p.DB.Select(ctx, &all, "content.page_mine", mysql.Args{"writer": writer, "before": before, "limit": limit})
	return all, err
}

// IsHeld tells whether a text of the matter is not read by others yet.
func IsHeld(ctx context.Context, tx *mysql.Tx, noun string, subject int64) (bool, error) {
	var all []Text
	err := tx.Read(ctx, Own(&all, noun, subject))
	return slices.ContainsFunc(all, func(t Text) bool { return t.Withheld }), err
}

// Own wants the texts of a person that are checked or wait, of one matter, the newest
// last: the writer sees them where others do not yet.
func Own(dest *[]Text, noun string, subject int64) mysql.Want {
	return mysql.Many(dest, "content.own", mysql.Args{"noun": noun, "subject": subject})
}
