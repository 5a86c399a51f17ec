package app

import (
	"context"
	"time"

	"xinyuan/internal/content"
	"xinyuan/internal/content/filter"
	"xinyuan/internal/moderation"
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

// contentChecks look at what people write before others see it.
func (a *App) contentChecks() *content.Service {
	parts := content.Parts{DB: a.DB, Box: a.Outbox, Filter: filter.Default, Log: a.Log}
	if a.Config.Content.WeChat {
		parts.WeChat = a.weChat
	}
	return content.New(parts)
}

// haveChecked hands what people write to the checks, and what is not passed to staff.
func (a *App) haveChecked() {
	a.People.CheckedBy(a.Texts)
	a.Teams.CheckedBy(a.Texts)
	a.Activities.CheckedBy(a.Texts)
	a.Cases = moderation.New(a.DB, a.Texts)
}

// pools are the outbox's workers; the boards' has a projector of its own.
func (a *App) pools() []outbox.Pool {
	return []outbox.Pool{
		{Topic: outbox.TopicPush, Do: push.Handle(a.pushed()), Hands: 8, Patience: 10 * time.Second},
		{Topic: outbox.TopicText, Do: a.Texts.Check, Hands: 16, Patience: 20 * time.Second},
	}
}

// pushed says who deals with what WeChat pushes.
func (a *App) pushed() map[string]func(context.Context, wechat.PushEvent) error {
	return map[string]func(context.Context, wechat.PushEvent) error{}
}
