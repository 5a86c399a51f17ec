package api_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"xinyuan/api"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/fault"
	"xinyuan/internal/matter"
	"xinyuan/internal/outbox"
	"xinyuan/internal/state"
	"xinyuan/internal/wechat/wechattest"
)

// phoned is a town in which the test sends what goes to phones itself.
func phoned(t *testing.T) *apptest.Town {
	t.Helper()
	return apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 4)
}

// accepts says yes to messages of a template as the phone does: to WeChat, then to us.
func accepts(w *apptest.Town, persona, template string) {
	w.T.Helper()
	w.WeChat.Accept(wechattest.DemoOpenID(persona), template, template == apptest.WorkTemplate)
	w.Call(persona, "POST", "/api/v1/me/subscriptions", doc{"templates": []string{template}}).Want(204)
}

// left is how many messages of the template the person still gets.
func left(w *apptest.Town, persona, template string) int {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1/me/subscriptions", nil).Want(200)
	for i := range a.Len("templates") {
		if a.Text("templates", i, "id") == template {
			return a.Number("templates", i, "accepts")
		}
	}
	w.T.Fatalf("no template %s in %s", template, a.Raw)
	return 0
}

// A message of the inbox goes to the phone of who has accepted one: once, in WeChat's
// lengths, with a link to its page. The next one needs the next yes.
func TestAMessageGoesToThePhoneOnce(t *testing.T) {
	t.Parallel()
	w := phoned(t)
	accepts(w, "resident", apptest.ProgressTemplate)
	wish, _ := w.Delivered("member-1")
	w.SendMessages()
	w.Delivered("member-2")
	w.SendMessages()
	sent := w.WeChat.Sent()
	if len(sent) != 1 {
		t.Fatalf("sent %+v", sent)
	}
	one := sent[0]
	if one.OpenID != wechattest.DemoOpenID("resident") || one.Page != "pages/wish/wish?id="+wish || one.State != "formal" ||
		!strings.Contains(one.Fields["thing2"], "办好了") || one.Fields["time3"] != "2026年03月11日 12:00" {
		t.Errorf("sent %+v", one)
	}
	if n := left(w, "resident", apptest.ProgressTemplate); n != 0 {
		t.Errorf("%d accepts are left", n)
	}
	a := w.Call("resident", "GET", "/api/v1/me/subscriptions", nil).Want(200)
	if a.Text("sent", 0, "status") != "sent" || a.Text("sent", 0, "purpose") != "progress" || a.Len("sent") != 1 {
		t.Errorf("the person reads %s", a.Raw)
	}
	w.Clocks.Business.Advance(time.Minute)
	accepts(w, "resident", apptest.ProgressTemplate)
	w.SendMessages()
	if n := len(w.WeChat.Sent()); n != 1 {
		t.Errorf("a message from before the accept is sent: %d", n)
	}
	w.Healthy()
}

// Each tap counts once, though the phone and WeChat's push both tell of it, in whichever
// order and however often; a no in WeChat's settings ends all.
func TestAnAcceptCountsOnce(t *testing.T) {
	t.Parallel()
	w := phoned(t)
	const template = apptest.ProgressTemplate
	openID := wechattest.DemoOpenID("resident")
	at := 1714112445
	push := func(event, status string) {
		t.Helper()
		at++
		sealed := sealed(t, w.World, doc{
			"ToUserName": "gh_0", "FromUserName": openID, "CreateTime": at,
			"MsgType": "event", "Event": event,
			"List": []doc{{"TemplateId": template, "SubscribeStatusString": status, "MsgID": "3000000000", "ErrorCode": "1"}},
		})
		for range 2 {
			if status := send(t, w.World, sealed); status != 200 {
				t.Fatalf("answered %d", status)
			}
		}
		w.TakePushes()
	}
	want := func(after string, n int) {
		t.Helper()
		if got := left(w, "resident", template); got != n {
			t.Fatalf("after %s: %d, want %d", after, got, n)
		}
	}
	push("subscribe_msg_popup_event", "accept")
	want("a push", 1)
	accepts(w, "resident", template)
	want("the phone, of the same tap", 1)
	accepts(w, "resident", template)
	want("another tap", 2)
	push("subscribe_msg_popup_event", "accept")
	want("its push", 2)
	push("subscribe_msg_popup_event", "reject")
	want("a tap on no", 2)
	w.Call("resident", "POST", "/api/v1/me/subscriptions", doc{"templates": []string{"none-of-the-program"}}).Want(204)
	want("a template of another", 2)
	w.Delivered("member-1")
	w.SendMessages()
	want("a message", 1)
	push("subscribe_msg_sent_event", "")
	if a := w.Call("resident", "GET", "/api/v1/me/subscriptions", nil).Want(200); a.Text("sent", 0, "status") != "failed" {
		t.Errorf("a message that did not arrive: %s", a.Raw)
	}
	push("subscribe_msg_change_event", "reject")
	want("the settings", 0)
	w.Healthy()
}

