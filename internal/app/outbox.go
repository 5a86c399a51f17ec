package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"xinyuan/api"
	"xinyuan/internal/config"
	"xinyuan/internal/content"
	"xinyuan/internal/content/filter"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/moderation"
	"xinyuan/internal/outbox"
	"xinyuan/internal/push"
	"xinyuan/internal/redis"
	"xinyuan/internal/subscription"
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

// pictureChecks look at pictures before others see them: where WeChat does not, staff
// does. In tests and demonstrations without WeChat nobody does.
func (a *App) pictureChecks() *content.Pictures {
	parts := content.Parts{DB: a.DB, Box: a.Outbox, Log: a.Log}
	a.ChecksPictures = a.Config.Content.WeChat || a.Config.Env == config.Production
	if a.Config.Content.WeChat {
		parts.WeChat = a.weChat
	}
	return content.NewPictures(parts, a.Clocks.Machine.Now, func(p media.Photo) string {
		if a.Config.HTTP.PublicURL == "" || a.Config.WeChat.PushKey == "" { // no way there, or none back
			return ""
		}
		return a.Config.HTTP.PublicURL + api.PictureAddress(a.Photos.OwnAddress(p, media.SizeFull))
	})
}

// haveChecked hands what people write to the checks, and what is not passed to staff.
func (a *App) haveChecked() {
	a.People.CheckedBy(a.Texts)
	a.Teams.CheckedBy(a.Texts)
	a.Activities.CheckedBy(a.Texts)
	a.Wishes.CheckedBy(a.Texts)
	matter.HoldTexts(a.DB, a.Texts.HoldBack)
	a.Pictures = a.pictureChecks()
	a.Cases = moderation.New(a.DB, a.Texts, a.Pictures, a.Photos)
}

// Pools are the outbox's workers; the boards' has a projector of its own.
func (a *App) Pools() []outbox.Pool {
	return []outbox.Pool{
		{Topic: outbox.TopicPush, Do: push.Handle(a.pushed()), Hands: 8, Patience: 10 * time.Second},
		{Topic: outbox.TopicText, Do: a.Texts.Examine, Hands: 16, Patience: 20 * time.Second},
		{Topic: outbox.TopicPicture, Do: a.Pictures.Examine, Hands: 8, Patience: 20 * time.Second},
		{Topic: outbox.TopicSend, Do: a.Subscriptions.Send, Hands: 8, Patience: 20 * time.Second},
	}
}

// pushed says who deals with what WeChat pushes.
func (a *App) pushed() map[string]func(context.Context, wechat.PushEvent) error {
	return map[string]func(context.Context, wechat.PushEvent) error{
		wechat.PushSubscribePopup: a.Subscriptions.RecordPushed, wechat.PushSubscribeChange: a.Subscriptions.RecordPushed,
		wechat.PushSubscribeSent: a.Subscriptions.RecordPushed, wechat.PushMediaCheck: a.Pictures.RecordPushed,
	}
}

// buildSubscriptions builds what goes to the phone through WeChat.
func (a *App) buildSubscriptions() {
	c := a.Config.Messages
	var templates []subscription.Template
	for purpose, t := range map[subscription.Purpose]config.Template{
		subscription.Progress: c.Progress, subscription.Work: c.Work,
	} {
		if t.ID != "" {
			templates = append(templates, subscription.Template{
				Purpose: purpose, ID: t.ID, LongTerm: t.LongTerm, Fields: t.Fields,
			})
		}
	}
	slices.SortFunc(templates, func(a, b subscription.Template) int { return cmp.Compare(a.Purpose, b.Purpose) })
	a.Subscriptions = subscription.New(subscription.Parts{
		DB: a.DB, Box: a.Outbox, WeChat: a.weChat, Log: a.Log, Templates: templates, State: c.State,
		DigestHour: c.DigestHour, Waiting: a.Tasks.Count,
		Read: func(ctx context.Context, person id.User, event id.Event) (subscription.Note, error) {
			m, err := a.Inbox.Get(ctx, person, event)
			return api.NoteOf(m), err
		},
	})
}

// CheckPushes tells the operator that results which WeChat would push come nowhere.
func (a *App) CheckPushes(ctx context.Context) {
	c := a.Config
	if c.WeChat.PushKey == "" && c.Messages.Progress.ID+c.Messages.Work.ID != "" {
		a.Log.WarnContext(ctx, "messages are set up and no message push is: what people change in WeChat is unknown",
			"do", "公众平台“开发管理 → 消息推送”里打开，把 Token 和 EncodingAESKey 写进 wechat.push_token 和 wechat.push_key")
	}
}
