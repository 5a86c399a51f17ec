package subscription

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/sweep"
	"xinyuan/internal/wechat"
)

const (
	// fresh is how old a message may be: what happened yesterday is read in the inbox.
	fresh = 24 * time.Hour
	// digestHours is how long after the digest's hour it may still come.
	digestHours = 3
)

// due is a message to queue.
type due struct {
	Person   id.User  `db:"user_id"`
	Event    id.Event `db:"event_id"` // 0: a digest
	template Template
	day      string // of a digest
}

// Sweep queues what is due: one message a person, the next one when that has gone.
func (s *Service) Sweep(ctx context.Context) error {
	return errors.Join(sweep.Each(ctx, "templates", s.p.Templates, s.sweepMessages), s.sweepDigests(ctx))
}

func (s *Service) sweepMessages(ctx context.Context, t Template) error {
	var all []due
	err := s.p.DB.Select(ctx, &all, "subscription.due", mysql.Args{
		"template": t.ID, "worth": worth[t.Purpose], "oldest": id.Before(s.p.DB.Now().Add(-fresh)), "limit": sweep.Size,
	})
	return errors.Join(err, sweep.Each(ctx, "subscription messages", all, func(ctx context.Context, d due) error {
		d.template = t
		return s.queue(ctx, d)
	}))
}

func (s *Service) sweepDigests(ctx context.Context) error {
	work, known := s.template(func(t Template) bool { return t.Purpose == Work })
	local := s.p.DB.Now().In(clock.Shanghai)
	if !known || local.Hour() < s.p.DigestHour || local.Hour() >= s.p.DigestHour+digestHours {
		return nil
	}
	day := local.Format(time.DateOnly)
	var all []due
	err := s.p.DB.Select(ctx, &all, "subscription.undigested", mysql.Args{
		"template": work.ID, "day": day, "limit": sweep.Size,
	})
	return errors.Join(err, sweep.Each(ctx, "digests", all, func(ctx context.Context, d due) error {
		d.template, d.day = work, day
		return s.digest(ctx, d)
	}))
}

// digest queues the digest of a day, if anything waits.
func (s *Service) digest(ctx context.Context, d due) error {
	n, err := s.p.Waiting(ctx, d.Person)
	switch {
	case err != nil:
		return err
	case n > 0:
		return s.queue(ctx, d)
	}
	return unlessFaster(s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		return tx.Add("subscription.add", d.row(mysql.NewID[id.Notice](tx), Empty, tx.Now()))
	}))
}

func (d due) row(notice id.Notice, status Status, at time.Time) mysql.Args {
	return mysql.Args{
		"id": notice, "user": d.Person, "template": d.template.ID, "event": d.Event, "day": d.day,
		"status": status, "at": at,
	}
}

// queue takes the accept for the message and hands it to the outbox.
func (s *Service) queue(ctx context.Context, d due) error {
	return unlessFaster(s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		n, err := tx.Exec(ctx, "subscription.use", mysql.Args{
			"user": d.Person, "template": d.template.ID, "long_term": d.template.LongTerm,
		})
		if err != nil || n == 0 {
			return err
		}
		notice := mysql.NewID[id.Notice](tx)
		return errors.Join(tx.Add("subscription.add", d.row(notice, Queued, tx.Now())),
			s.p.Box.Add(tx, outbox.TopicSend, notice))
	}))
}

// unlessFaster forgives that another worker has queued the message, or another one to
// the person.
func unlessFaster(err error) error {
	for _, of := range []string{"event", "day", "live"} {
		if mysql.IsDuplicate(err, "subscription_messages_"+of) {
			return nil
		}
	}
	return err
}

// notice is a message to send.
type notice struct {
	ID       id.Notice `db:"id"`
	Person   id.User   `db:"user_id"`
	Template string    `db:"template"`
	Event    id.Event  `db:"event_id"` // 0: a digest
	At       time.Time `db:"created_at"`
	OpenID   string    `db:"open_id"` // empty: the account is deleted
	Read     bool      `db:"is_read"`
}

// Send is the work of the outbox: it sends a message once. It may come again for the
// same message, which is not sent a second time.
func (s *Service) Send(ctx context.Context, payload []byte) error {
	var n notice
	if err := json.Unmarshal(payload, &n.ID); err != nil {
		return fmt.Errorf("subscription: %w", err)
	}
	args := mysql.Args{"id": n.ID, "at": s.p.DB.Now()}
	begun, err := s.step(ctx, "subscription.begin", args)
	if err == nil && !begun {
		_, err = s.step(ctx, "subscription.lose", args)
	}
	if err != nil || !begun {
		return err
	}
	err = s.p.DB.Get(ctx, &n, "subscription.get", mysql.Args{"id": n.ID})
	if errors.Is(err, mysql.ErrNone) { // the account is deleted
		return nil
	}
	t, known := s.byID(n.Template)
	var message string
	switch {
	case err != nil:
		return errors.Join(err, s.back(ctx, n, t))
	case !known || n.OpenID == "":
		return s.finish(ctx, n, t, Failed, "")
	case n.Read:
		return s.finish(ctx, n, t, Read, "")
	case s.p.DB.Now().Sub(n.At) >= fresh:
		return s.finish(ctx, n, t, Failed, "")
	}
	what, err := s.compose(ctx, n, t)
	if err != nil {
		return errors.Join(err, s.back(ctx, n, t))
	}
	message, err = s.p.WeChat.SendMessage(ctx, what)
	if errors.Is(err, wechat.ErrSensitive) { // somebody's own words: the message leads to them
		what.Fields = t.fields(plain(n.At))
		message, err = s.p.WeChat.SendMessage(ctx, what)
	}
	return s.end(ctx, n, t, message, err)
}

