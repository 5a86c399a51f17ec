package api_test

import (
	"database/sql"
	"errors"

	"xinyuan/internal/account"
	"xinyuan/internal/app/apptest"
)

// accountStory has somebody agree to what is in force, and log out on the phone that they
// used before.
func (f *fuzzer) accountStory() {
	who := f.newcomer()
	f.says(who, "agree", "/me/consents", doc{"document": account.Privacy, "version": account.Privacy.Version()})
	f.w.Send("", "POST", "/api/v1/sessions", doc{"code": "demo-" + who}).Want(201)
	a, on := f.says(who, "listMySessions", "/me/sessions", nil)
	if !on {
		return
	}
	for i := range a.Len("items") {
		if a.At("items", i, "current") != true {
			f.says(who, "endMySession", "/me/sessions/"+a.Text("items", i, "id"), nil)
		}
	}
}

// caseStory has staff look at a name that the list does not pass.
func (f *fuzzer) caseStory() {
	if _, on := f.says(f.newcomer(), "updateMe", "/me", doc{
		"displayName": "代开发票" + string('一'+int32(f.rng.IntN(5000))), "homeNodeId": f.w.Home,
	}); !on {
		return
	}
	f.w.CheckTexts()
	var one string
	row := f.w.App.DB.Pool().QueryRowContext(f.t.Context(), "SELECT id FROM content_cases WHERE status = 'open' ORDER BY id DESC LIMIT 1")
	if err := row.Scan(&one); errors.Is(err, sql.ErrNoRows) {
		return // somebody was faster
	} else if err != nil {
		f.t.Fatal(err)
	}
	decider := f.pickText("secretary", "street", "county")
	f.says(decider, "getCase", "/cases/"+one, nil)
	decision := doc{"decision": "keep"}
	if f.one(2) {
		decision = doc{"decision": "remove", "reason": "像广告，请换一个名字"}
	}
	f.says(decider, "reviewCase", "/cases/"+one+"/review", decision)
}

// reportStory has somebody report a wish that others see.
func (f *fuzzer) reportStory() {
	who := f.newcomer()
	a, on := f.says(who, "listWishes", "/wishes", nil)
	if !on || a.Len("items") == 0 {
		return
	}
	f.says(f.pickText("secretary", "street", "grid"), "recordSpoken", "/phone-checks", doc{
		"about": "wish", "id": a.Text("items", 0, "id"), "how": f.pickText("visit", "phone"),
	})
	f.says(who, "report", "/reports", doc{
		"about": "wish", "id": a.Text("items", 0, "id"), "reason": f.pickText("ads", "fraud", "other"),
	})
}

// messageStory has somebody say yes to a message on the phone.
func (f *fuzzer) messageStory() {
	f.says(f.newcomer(), "acceptMessages", "/me/subscriptions", doc{"templates": []string{apptest.ProgressTemplate}})
}
