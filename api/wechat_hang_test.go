package api_test

import (
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/fault"
	"xinyuan/internal/outbox"
	"xinyuan/internal/race"
	"xinyuan/internal/wechat/wechattest"
)

// WeChat takes the connection and never answers. Whatever asks it ends by itself with a clear word, and no connection to
// the database is held meanwhile.
func TestAWeChatThatHangs(t *testing.T) {
	t.Parallel()
	w := checked(t, apptest.With("XINYUAN_WECHAT_TIMEOUT=2s"))
	for _, persona := range []string{"resident", "resident-2", "member-1", "secretary"} {
		w.Token(persona)
	}
	accepts(w, "resident", apptest.ProgressTemplate)
	refused := func(do func() apptest.Answer) func() {
		return func() { do().Refused(503, "wechat_failure") }
	}
	phone := refused(func() apptest.Answer {
		return w.Call("resident", "POST", "/api/v1/me/phone", doc{"code": w.WeChat.NewPhoneCode("13900001111")})
	})
	for _, c := range []struct {
		path    string
		prepare func()
		do      func()
	}{
		{wechattest.LoginPath, func() {}, refused(func() apptest.Answer {
			return w.Send("", "POST", "/api/v1/sessions", doc{"code": w.WeChat.NewCode("somebody")})
		})},
		{wechattest.PhonePath, func() {}, phone},
		{wechattest.TokenPath, w.WeChat.ExpireTokens, phone},
		{wechattest.TextCheckPath, func() { rename(w, "resident-2", "修灯的老张") }, w.CheckTexts},
		{wechattest.PictureCheckPath, func() {
			_, claim := w.Approved("member-1")
			body := doc{"note": "换好了", "photoIds": []string{w.Upload("member-1")}}
			w.Call("member-1", "POST", "/api/v1/claims/"+claim+"/delivery", body).Want(200)
			must(t, w.App.Pictures.Sweep(t.Context()))
		}, func() {
			if err := w.Attempt(outbox.TopicPicture); !fault.Has(err, fault.ReasonUnavailable) { // it is asked again later
				t.Error(err)
			}
		}},
		{wechattest.SendPath, func() { w.Delivered("member-2") }, w.SendMessages},
	} {
		c.prepare()
		calls := w.WeChat.Calls(c.path)
		end := w.WeChat.Hang(c.path)
		done := make(chan struct{})
		var wg race.Group
		wg.Go(func() {
			defer close(done)
			c.do()
		})
		w.Until(c.path+" is asked", func() bool { return w.WeChat.Calls(c.path) > calls })
		w.Until(c.path+" holds no connection", func() bool { return w.App.DB.Pool().Stats().InUse == 0 })
		select {
		case <-done:
		case <-time.After(30 * time.Second):
			t.Errorf("%s is waited for without an end", c.path)
		}
		end()
		wg.Wait()
	}
	if shown, _ := myName(w.World, "resident-2"); shown != "修灯的老张" {
		t.Errorf("the list has not decided: %q", shown)
	}
	if a := w.Call("resident", "GET", "/api/v1/me/subscriptions", nil).Want(200); a.Text("sent", 0, "status") != "uncertain" {
		t.Errorf("the message: %s", a.Raw)
	}
	w.Healthy()
}
