package api_test

import (
	"time"

	"xinyuan/internal/account"
	"xinyuan/internal/app/apptest"
	"xinyuan/internal/review"
)

// The chapters of TestARetriedWriteIsTheSame. A new write is added where it fits,
// on a matter that makes it do all that it can do.

type doc = map[string]any

func rehearsePeople(r *rehearsal) {
	list(r.Town, "赵德顺", "孙丽华")
	login := func(name string) (token, person string) {
		a := r.sends("", "POST", "/sessions", doc{"code": r.WeChat.NewCode(name)})
		return a.Text("token"), a.Text("user", "id")
	}
	listed, _ := login("listed")
	other, _ := login("other")
	third, _ := login("third")
	r.does("resident", "PATCH", "/me", doc{"displayName": "刘婶", "elderView": true, "homeNodeId": r.Home})
	r.does("resident", "POST", "/me/phone", doc{"code": r.WeChat.AddPhoneCode("the-phone", apptest.Phone)})
	r.does("resident", "POST", "/me/contact", doc{"name": "刘婶", "phone": apptest.Phone, "address": "3 栋"})
	r.does("resident", "DELETE", "/me/contact", nil)
	report := func(token, name string) string {
		body := doc{"nodeId": r.Home, "unitId": r.Unit, "realName": name}
		return r.sends(token, "POST", "/memberships", body).Text("id")
	}
	active, unknown, refused := report(listed, "赵德顺"), report(other, "钱不在"), report(third, "周不在")
	r.does("secretary", "POST", "/memberships/"+unknown+"/review", doc{"decision": "approve"})
	r.does("secretary", "POST", "/memberships/"+refused+"/review", doc{"decision": "reject", "reason": "不在名册，电话 " + apptest.Phone})
	r.does("secretary", "GET", "/memberships/"+active+"/name", nil)
	r.does("secretary", "POST", "/memberships/"+active+"/end", doc{"reason": "调走了"})
	_, claim := r.Approved("member-1")
	r.Delivered("member-1")
	r.does("member-1", "POST", "/memberships/"+membershipOf(r, "member-1")+"/departure", nil)
	r.Call("member-1", "GET", "/api/v1/claims/"+claim, nil).Want(200)
	r.does("member-1", "POST", "/inbox/read", doc{"upTo": r.Call("member-1", "GET", "/api/v1/inbox", nil).Want(200).Text("items", 0, "id")})
	given := r.does("county", "POST", "/grants", doc{"userId": r.People["member-2"], "role": "building_head", "nodeId": r.Grid})
	r.does("secretary", "POST", "/grants/"+given.Text("id")+"/end", doc{"reason": "调动"})
	r.does("secretary", "POST", "/grants", doc{"userId": r.People["member-3"], "role": "grid_leader", "nodeId": r.Grid})
	r.does("secretary", "POST", "/delegations", doc{
		"deputyId": r.People["member-3"], "nodeId": r.Home, "from": "2026-03-11", "until": "2026-03-13",
	})
	r.does("secretary", "PATCH", "/nodes/"+r.Home.String(), doc{"servicePhone": "0435-5226001"})
	r.sends(other, "DELETE", "/sessions/current", nil)
	session := r.Send(third, "GET", "/api/v1/me/sessions", nil).Want(200).Text("items", 0, "id")
	r.sends(third, "POST", "/me/consents", doc{"document": "privacy", "version": account.Privacy.Version()})
	r.sends(third, "POST", "/me/subscriptions", doc{"templates": []string{apptest.ProgressTemplate}})
	r.sends(third, "DELETE", "/me/sessions", nil)
	r.sends(r.Token("resident-2"), "DELETE", "/me/sessions/"+session, nil)
	r.sends(r.Token("resident-2"), "DELETE", "/me", nil)
	var codes []review.Given
	r.film("the codes of reviewers", func() string {
		var err error
		codes, err = r.App.Reviews.SwitchOn(r.T.Context(), review.MaxLife)
		must(r.T, err)
		return ""
	})
	reviewer := r.sends("", "POST", "/review-sessions", doc{"code": codes[0].Code}).Text("token")
	r.sends(reviewer, "DELETE", "/sessions/current", nil)
}

