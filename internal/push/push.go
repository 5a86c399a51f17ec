// Package push takes what WeChat pushes: it answers at once, and does the work
// later, from the outbox.
package push

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/sweep"
	"xinyuan/internal/wechat"
)

// Memory remembers for a time what was seen; Redis, or nothing while it is away.
type Memory interface {
	SetIfAbsent(ctx context.Context, key, value string, life time.Duration) (bool, error)
	CompareAndDelete(ctx context.Context, key, value string) (bool, error)
}

// Parts are what a Desk stands on.
type Parts struct {
	DB       *mysql.DB
	Box      *outbox.Box
	Receiver *wechat.Receiver // nil: no push is set up, and there is no address
	Seen     Memory
	Machine  *clock.Clock
	Log      *slog.Logger
}

// Desk receives pushes.
type Desk struct{ Parts }

// New returns the desk.
func New(p Parts) *Desk { return &Desk{p} }

const (
	// patience is how long a push is worked on: WeChat wants an answer within five
	// seconds, and asks again where none comes.
	patience = 900 * time.Millisecond
	// quick is how long Redis is asked whether a push was seen.
	quick = 200 * time.Millisecond
	// keep is how long the database remembers a push: far longer than it is fresh.
	keep = 24 * time.Hour
)

// MaxBody is the longest push, in bytes. WeChat's are a few hundred.
const MaxBody = 32 << 10

// Echo answers WeChat's check of the address. Errors: fault.ReasonNotFound where no
// push is set up, those of wechat.Receiver.Echo.
func (d *Desk) Echo(query url.Values) (string, error) {
	if d.Receiver == nil {
		return "", fault.New(fault.ReasonNotFound)
	}
	return d.Receiver.Echo(query)
}

// Receive takes a push: it is in the outbox when this returns, once however often
// WeChat sends it. Redis spares the database what it remembers, and decides nothing:
// the database has each message once. Errors: fault.ReasonNotFound where no push is
// set up, those of wechat.Receiver.Open, and fault.ReasonUnavailable: WeChat sends it
// again.
func (d *Desk) Receive(ctx context.Context, query url.Values, body []byte) error {
	if d.Receiver == nil {
		return fault.New(fault.ReasonNotFound)
	}
	plain, err := d.Receiver.Open(query, body)
	if err != nil {
		return err
	}
	e, err := wechat.ReadPush(plain)
	if err != nil {
		d.Log.WarnContext(ctx, "a push of WeChat's is of an unknown form")
		return nil // WeChat would send it again and again
	}
	if !isKnown(e.Name) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	digest := digestOf(plain)
	if d.hasSeen(ctx, digest) {
		return nil
	}
	if err := d.write(ctx, digest, e); err != nil {
		d.forget(ctx, digest)
		return err
	}
	return nil
}

func isKnown(event string) bool {
	switch event {
	case wechat.PushMediaCheck, wechat.PushSubscribePopup, wechat.PushSubscribeChange, wechat.PushSubscribeSent:
		return true
	}
	return false
}

// digestOf names a message: what WeChat says, and when, whatever it is wrapped in.
func digestOf(plain []byte) string {
	sum := sha256.Sum256(plain)
	return hex.EncodeToString(sum[:])
}

func (d *Desk) hasSeen(ctx context.Context, digest string) bool {
	ctx, cancel := context.WithTimeout(ctx, quick)
	defer cancel()
	isNew, err := d.Seen.SetIfAbsent(ctx, "push:"+digest, "1", 2*wechat.Freshness)
	return err == nil && !isNew
}

// forget lets a push that was not written come again.
func (d *Desk) forget(ctx context.Context, digest string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), quick)
	defer cancel()
	_, _ = d.Seen.CompareAndDelete(ctx, "push:"+digest, "1")
}

func (d *Desk) write(ctx context.Context, digest string, e wechat.PushEvent) error {
	e.Digest = digest
	err := d.DB.Tx(ctx, func(tx *mysql.Tx) error {
		if err := tx.Add("push.add", mysql.Args{"digest": digest, "at": d.Machine.Now()}); err != nil {
			return err
		}
		return d.Box.Add(tx, outbox.TopicPush, e)
	})
	if mysql.IsDuplicate(err, "PRIMARY") {
		return nil
	}
	return err
}

// Handle gives what rows of the outbox say to who deals with such events.
func Handle(by map[string]func(context.Context, wechat.PushEvent) error) outbox.Handler {
	return func(ctx context.Context, payload []byte) error {
		var e wechat.PushEvent
		if err := json.Unmarshal(payload, &e); err != nil {
			return fmt.Errorf("push: %w", err)
		}
		if deal := by[e.Name]; deal != nil {
			return deal(ctx, e)
		}
		return nil
	}
}

// Sweep forgets the digests of pushes that are too old to come again.
func (d *Desk) Sweep(ctx context.Context) error {
	var old []string
	err := d.DB.Select(ctx, &old, "push.old", mysql.Args{"before": d.Machine.Now().Add(-keep)})
	if err != nil || len(old) == 0 {
		return err
	}
	return sweep.Each(ctx, "old pushes", []int{len(old)}, func(ctx context.Context, _ int) error {
		return d.DB.Tx(ctx, func(tx *mysql.Tx) error { return tx.Add("push.forget", mysql.Args{"digests": old}) })
	})
}
