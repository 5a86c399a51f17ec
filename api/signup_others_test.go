package api_test

import (
	"testing"

	"xinyuan/internal/app/apptest"
)

// Who leads signs up people of the team: not those who only ask to join, nor
// those who have left.
func TestWhomALeaderSignsUp(t *testing.T) {
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 3)
	team, activity := w.Announced("member-1", 5)
	members := "/api/v1/teams/" + team + "/members"
	w.Call("resident", "POST", members, nil).Want(201) // asks
	w.Enlist("member-1", team, "member-2")
	w.Enlist("member-1", team, "member-3")
	w.Call("member-3", "DELETE", members+"/me", nil).Want(204)
	for who, status := range map[string]int{"member-2": 201, "member-3": 404, "resident": 404, "resident-2": 404} {
		w.Call("member-1", "POST", activities+activity+"/signups", map[string]any{"userId": w.People[who]}).Want(status)
	}
	w.Healthy()
}
