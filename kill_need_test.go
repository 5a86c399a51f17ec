package main_test

import "fmt"

// neededWork is a need with what a department owed for it, and how both ended: with the resident's word, or taken back.
type neededWork struct {
	need, assignment string
	withdrawn        bool
}

// need takes one need from its saying to its end: whistled for, done, answered and closed, or withdrawn with the whistle
// open, which both ends of it are one step of.
func (p pair) need(n int) neededWork {
	home, works := p.owner.node("community", "茂山社区"), p.owner.node("unit", "县住房和城乡建设局")
	at := func(persona string) *phone { return &phone{t: p.owner.t, url: p.owner.url, persona: persona} }
	step := func(who *phone, name, path string, want int, body any) string {
		return who.step(n, name, path, want, body)
	}
	need := step(p.owner, "say", "/needs", 201, map[string]any{
		"nodeId": home, "category": "roads", "place": fmt.Sprintf("%d 号楼下", n), "text": "井盖松了，骑车的人差点摔倒。",
	})
	step(p.decider, "lead", "/needs/"+need+"/review", 200, map[string]any{"decision": "accept"})
	one := step(p.decider, "whistle", "/assignments", 201, map[string]any{
		"needId": need, "to": []any{map[string]any{"nodeId": works, "kind": "lead"}}, "what": "换井盖", "term": "ordinary",
	})
	responder := at("responder")
	step(responder, "accept", "/assignments/"+one+"/acceptance", 200, map[string]any{})
	if n%8 == 0 {
		step(p.owner, "withdraw", "/needs/"+need+"/withdrawal", 200, map[string]any{})
		return neededWork{need, one, true}
	}
	step(responder, "report", "/assignments/"+one+"/report", 200, map[string]any{"answer": "换了新井盖。"})
	step(at("grid"), "verify", "/assignments/"+one+"/verification", 200, map[string]any{})
	step(p.decider, "answer", "/needs/"+need+"/answer", 200, map[string]any{"result": "solved", "answer": "换好了。"})
	step(p.owner, "confirm", "/needs/"+need+"/confirmation", 200, map[string]any{"solved": "yes"})
	return neededWork{need, one, false}
}

// checkNeeds holds what became of the pair's needs against the steps that were acknowledged.
func (p pair) checkNeeds(all []neededWork) {
	if len(all) == 0 {
		return
	}
	told := p.owner.messages("needId")
	for _, one := range all {
		want := [4]any{"closed", 5, "verified", 4}
		messages := 2 // that somebody leads it, and that it is answered
		if one.withdrawn {
			want, messages = [4]any{"withdrawn", 4, "cancelled", 3}, 1
		}
		_, n := p.decider.send("GET", "/needs/"+one.need, "", nil)
		_, a := p.decider.send("GET", "/assignments/"+one.assignment, "", nil)
		need, _ := n["need"].(map[string]any)
		sent, _ := a["assignment"].(map[string]any)
		got := [4]any{need["status"], len(list(n["history"])), sent["status"], len(list(a["history"]))}
		if got != want || told[one.need] != messages {
			p.owner.t.Errorf("need %s with its assignment is %v, want %v; the resident has %d messages, want %d",
				one.need, got, want, told[one.need], messages)
		}
	}
}
