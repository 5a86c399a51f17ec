package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"testing"

	"xinyuan/internal/app/apptest"
)

// A thousand check-ins come from 200 connections at once, and each phone sends
// one of its own again because it has not heard the answer: none is lost, and
// none is there twice.
func TestThousandCheckIns(t *testing.T) {
	t.Parallel()
	const people, activities = 200, 5
	w := apptest.NewTown(apptest.New(t), people)
	names := make([]string, people)
	for i := range names {
		names[i] = fmt.Sprintf("member-%d", i+1)
		w.Token(names[i])
	}
	var all []meeting
	var bodies [][]byte
	for range activities {
		all = append(all, crowded(w, names))
	}
	all[0].at(0)
	for _, m := range all {
		body, err := json.Marshal(withCode(m.code()))
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, body)
	}
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: people, MaxIdleConnsPerHost: people}}
	defer client.CloseIdleConnections()
	post := func(person, activity int) string {
		r, err := http.NewRequestWithContext(t.Context(), "POST", w.URL+all[activity].path+"/checkins", bytes.NewReader(bodies[activity]))
		if err != nil {
			return err.Error()
		}
		r.Header = http.Header{
			"Authorization": {"Bearer " + w.Token(names[person])}, "Content-Type": {"application/json"},
			"Idempotency-Key": {fmt.Sprintf("check-in-%d", activity)},
		}
		answer, err := client.Do(r)
		if err != nil {
			return err.Error()
		}
		defer func() { _ = answer.Body.Close() }()
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			return err.Error()
		}
		return answer.Status
	}
	begun := w.Clocks.Machine.Now()
	counts := atOnce(people, func(person int) string {
		for i := range activities {
			if got := post(person, (person+i)%activities); got != "201 Created" {
				return got
			}
		}
		return post(person, person%activities)
	})
	t.Logf("%d check-ins and %d repetitions in %s", people*activities, people, w.Clocks.Machine.Now().Sub(begun))
	if counts["201 Created"] != people {
		t.Fatalf("answers: %v", counts)
	}
	wantCheckIns(t, w, people*activities)
	for _, m := range all {
		if roll := m.Call("member-1", "GET", m.path+"/signups", nil).Want(200); roll.Number("presentNow") != people {
			t.Errorf("%d are present", roll.Number("presentNow"))
		}
	}
}

// crowded is a published activity with a place for everybody, written at once.
func crowded(w *apptest.Town, people []string) meeting {
	w.T.Helper()
	m := announced(w, map[string]any{"quota": len(people)})
	for i, p := range people {
		_, err := w.App.DB.Pool().ExecContext(w.T.Context(), `INSERT INTO signups (id, activity_id, user_id, status, place, created_at)
			VALUES (?, ?, ?, 'confirmed', ?, ?)`, 1+rand.Int64N(1<<60), m.id, w.People[p], i+1, apptest.Start)
		if err != nil {
			w.T.Fatal(err)
		}
	}
	return m
}

// wantCheckIns fails the test unless there are so many check-ins, each of
// another person or activity.
func wantCheckIns(t *testing.T, w *apptest.Town, want int) {
	t.Helper()
	var rows, pairs int
	for query, dest := range map[string]*int{
		"SELECT COUNT(*) FROM attendances":                                                   &rows,
		"SELECT COUNT(*) FROM (SELECT DISTINCT activity_id, user_id FROM attendances) pairs": &pairs,
	} {
		if err := w.App.DB.Pool().QueryRowContext(t.Context(), query).Scan(dest); err != nil {
			t.Fatal(err)
		}
	}
	if rows != want || pairs != rows {
		t.Errorf("%d check-ins of %d people and activities, want %d", rows, pairs, want)
	}
}
