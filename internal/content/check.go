package content

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/state"
	"xinyuan/internal/sweep"
	"xinyuan/internal/wechat"
)

// Place is the matter that a text belongs to, where that is decided, and who wrote it.
type Place struct {
	Noun    string  `db:"noun"`
	Subject int64   `db:"subject_id"`
	Node    id.Node `db:"node_id"`
	Desk    id.Node `db:"desk_id"`
	Writer  id.User `db:"writer_id"` // 0: the system
	OpenID  string  `db:"open_id"`   // empty: not known to WeChat
	Staff   bool    `db:"is_staff"`  // wrote it by a grant
	Hidden  bool    `db:"is_hidden"` // staff decides about the matter itself before others see it
}

// patient is how long an answer of WeChat's is waited for, over all attempts, before the
// list decides alone.
const patient = 10 * time.Second

// Examine is the work of the outbox: it gives a text its verdict. It may come again for
// the same text.
func (s *Service) Examine(ctx context.Context, payload []byte) error {
	var text id.Text
	if err := json.Unmarshal(payload, &text); err != nil {
		return fmt.Errorf("content: %w", err)
	}
	var t Text
	err := s.p.DB.Get(ctx, &t, "content.by_id", mysql.Args{"id": text})
	if errors.Is(err, mysql.ErrNone) || err == nil && t.Verdict != Checking {
		return nil
	}
	if err != nil {
		return err
	}
	place, err := s.place(ctx, t)
	if err != nil {
		return err
	}
	if err := s.judge(ctx, &t, place); err != nil {
		return err
	}
	if t.Verdict == Passed {
		return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error { return s.Pass(ctx, tx, t) })
	}
	return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error { return s.flag(ctx, tx, t, place) })
}

func (s *Service) place(ctx context.Context, t Text) (Place, error) {
	var p Place
	query := "content.place"
	switch t.Noun {
	case "event":
		query = "content.place_of_event"
	case "contact_read":
		query = "content.place_of_reading"
	}
	err := s.p.DB.Get(ctx, &p, query, mysql.Args{
		"noun": registered(t.Noun), "subject": t.Subject, "writer": t.WriterID, "at": t.At,
	})
	return p, err
}

// registered is how the register calls the noun: originals of service records are older.
func registered(noun string) string {
	if noun == "record" {
		return state.Record.Noun
	}
	return noun
}

// judge asks WeChat, where it checks for the writer, and the list.
func (s *Service) judge(ctx context.Context, t *Text, p Place) error {
	hits := s.p.Filter.Check(t.Body)
	t.By, t.Version = ByList, s.p.Filter.Version()
	if s.p.WeChat != nil && p.OpenID != "" && !p.Staff {
		opinion, err := s.p.WeChat.CheckText(ctx, p.OpenID, sceneOf(t.Noun), t.Body)
		switch {
		case err == nil:
			t.By, t.Suggest, t.Label = ByWeChat, opinion.Suggest, opinion.Label
		case errors.Is(err, wechat.ErrNotRecent):
		case s.p.DB.Now().Sub(t.At) < patient && fault.Has(err, fault.ReasonWeChatBusy):
			return err
		default: // out of reach, or too slow: the list alone
			s.p.Log.WarnContext(ctx, "WeChat does not check a text, the list does", "text", t.ID, "error", err)
		}
	}
	t.Verdict = Passed
	if len(hits) > 0 || t.Suggest != "" && t.Suggest != wechat.SuggestPass {
		t.Verdict = Waiting
	}
	text, err := json.Marshal(hits)
	if len(hits) > 0 {
		t.HitsJSON = string(text)
	}
	return err
}

func sceneOf(noun string) wechat.Scene {
	switch noun {
	case "user", "team":
		return wechat.SceneProfile
	case "wish", "activity":
		return wechat.SceneForum
	}
	return wechat.SceneComment
}

