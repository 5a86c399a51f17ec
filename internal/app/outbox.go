package app

import (
	"context"
	"time"

	"xinyuan/internal/outbox"
	"xinyuan/internal/push"
	"xinyuan/internal/redis"
	"xinyuan/internal/wechat"
)

// pushes is the desk for what WeChat pushes.
func (a *App) pushes() (*push.Desk, error) {
	var receiver *wechat.Receiver
	if c := a.Config.WeChat; c.PushKey != "" {
		var err error
		receiver, err = wechat.NewReceiver(wechat.PushConfig{
			AppID: c.AppID, Token: c.PushToken.Reveal(), Key: c.PushKey.Reveal(),
		}, a.Clocks.Machine)
		if err != nil {
			return nil, err
		}
	}
	return push.New(push.Parts{
		DB: a.DB, Box: a.Outbox, Receiver: receiver, Seen: redis.NewTokens(a.Redis), Machine: a.Clocks.Machine, Log: a.Log,
	}), nil
}

// pools are the outbox's workers; the boards' has a projector of its own.
func (a *App) pools() []outbox.Pool {
	return []outbox.Pool{
		{Topic: outbox.TopicPush, Do: push.Handle(a.pushed()), Hands: 8, Patience: 10 * time.Second},
	}
}

// pushed says who deals with what WeChat pushes.
func (a *App) pushed() map[string]func(context.Context, wechat.PushEvent) error {
	return map[string]func(context.Context, wechat.PushEvent) error{}
}