func membershipOf(r *rehearsal, persona string) string {
	r.T.Helper()
	return r.Call(persona, "GET", "/api/v1/memberships?mine=true", nil).Want(200).Text("items", 0, "id")
}

func rehearseWishes(r *rehearsal) {
	draft := apptest.Draft(r.Home)
	draft["photoIds"] = []string{r.does("resident", "POST", "/media", apptest.Picture(7)).Text("id")}
	draft["title"] = "请打" + apptest.Phone + "修水龙头"
	wish := r.does("resident", "POST", "/wishes", draft).Text("id")
	edited := apptest.Draft(r.Home)
	delete(edited, "nodeId")
	edited["description"], edited["photoIds"] = "没有电话了", []string{r.Upload("resident")}
	r.does("resident", "PATCH", "/wishes/"+wish, edited)
	r.does("secretary", "POST", "/wishes/"+wish+"/review", doc{"decision": "reject", "reason": "请写明门牌，问 " + apptest.Phone})
	r.does("resident", "PATCH", "/wishes/"+wish, edited)
	r.does("secretary", "POST", "/wishes/"+wish+"/review", doc{"decision": "publish", "points": 20})
	r.does("resident", "POST", "/wishes/"+wish+"/withdrawal", nil)
	behalf := apptest.Draft(r.Home)
	behalf["onBehalf"] = doc{"consent": "oral", "note": "上门时老人口头同意，电话 " + apptest.Phone}
	recorded := r.does("grid", "POST", "/wishes", behalf).Text("id")
	r.does("secretary", "POST", "/wishes/"+recorded+"/owner", doc{"userId": r.People["resident-2"]})
	r.does("secretary", "POST", "/approvals/batch", doc{"items": []doc{
		{"kind": "wish", "id": r.Post(), "decision": "publish"},
		{"kind": "wish", "id": r.Post(), "decision": "reject", "reason": "重复了"},
		{"kind": "wish", "id": "7", "decision": "publish"},
		{"kind": "service", "id": service(r.Town, "resident", 8, 1).Want(201).Text("id"), "decision": "confirm"},
	}})
	held, _ := r.Approved("member-1") // a claim ends with the wish
	r.does("resident", "POST", "/wishes/"+held+"/withdrawal", nil)
}

