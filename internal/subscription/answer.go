package subscription

import (
	"context"
	"errors"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/wechat"
)

// Accept takes that the person tapped 允许 for templates; those that are none of the
// program's are left out: the phone knows them from before.
func (s *Service) Accept(ctx context.Context, person id.User, templates []string,
	onCommit mysql.OnCommit[struct{}]) error {
	return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		var err error
		for _, template := range templates {
			err = errors.Join(err, s.count(tx, person, template, byPhone))
		}
		return errors.Join(err, onCommit.Do(tx, struct{}{}, err))
	})
}

// An accept comes from the phone, which asked, and from WeChat, which saw the answer.
const (
	byPhone  = 1
	byWeChat = -1
)

// count queues an accept, once for both ways by which it comes.
func (s *Service) count(tx *mysql.Tx, person id.User, template string, by int) error {
	t, known := s.byID(template)
	if !known {
		return nil
	}
	return tx.Add("subscription.accept", mysql.Args{
		"user": person, "template": template, "by": by, "long_term": t.LongTerm, "at": tx.Now(),
	})
}

// RecordPushed takes what WeChat says: what a person answered, what they changed in WeChat's
// own settings, and whether a message arrived. It may come again for the same push.
func (s *Service) RecordPushed(ctx context.Context, e wechat.PushEvent) error {
	var person id.User
	err := s.p.DB.Get(ctx, &person, "subscription.person", mysql.Args{"open_id": e.OpenID})
	if errors.Is(err, mysql.ErrNone) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		n, err := tx.Exec(ctx, "subscription.do_push", mysql.Args{"digest": e.Digest})
		if err != nil || n == 0 {
			return err
		}
		for _, one := range e.Subscribe {
			err = errors.Join(err, s.pushed(tx, person, e.Name, one))
		}
		return err
	})
}

func (s *Service) pushed(tx *mysql.Tx, person id.User, event string, one wechat.PushSubscribe) error {
	switch {
	case event == wechat.PushSubscribePopup && one.Status == wechat.AnswerAccept:
		return s.count(tx, person, one.Template, byWeChat)
	case event == wechat.PushSubscribeChange && one.Status == wechat.AnswerReject:
		return tx.Add("subscription.reject", mysql.Args{"user": person, "template": one.Template})
	case event == wechat.PushSubscribeSent && one.ErrCode != 0:
		return tx.Add("subscription.undelivered", mysql.Args{"message": one.MessageID, "at": tx.Now()})
	}
	return nil
}