// What WeChat answers decides about the message and the accept.
func TestRefusedMessages(t *testing.T) {
	t.Parallel()
	w := phoned(t)
	for i, c := range []struct {
		code   int
		status string
		left   int
		sent   int
	}{
		{43101, "refused", 0, 0}, {43107, "refused", 0, 0}, {47003, "failed", 1, 0}, {40037, "failed", 1, 0}, {40003, "failed", 1, 0},
		{41030, "failed", 1, 0}, {43116, "failed", 1, 0},
		{45168, "sent", 0, 1},  // in plain words
		{-1, "sent", 0, 1},     // busy, and then not
		{40001, "sent", 0, 1},  // the token is renewed
		{0, "uncertain", 0, 0}, // no answer: it may have arrived, and is not repeated
	} {
		resident := "resident"
		accepts(w, resident, apptest.ProgressTemplate)
		if n := left(w, resident, apptest.ProgressTemplate); n != 1 {
			t.Fatalf("%d accepts before %d", n, c.code)
		}
		before := len(w.WeChat.Sent())
		if c.code == 0 {
			w.WeChat.FailHTTP(wechattest.SendPath, 502, 1)
		} else {
			w.WeChat.FailNext(wechattest.SendPath, c.code, 1)
		}
		w.Delivered("member-" + string(rune('1'+i%4)))
		w.SendMessages()
		a := w.Call(resident, "GET", "/api/v1/me/subscriptions", nil).Want(200)
		if a.Text("sent", 0, "status") != c.status || left(w, resident, apptest.ProgressTemplate) != c.left ||
			len(w.WeChat.Sent())-before != c.sent {
			t.Errorf("%d: %s, %d sent", c.code, a.Raw, len(w.WeChat.Sent())-before)
		}
		if c.left == 1 {
			exec(t, w, "UPDATE subscriptions SET accepts = 0, ahead = 0")
		}
		w.Clocks.Business.Advance(time.Minute)
	}
}

// Two messages at once to one person are too many for WeChat: the second is not lost, and goes later.
func TestAMessageThatWeChatHasNoRoomFor(t *testing.T) {
	t.Parallel()
	w := phoned(t)
	accepts(w, "resident", apptest.ProgressTemplate)
	w.WeChat.FailNext(wechattest.SendPath, 43108, 1)
	w.Delivered("member-1")
	must(t, w.App.Subscriptions.Sweep(t.Context()))
	if err := w.Attempt(outbox.TopicSend); !fault.Has(err, fault.ReasonUnavailable) {
		t.Error(err)
	}
	status := func() string {
		return w.Call("resident", "GET", "/api/v1/me/subscriptions", nil).Want(200).Text("sent", 0, "status")
	}
	if got := status(); got != "" && got != "queued" || len(w.WeChat.Sent()) != 0 {
		t.Errorf("at first it is %s, %d sent", got, len(w.WeChat.Sent()))
	}
	w.Clocks.Machine.Advance(time.Hour)
	w.SendMessages()
	if got := status(); got != "sent" || len(w.WeChat.Sent()) != 1 {
		t.Errorf("later it is %s, %d sent", got, len(w.WeChat.Sent()))
	}
}