func rehearseClaims(r *rehearsal) {
	wish := r.Open()
	mates := doc{"participantIds": []any{r.People["member-2"], r.People["member-3"]}}
	claim := "/claims/" + r.does("member-1", "POST", "/wishes/"+wish+"/claims", mates).Text("id")
	r.does("member-2", "POST", claim+"/acceptance", nil)
	r.does("secretary", "POST", claim+"/review", doc{"decision": "approve"})
	r.does("member-3", "POST", claim+"/acceptance", nil)
	r.does("member-1", "GET", "/wishes/"+wish+"/contact", nil)
	done := func() doc {
		return doc{"note": "办好了，找 " + apptest.Phone, "photoIds": []string{r.Upload("member-1")}}
	}
	r.does("member-1", "POST", claim+"/delivery", done())
	r.does("resident", "POST", claim+"/confirmation", doc{"accepted": false, "comment": "还滴水，打 " + apptest.Phone})
	r.does("member-1", "POST", claim+"/delivery", done())
	r.does("resident", "POST", claim+"/confirmation", doc{"accepted": true, "rating": 5, "comment": "谢谢，打 " + apptest.Phone})
	r.does("secretary", "POST", claim+"/undo", doc{"reason": "点错了，问过 " + apptest.Phone})
	r.does("resident", "POST", claim+"/confirmation", doc{"accepted": true})
	r.does("resident", "POST", claim+"/thanks", doc{"rating": 4, "comment": "又谢谢，打 " + apptest.Phone})
	r.Grant("member-5", "building_head", r.Home)
	r.AskAgain(100)
	for _, same := range []bool{true, false} {
		recorded := r.OnBehalf("grid", "13900000001")
		r.Call("secretary", "POST", "/api/v1/wishes/"+recorded+"/review", doc{"decision": "publish"}).Want(200)
		again := "/claims/" + r.Call("member-4", "POST", "/api/v1/wishes/"+recorded+"/claims", nil).Want(201).Text("id")
		r.Call("secretary", "POST", "/api/v1"+again+"/review", doc{"decision": "approve"}).Want(200)
		r.Call("member-4", "POST", "/api/v1"+again+"/delivery", doc{"note": "办好了"}).Want(200)
		asked := doc{"how": "phone", "note": "问过，打 " + apptest.Phone}
		r.does("member-5", "POST", again+"/missed-calls", nil)
		r.does("member-5", "POST", again+"/confirmation", doc{"accepted": true, "onBehalf": asked})
		r.does("street", "POST", again+"/confirmation", doc{"accepted": same, "comment": "打 " + apptest.Phone, "onBehalf": asked})
	}
	_, declined := r.Claimed("member-4")
	r.does("secretary", "POST", "/claims/"+declined+"/review", doc{"decision": "decline", "reason": "换个人，打 " + apptest.Phone})
	_, released := r.Approved("member-4")
	r.does("member-4", "POST", "/claims/"+released+"/release", nil)
}

func rehearseComplaints(r *rehearsal) {
	wish, _ := r.Fulfilled("member-1")
	one := "/complaints/" + r.does("resident", "POST", "/complaints", doc{
		"kind": "complaint", "nodeId": r.Home, "wishId": wish, "text": "没有人来，请打 " + apptest.Phone,
	}).Text("id")
	r.does("street", "POST", one+"/answer", doc{"answer": "已经派人，问 " + apptest.Phone})
	r.does("resident", "POST", one+"/reopening", doc{"reason": "还是没有来，打 " + apptest.Phone})
	r.does("county", "POST", one+"/answer", doc{"answer": "修好了"})
	r.does("resident", "POST", one+"/closure", nil)
}

func rehearseCases(r *rehearsal) {
	for i, d := range []doc{{"decision": "keep"}, {"decision": "remove", "reason": "像广告，打 " + apptest.Phone}} {
		r.does("resident", "PATCH", "/me", doc{"displayName": []string{"代开发票", "六合彩"}[i], "homeNodeId": r.Home})
		r.CheckTexts()
		one := r.Call("secretary", "GET", "/api/v1/approvals?kind=case", nil).Want(200).Text("items", 0, "id")
		r.does("secretary", "POST", "/cases/"+one+"/review", d)
	}
	wish := r.Open()
	r.does("secretary", "POST", "/phone-checks", doc{"about": "wish", "id": wish, "how": "phone"})
	for _, who := range []string{"member-1", "member-2"} {
		r.does(who, "POST", "/reports", doc{"about": "wish", "id": wish, "reason": "fraud"})
	}
}