func (s *Service) step(ctx context.Context, name string, args mysql.Args) (done bool, err error) {
	err = s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		n, err := tx.Exec(ctx, name, args)
		done = n == 1
		return err
	})
	return done, err
}

// end writes down what became of a message that was sent, or not.
func (s *Service) end(ctx context.Context, n notice, t Template, message string, err error) error {
	ctx = context.WithoutCancel(ctx)
	switch {
	case err == nil:
		return s.finish(ctx, n, t, Sent, message)
	case errors.Is(err, wechat.ErrNotSubscribed), errors.Is(err, wechat.ErrSwitchedOff):
		return s.finish(ctx, n, t, Refused, "")
	case errors.Is(err, wechat.ErrUncertain):
		return s.finish(ctx, n, t, Uncertain, "")
	case errors.Is(err, wechat.ErrSensitive), errors.Is(err, wechat.ErrTemplate), errors.Is(err, wechat.ErrStranger):
		s.p.Log.ErrorContext(ctx, "WeChat does not take a message", "message", n.ID, "template", t.Purpose, "error", err)
		return s.finish(ctx, n, t, Failed, "")
	}
	// Nothing was sent, and it goes later, however long WeChat is away.
	return errors.Join(s.back(ctx, n, t), fault.Because(fault.ReasonUnavailable, err))
}

// back makes a message that was not sent wait again.
func (s *Service) back(ctx context.Context, n notice, t Template) error {
	return s.finish(ctx, n, t, Queued, "")
}

// finish writes down the status, gives back an accept that was not used, and forgets
// those that WeChat does not know.
func (s *Service) finish(ctx context.Context, n notice, t Template, status Status, message string) error {
	args := mysql.Args{
		"id": n.ID, "status": status, "message": message, "at": s.p.DB.Now(), "user": n.Person, "template": n.Template,
		"long_term": t.LongTerm,
	}
	return s.p.DB.Tx(context.WithoutCancel(ctx), func(tx *mysql.Tx) error {
		err := tx.Add("subscription.finish", args)
		switch status {
		case Read, Failed:
			err = errors.Join(err, tx.Add("subscription.give_back", args))
		case Refused:
			err = errors.Join(err, tx.Add("subscription.reject", args))
		case Queued, Sending, Sent, Empty, Uncertain:
		}
		return err
	})
}

// compose is the message as WeChat takes it.
func (s *Service) compose(ctx context.Context, n notice, t Template) (wechat.Message, error) {
	m := wechat.Message{OpenID: n.OpenID, Template: t.ID, State: s.p.State}
	if n.Event == 0 {
		waiting, err := s.p.Waiting(ctx, n.Person)
		m.Page, m.Fields = approvals, t.fields(content{
			title: "今天的待办", text: fmt.Sprintf("有 %d 件事等您来定", waiting), place: "全部", count: waiting, at: n.At,
		})
		return m, err
	}
	note, err := s.p.Read(ctx, n.Person, n.Event)
	if err != nil {
		return m, err
	}
	m.Page = note.Page
	m.Fields = t.fields(content{
		title: cut(note.About), text: fit(note.About, note.Say), place: cut(note.Place), count: 1, at: note.At,
	})
	return m, nil
}

// approvals is the page of what waits.
const approvals = "pages/approval/approvals"

// content is what the fields of a message may say.
type content struct {
	title, text, place string
	count              int
	at                 time.Time
}

// plain is a message without anybody's words.
func plain(at time.Time) content {
	return content{title: "您的一件事", text: "有新的进展，请点开看看", place: "心愿", count: 1, at: at}
}

func (t Template) fields(c content) map[string]string {
	fields := map[string]string{}
	for name, what := range t.Fields {
		fields[name] = map[string]string{
			fieldTitle: c.title, fieldText: c.text, fieldPlace: c.place, fieldCount: strconv.Itoa(c.count),
			fieldTime: c.at.In(clock.Shanghai).Format("2006年01月02日 15:04"),
		}[what]
		if fields[name] == "" {
			fields[name] = "心愿"
		}
	}
	return fields
}