// verdict marks in the transaction what becomes of the text, and tells whether it was
// still to be decided. Whatever is shown is written before, so that a noun is locked
// before its texts, as its own writes do.
func (s *Service) verdict(ctx context.Context, tx *mysql.Tx, t Text, from Verdict) (bool, error) {
	args := mysql.Args{
		"id": t.ID, "from": from, "verdict": t.Verdict, "by": t.By, "suggest": t.Suggest, "label": t.Label,
		"hits": t.HitsJSON, "version": t.Version, "at": tx.Now(), "body": "",
	}
	if t.Verdict == Refused && worked[t.Noun] {
		args["body"] = t.Body
	}
	name := "content.decide"
	if t.Verdict == Waiting {
		name = "content.wait"
	}
	n, err := tx.Exec(ctx, name, args)
	return n == 1, err
}

// Pass shows the text in the transaction, if it is still to be decided; t.Verdict is what
// it becomes.
func (s *Service) Pass(ctx context.Context, tx *mysql.Tx, t Text) error {
	if t.Withheld {
		if err := s.apply(ctx, tx, t, Checking, t.Body); err != nil {
			return err
		}
	}
	t.Verdict = Passed
	_, err := s.verdict(ctx, tx, t, Checking)
	return err
}

// apply puts what everybody sees in the place of the noun's text, if the text is still to
// be decided.
func (s *Service) apply(ctx context.Context, tx *mysql.Tx, t Text, from Verdict, shown string) error {
	name := t.Noun + "." + t.Field
	args := mysql.Args{"text": t.ID, "from": from, "subject": t.Subject, "shown": shown}
	query := shows[name]
	if i := strings.LastIndexByte(name, '_') + 1; query == "" {
		query, args["position"] = lines[name[:i]], name[i:]
	}
	switch {
	case name == "signup.attendance":
		args["former"] = Placeholder
	case name == "event.reason":
		err := errors.Join(tx.Add("content.show_answer_of_complaint", args), tx.Add("content.show_answer_of_need", args),
			tx.Add("content.show_answer_of_assignment", args), tx.Add("content.show_answer_of_objection", args))
		if err != nil {
			return err
		}
		return matter.ShowReason(ctx, tx, args)
	case query == "":
		return nil
	}
	n, err := tx.Exec(ctx, query, args)
	if err != nil || n == 0 || !titled[name] {
		return err
	}
	if t.Noun == state.Visit.Noun {
		err = tx.Get(ctx, &shown, "content.visit_title", mysql.Args{"subject": t.Subject})
	}
	if t.Noun == state.Need.Noun {
		shown = strings.ReplaceAll(shown, "\n", " ")
	}
	return errors.Join(err, matter.Retitle(tx, t.Noun, t.Subject, matter.TitleOf(shown)))
}

// shows are the queries that show or hide the texts of nouns; what has none is read by
// its writer and by staff alone. lines are those of texts of which a noun has several: the number of each follows its
// name. titled are those that name their matter in the register.
var (
	shows = map[string]string{
		"user.display_name": "content.show_display_name", "team.name": "content.show_team_name",
		"team.intro": "content.show_team_intro", "activity.title": "content.show_activity_title",
		"activity.description": "content.show_activity_description", "activity.place_name": "content.show_place_name",
		"activity.skills": "content.show_activity_skills", "activity.health": "content.show_activity_health",
		"claim.comment": "content.show_claim_comment", "claim.delivery_note": "content.show_delivery_note",
		"wish.title": "content.show_wish_title", "wish.description": "content.show_wish_description",
		"record.title": "content.show_record_title", "record.note": "content.show_record_note",
		"signup.attendance": "content.show_attendance", "contact_read.reason": "content.show_reading",
		"assignment.what": "content.show_assignment_what", "assignment.clause": "content.show_assignment_clause",
		"admission.what": "content.show_admission_what",
		"need.text":      "content.show_need_text", "need.place": "content.show_need_place",
		"visit.place": "content.show_visit_place", "visit.subject": "content.show_visit_subject",
		"visit.with_whom": "content.show_visit_with_whom",
		"offer.name":      "content.show_offer_name", "offer.place": "content.show_offer_place",
		"booking.purpose": "content.show_booking_purpose", "booking.guest": "content.show_booking_guest",
		"booking.instead": "content.show_booking_instead",
		"brand.name":      "content.show_brand_name", "brand.text": "content.show_brand_text",
		"brand.for_whom": "content.show_brand_for_whom",
		"project.title":  "content.show_project_title", "project.text": "content.show_project_text",
	}
	lines = map[string]string{
		"visit.promise_": "content.show_promise", "agreement.line_": "content.show_agreement_line",
		"offer.rule_": "content.show_offer_rule", "offer.matter_": "content.show_offer_matter",
		"offer.stop_name_": "content.show_offer_stop_name", "offer.stop_place_": "content.show_offer_stop_place",
		"offer.stop_seen_":   "content.show_offer_stop_seen",
		"project.milestone_": "content.show_milestone",
	}
	titled = map[string]bool{
		"team.name": true, "activity.title": true, "wish.title": true, "assignment.what": true, "admission.what": true,
		"need.text": true, "visit.place": true, "visit.subject": true, "offer.name": true, "project.title": true,
		"brand.name": true,
	}
)