func rehearseTeams(r *rehearsal) {
	id := r.does("secretary", "POST", "/teams", doc{
		"nodeId": r.Home, "name": "365志愿服务队", "leaderId": r.People["member-1"],
	}).Text("id")
	team := "/teams/" + id
	r.does("member-1", "POST", team+"/invitation", nil)
	asked := r.does("member-2", "POST", team+"/members", nil).Text("id")
	r.does("member-1", "POST", "/team-members/"+asked+"/review", doc{"decision": "approve"})
	refused := r.does("member-3", "POST", team+"/members", nil).Text("id")
	r.does("member-1", "POST", "/team-members/"+refused+"/review", doc{"decision": "reject", "reason": "人满了"})
	guest := r.does("member-1", "POST", team+"/guests", doc{"userId": r.People["member-3"]}).Text("id")
	r.does("member-3", "POST", "/team-members/"+guest+"/acceptance", nil)
	elder := r.does("member-1", "POST", team+"/members", doc{"displayName": "老刘"}).Text("userId")
	r.does("member-1", "PATCH", team, doc{"intro": "邻里互助", "deputyIds": []any{r.People["member-2"]}})
	r.does("member-1", "PATCH", team, doc{"leaderId": r.People["member-2"]})
	draft := r.Errand(id, 1)
	draft["description"] = "带上手套，问 " + apptest.Phone
	draft["repeat"] = doc{"every": "week", "until": r.Clocks.Business.Now().AddDate(0, 0, 40)}
	one := "/activities/" + r.does("member-2", "POST", "/activities", draft).Text("id")
	r.does("member-2", "PATCH", one, doc{"title": "清扫河边", "andLater": true})
	r.does("member-2", "POST", one+"/publication", doc{"andLater": true})
	r.does("member-2", "POST", one+"/signups", doc{"userId": elder})
	r.does("resident", "POST", one+"/signups", nil)
	r.does("resident-2", "POST", one+"/signups", nil)
	r.does("member-2", "DELETE", one+"/signups/"+elder, nil)
	r.does("resident", "DELETE", one+"/signups/mine", nil)
	r.does("resident", "POST", one+"/signups", nil)
	r.does("member-2", "PATCH", one, doc{"quota": 2})
	r.does("resident", "GET", "/me/calendar", nil)
	r.does("resident", "DELETE", "/me/calendar", nil)
	r.does("member-2", "POST", one+"/cancellation", doc{"reason": "下雨，问 " + apptest.Phone, "andLater": true})
	r.does("member-2", "DELETE", team+"/members/"+elder+"?reason=搬走了", nil)
	r.does("member-1", "DELETE", team+"/members/me", nil)
	r.does("secretary", "POST", team+"/end", doc{"reason": "合并"})
}

func rehearseAttendance(r *rehearsal) {
	m := newMeeting(r.Town, []string{"member-1", "member-3", "member-4", "resident"}, "resident-2")
	path := "/activities/" + m.id
	m.at(0)
	r.does("member-3", "POST", path+"/checkins", doc{
		"code": m.code(), "location": doc{"lat": 41.681, "lng": 125.75, "accuracy": 30},
	})
	r.does("resident", "POST", path+"/checkins", withCode(m.code()))
	m.at(60)
	r.does("member-3", "POST", path+"/checkouts", withCode(m.code()))
	m.at(120)
	r.does("member-1", "POST", path+"/settlement", doc{"attendees": []doc{
		m.about("resident", "minutes", 40, "reason", "早走了，打 "+apptest.Phone),
		m.about("member-1", "minutes", 120, "reason", "领队，没签到"),
	}})
	absence := m.absence()
	absence["text"] = "我到了，打 " + apptest.Phone
	upheldOne := r.does("member-4", "POST", "/objections", absence).Text("id")
	r.does("secretary", "POST", "/objections/"+upheldOne+"/review", upheld(60))
	dismissed := r.does("member-3", "POST", "/objections", m.record("member-3")).Text("id")
	r.does("secretary", "POST", "/objections/"+dismissed+"/review", doc{"decision": "dismiss", "reason": "没有见到，问 " + apptest.Phone})
	shorter := r.does("resident", "POST", "/objections", m.record("resident")).Text("id")
	r.does("secretary", "POST", "/objections/"+shorter+"/review", upheld(50))
}

