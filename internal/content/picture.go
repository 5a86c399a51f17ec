package content

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/sweep"
	"xinyuan/internal/wechat"
)

const (
	// ResultAfter is how long WeChat's result of a picture may take before staff looks at
	// it instead: WeChat says half an hour.
	ResultAfter = 24 * time.Hour
	// pictureAfter is how long WeChat may be away before staff looks at a picture instead.
	pictureAfter = 5 * time.Minute
	// traceAfter is how long a result may come before what it is of is written down.
	traceAfter = 2 * time.Minute
)

// FlagPicture writes in the transaction that staff decides about the picture.
type FlagPicture func(ctx context.Context, tx *mysql.Tx, c media.Checked, p Place) error

// Pictures checks pictures before others see them: WeChat fetches each by an address of
// ours and pushes what it thinks. What is not passed, and what WeChat cannot be asked
// about, waits for staff.
type Pictures struct {
	p       Parts
	machine func() time.Time
	address func(media.Photo) string // where WeChat fetches it; empty: nowhere
	onFlag  FlagPicture
}

// NewPictures returns the checks. Nobody is asked where the parts have no WeChat.
func NewPictures(p Parts, machine func() time.Time, address func(media.Photo) string) *Pictures {
	return &Pictures{p: p, machine: machine, address: address}
}

// OnFlag sets what is done about a picture that is not passed.
func (s *Pictures) OnFlag(do FlagPicture) { s.onFlag = do }

// Sweep queues the pictures that are new in a matter, and hands those to staff whose
// result has not come.
func (s *Pictures) Sweep(ctx context.Context) error {
	fresh, err := media.Unchecked(ctx, s.p.DB, sweep.Size)
	late, problem := media.Overdue(ctx, s.p.DB, s.machine().Add(-ResultAfter), sweep.Size)
	return errors.Join(err, problem, sweep.Each(ctx, "pictures to check", fresh, s.queue),
		sweep.Each(ctx, "pictures without a result", late, s.wait))
}

// queue hands a picture to the outbox, unless another worker was faster.
func (s *Pictures) queue(ctx context.Context, photo id.Photo) error {
	return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		begun, err := media.Begin(ctx, tx, photo, s.machine())
		if err != nil || !begun {
			return err
		}
		return s.p.Box.Add(tx, outbox.TopicPicture, photo)
	})
}

// wait hands a picture to staff without an opinion.
func (s *Pictures) wait(ctx context.Context, photo id.Photo) error {
	return s.judge(ctx, photo, media.Opinion{Verdict: media.VerdictWaiting})
}

// Examine is the work of the outbox: it asks WeChat about a picture. It may come again for
// the same one, which WeChat then looks at twice.
func (s *Pictures) Examine(ctx context.Context, payload []byte) error {
	var photo id.Photo
	if err := json.Unmarshal(payload, &photo); err != nil {
		return fmt.Errorf("content: %w", err)
	}
	c, place, err := s.find(ctx, photo)
	if err != nil || place == nil || c.Verdict != media.VerdictChecking || c.Trace != "" {
		return err
	}
	if place.Staff { // who decides what others see has looked at it
		return s.judge(ctx, photo, media.Opinion{Verdict: media.VerdictPassed})
	}
	address := s.address(c.Photo)
	if s.p.WeChat == nil || place.OpenID == "" || address == "" {
		return s.wait(ctx, photo)
	}
	trace, err := s.p.WeChat.CheckPicture(ctx, place.OpenID, sceneOf(c.Noun), address)
	switch {
	case err == nil:
		return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error { return media.SetTrace(tx, photo, trace) })
	case errors.Is(err, wechat.ErrNotRecent):
	case s.machine().Sub(c.VerdictAt) < pictureAfter:
		return fault.Because(fault.ReasonUnavailable, err)
	default:
		s.p.Log.WarnContext(ctx, "WeChat does not check a picture, staff does", "picture", photo, "error", err)
	}
	return s.wait(ctx, photo)
}

// find reads a picture and the matter that it is part of; nil where it is part of none.
func (s *Pictures) find(ctx context.Context, photo id.Photo) (media.Checked, *Place, error) {
	c, err := media.Get(ctx, s.p.DB, photo)
	if errors.Is(err, mysql.ErrNone) || err == nil && c.Status != media.StatusAttached {
		return c, nil, nil
	}
	if err != nil {
		return c, nil, err
	}
	var p Place
	return c, &p, s.p.DB.Get(ctx, &p, "content.place", mysql.Args{
		"noun": c.Noun, "subject": c.SubjectID, "writer": c.OwnerID, "at": c.AttachedAt,
	})
}

// RecordPushed takes WeChat's result of a picture. It may come again for the same push.
func (s *Pictures) RecordPushed(ctx context.Context, e wechat.PushEvent) error {
	photo, err := media.ByTrace(ctx, s.p.DB, e.Check.TraceID)
	switch {
	case errors.Is(err, mysql.ErrNone) && s.machine().Sub(e.At) < traceAfter: // faster than we write it down
		return fault.Because(fault.ReasonUnavailable, err)
	case errors.Is(err, mysql.ErrNone): // gone meanwhile
		return nil
	case err != nil:
		return err
	}
	o := media.Opinion{Verdict: media.VerdictWaiting, Suggest: e.Check.Suggest, Label: e.Check.Label}
	if e.Check.ErrCode != 0 { // it was not looked at
		o.Suggest, o.Label = "", 0
	}
	if o.Suggest == wechat.SuggestPass {
		o.Verdict = media.VerdictPassed
	}
	return s.judge(ctx, photo, o)
}

// judge writes the verdict, and hands to staff what is not passed. What staff decides
// about anyway, before others see it, is only marked.
func (s *Pictures) judge(ctx context.Context, photo id.Photo, o media.Opinion) error {
	c, place, err := s.find(ctx, photo)
	if err != nil || place == nil {
		return err
	}
	c.Suggest, c.Label = o.Suggest, o.Label
	return s.p.DB.Tx(ctx, func(tx *mysql.Tx) error {
		open, err := media.Judge(ctx, tx, photo, o, s.machine())
		if err != nil || !open || o.Verdict == media.VerdictPassed || place.Hidden {
			return err
		}
		return s.onFlag(ctx, tx, c, *place)
	})
}

// WhyPicture says in Chinese why a picture was not passed.
func WhyPicture(c media.Checked) string {
	if c.Suggest == wechat.SuggestReview || c.Suggest == wechat.SuggestRisky {
		return "微信认为可能是" + wechat.LabelWords(c.Label)
	}
	return "微信没有看成这张图片，请您看一看"
}