// Of several messages to a person one is under way at a time, and one that its sender
// left half way is not sent again.
func TestMessagesGoOneAfterTheOther(t *testing.T) {
	t.Parallel()
	w := phoned(t)
	for range 3 {
		accepts(w, "resident", apptest.ProgressTemplate)
	}
	w.Delivered("member-1")
	w.Delivered("member-2")
	must(t, w.App.Subscriptions.Sweep(t.Context()))
	must(t, w.App.Subscriptions.Sweep(t.Context()))
	if n := countRows(t, w, "SELECT COUNT(*) FROM subscription_messages WHERE status = 'queued'"); n != 1 {
		t.Fatalf("%d are queued", n)
	}
	exec(t, w, "UPDATE subscription_messages SET status = 'sending'") // and the worker was killed
	w.SendMessages()
	if n := countRows(t, w, "SELECT COUNT(*) FROM subscription_messages WHERE status = 'uncertain'"); n != 1 || len(w.WeChat.Sent()) != 1 {
		t.Errorf("%d are uncertain, %d sent", n, len(w.WeChat.Sent()))
	}
	w.Delivered("member-3")
	must(t, w.App.Subscriptions.Sweep(t.Context()))
	all := w.Call("resident", "GET", "/api/v1/inbox", nil).Want(200)
	w.Call("resident", "POST", "/api/v1/inbox/read", doc{"upTo": all.Text("items", 0, "id")}).Want(200)
	w.SendMessages()
	if n := len(w.WeChat.Sent()); n != 1 || left(w, "resident", apptest.ProgressTemplate) != 1 {
		t.Errorf("what is read already is sent: %d, %d accepts are left", n, left(w, "resident", apptest.ProgressTemplate))
	}
	w.Healthy()
}

// Staff gets one digest a day of what waits, in the morning, and a word when something
// rises. A long-term yes is not used up.
func TestStaffGetsADigest(t *testing.T) {
	t.Parallel()
	w := phoned(t)
	accepts(w, "secretary", apptest.WorkTemplate)
	accepts(w, "street", apptest.WorkTemplate)
	w.Post()
	w.Post()
	w.SendMessages()
	if n := len(w.WeChat.Sent()); n != 0 {
		t.Fatalf("at noon %d are sent", n)
	}
	w.Clocks.Business.Advance(20*time.Hour + time.Minute) // 8:01
	w.SendMessages()
	w.SendMessages()
	sent := w.WeChat.Sent()
	if len(sent) != 1 || sent[0].OpenID != wechattest.DemoOpenID("secretary") || sent[0].Fields["thing2"] != "有 2 件事等您来定" ||
		sent[0].Page != "pages/approval/approvals" {
		t.Fatalf("sent %+v", sent)
	}
	w.Clocks.Business.Advance(2*24*time.Hour + 6*time.Hour)
	must(t, w.App.Wishes.Sweep(t.Context()))
	w.SendMessages()
	risen := w.WeChat.Sent()[1:]
	if len(risen) != 2 || risen[0].OpenID != wechattest.DemoOpenID("street") || !strings.HasPrefix(risen[0].Page, "pages/wish/wish?id=") ||
		!strings.Contains(risen[0].Fields["thing2"], "三天没有核实") {
		t.Errorf("sent %+v", risen)
	}
	if n := left(w, "street", apptest.WorkTemplate); n != 1 {
		t.Errorf("%d accepts", n)
	}
	w.Healthy()
}

// The deleted account gets nothing any more, and nothing of it is kept.
func TestMessagesEndWithTheAccount(t *testing.T) {
	t.Parallel()
	w := phoned(t)
	accepts(w, "resident-2", apptest.ProgressTemplate)
	w.Call("resident-2", "DELETE", "/api/v1/me", nil).Want(204)
	if n := countRows(t, w, "SELECT (SELECT COUNT(*) FROM subscriptions) + (SELECT COUNT(*) FROM subscription_messages)"); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

func exec(t *testing.T, w *apptest.Town, statement string) {
	t.Helper()
	_, err := w.App.DB.Pool().ExecContext(t.Context(), statement)
	must(t, err)
}

// Each message of the inbox leads to a page that the program has.
func TestMessagesLeadToPages(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../miniprogram/src/pages.json")
	must(t, err)
	for _, l := range state.All() {
		for _, part := range []state.Party{state.PartyOwner, state.PartyDecider, state.PartyLeader, state.PartyVolunteer} {
			page, _, _ := strings.Cut(api.PageOf(matter.Message{Noun: l.Noun, Part: part, SubjectID: 7, OfID: 8}), "?")
			if !strings.Contains(string(text), `"path": "`+page+`"`) {
				t.Errorf("%s as %s leads to %s", l.Noun, part, page)
			}
		}
	}
}

// The operator hears at the start that WeChat's answers come nowhere.
func TestMissingPushesAreSaid(t *testing.T) {
	t.Parallel()
	w := apptest.New(t, apptest.WithoutWorker(), apptest.With("XINYUAN_WECHAT_PUSH_KEY="), apptest.With("XINYUAN_WECHAT_PUSH_TOKEN="))
	w.App.CheckPushes(t.Context())
	if !strings.Contains(w.Log.String(), "no message push is") {
		t.Error("nothing is said")
	}
}