func rehearseService(r *rehearsal) {
	from := r.Clocks.Business.Now().Truncate(24 * time.Hour).Add(-24 * time.Hour)
	r.Clocks.Business.Advance(48 * time.Hour)
	report := func(hour, hours int) string {
		start := from.Add(time.Duration(hour) * time.Hour)
		return "/service-records/" + r.does("member-1", "POST", "/service-records", doc{
			"nodeId": r.Home, "title": "给独居老人送餐", "startedAt": start, "endedAt": start.Add(time.Duration(hours) * time.Hour),
			"note": "三户人家，电话 " + apptest.Phone, "photoIds": []string{r.Upload("member-1")},
		}).Text("id")
	}
	one, two, long := report(1, 1), report(3, 1), report(5, 9)
	r.does("secretary", "POST", one+"/review", confirm)
	r.does("secretary", "POST", two+"/review", doc{"decision": "reject", "reason": "没有去，问 " + apptest.Phone})
	r.does("secretary", "POST", long+"/review", confirm)
	r.does("street", "POST", long+"/review", confirm)
	r.does("street", "POST", one+"/correction", doc{"minutes": 59, "reason": "早走了，问 " + apptest.Phone})
	r.does("member-1", "POST", "/me/certificates", doc{"from": "2026-01-01", "until": "2026-03-13", "show": []string{"name"}})
	paper := r.does("secretary", "POST", "/certificates", doc{
		"userId": r.People["member-1"], "from": "2026-01-01", "until": "2026-03-12", "show": []string{"name"},
	}).Text("id")
	r.does("secretary", "POST", "/certificates/"+paper+"/revocation", doc{"reason": "开错了，问 " + apptest.Phone})
	r.AddWithoutPhone("member-2", r.Squad("member-2"), "elder", "老刘")
	r.Served("elder", 20*time.Hour, 90, "清雪")
	join := r.does("street", "POST", "/volunteers/"+r.People["elder"].String()+"/joins", doc{
		"userId": r.People["member-1"], "reason": "本人来了，电话 " + apptest.Phone,
	}).Text("id")
	r.Served("elder", 4*time.Hour, 60, "送餐")
	r.does("street", "POST", "/volunteers/"+r.People["elder"].String()+"/joins", doc{
		"userId": r.People["member-1"], "reason": "又有了",
	})
	r.does("county", "POST", "/joins/"+join+"/undo", doc{"reason": "认错人了，问 " + apptest.Phone})
}

// rehearseUnseen has staff decide about the people whom only the leader saw.
func rehearseUnseen(r *rehearsal) {
	m := unseenMeeting(r.Town)
	r.does("secretary", "POST", "/activities/"+m.id+"/unseen/review", doc{"decisions": []doc{
		m.about("王一", "decision", "confirm"), m.about("王二", "decision", "reject", "reason", "没有这个人，问 "+apptest.Phone),
	}})
}

// rehearseJobs leaves everything to the jobs that waits for its time.
func rehearseJobs(r *rehearsal) {
	_, one := r.Announced("member-2", 2)
	for _, persona := range []string{"resident", "resident-2", "member-3"} {
		r.Call(persona, "POST", "/api/v1/activities/"+one+"/signups", nil).Want(201)
	}
	series := r.Errand(r.Squad("member-4"), 2)
	series["repeat"] = doc{"every": "week", "until": r.Clocks.Business.Now().AddDate(1, 0, 0)}
	r.Call("member-4", "POST", "/api/v1/activities", series).Want(201)
	r.Post()
	r.Open()
	r.Claimed("member-1")
	r.Approved("member-3")
	r.Delivered("member-5")
	complain(r.Town, "suggestion")
	service(r.Town, "resident", 8, 1).Want(201)
	reportIn(r.Town, r.Token("resident-2"), "钱不在").Want(201)
	r.Upload("resident")
	settled := newMeeting(r.Town, []string{"member-1", "member-6"})
	settled.at(120)
	settled.settle("member-1").Want(200)
	absence := settled.Call("member-1", "GET", settled.path+"/signups", nil).Want(200).Text("items", 1, "signupId")
	object(settled, "member-6", doc{"signupId": absence, "text": "我到了"})
	for _, days := range []int{0, 1, 3, 4, 7, 30, 60, 90} {
		r.sweeps(days)
	}
}