// Shown lists the texts, as noun.field, that have a place where they are shown once they are passed; the number of what
// ends in an underscore follows.
func Shown() []string {
	return slices.Concat(slices.Sorted(maps.Keys(shows)), slices.Sorted(maps.Keys(lines)), []string{"event.reason"})
}

// former are the nouns of which others go on to read what was there before, while another text waits and once it is
// refused.
var former = map[string]bool{"user": true, state.Team.Noun: true, state.Activity.Noun: true}

// worked are the nouns that staff works on whatever is shown of them: a refused text is kept for who does.
var worked = map[string]bool{state.Need.Noun: true}

// flag hands the text to staff. What staff decides about anyway, before others see it,
// is only marked.
func (s *Service) flag(ctx context.Context, tx *mysql.Tx, t Text, p Place) error {
	if p.Hidden { // staff may have shown it since, without what the check finds now
		err := tx.Get(ctx, &p.Hidden, "content.lock_hidden", mysql.Args{"noun": p.Noun, "subject": p.Subject})
		if err != nil {
			return err
		}
	}
	open, err := s.verdict(ctx, tx, t, Checking)
	if err != nil || !open || p.Hidden {
		return err
	}
	return s.onFlag(ctx, tx, t, p)
}

// Decide is staff's word about a text that waits: everybody sees it, or nobody does, and reads Removed or what was
// there before.
func (s *Service) Decide(ctx context.Context, tx *mysql.Tx, text id.Text, keep bool) error {
	var t Text
	if err := tx.Get(ctx, &t, "content.by_id", mysql.Args{"id": text}); err != nil {
		return mysql.NotFound(err)
	}
	t.By, t.Verdict = ByStaff, Refused
	shown, show := Removed, !t.Withheld || !former[t.Noun]
	if keep {
		t.Verdict, shown, show = Passed, t.Body, t.Withheld
	}
	if show {
		if err := s.apply(ctx, tx, t, Waiting, shown); err != nil {
			return err
		}
	}
	open, err := s.verdict(ctx, tx, t, Waiting)
	if err == nil && !open {
		err = fault.New(fault.ReasonCaseState)
	}
	return err
}

// Sweep queues the texts that were only written down.
func (s *Service) Sweep(ctx context.Context) error {
	var all []id.Text
	err := s.p.DB.Select(ctx, &all, "content.unqueued", mysql.Args{"limit": sweep.Size})
	if err != nil {
		return err
	}
	return sweep.Each(ctx, "texts to check", all, s.queue)
}

// queue hands a text to the outbox, unless another worker was faster.
func (s *Service) queue(ctx context.Context, text id.Text) error {
	return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		n, err := tx.Exec(ctx, "content.queue", mysql.Args{"id": text})
		if err != nil || n == 0 {
			return err
		}
		return s.p.Box.Add(tx, outbox.TopicText, text)
	})
}
