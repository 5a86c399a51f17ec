package api_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime"
	"testing"

	"xinyuan/internal/app/apptest"
)

// stalled is an upload of the persona that has sent so many bytes of a picture and
// then waits. Ending it returns the answer's status, 0 for none.
func stalled(w *apptest.Town, persona string, sent int) (end func() int) {
	w.T.Helper()
	const head = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\xFF\xD8\xFF"
	token := w.Token(persona)
	body, phone := io.Pipe()
	r, err := http.NewRequestWithContext(w.T.Context(), "POST", w.URL+media, body)
	must(w.T, err)
	r.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"multipart/form-data; boundary=b"}}
	status := make(chan int, 1)
	go func() {
		answer, err := http.DefaultClient.Do(r)
		_ = body.CloseWithError(errors.New("answered"))
		if err != nil {
			status <- 0
			return
		}
		_ = answer.Body.Close()
		status <- answer.StatusCode
	}()
	_, _ = io.WriteString(phone, head)
	chunk := make([]byte, 64<<10)
	for rest := sent; rest > 0; rest -= len(chunk) {
		if _, err := phone.Write(chunk); err != nil {
			break // refused before it was through
		}
	}
	return func() int {
		_ = phone.CloseWithError(io.ErrUnexpectedEOF)
		return <-status
	}
}

// What comes in slowly lies on disk, not in memory; a person has few uploads at a
// time, and the fourth is refused before it is read.
func TestStalledUploadsHoldNoMemory(t *testing.T) {
	w := apptest.NewTown(apptest.New(t), 0)
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	w.Upload("resident")
	before := heap()
	var ends []func() int
	for range 12 {
		ends = append(ends, stalled(w, "resident", 9<<20))
	}
	if after := heap(); after > before+8<<20 {
		t.Errorf("12 stalled uploads hold %d MB", (after-before)>>20)
	}
	if a := w.Call("resident", "POST", media, apptest.Picture(1)); a.Status != 429 || a.Header.Get("Retry-After") == "" {
		t.Errorf("one more of the same person: %d %s", a.Status, a.Raw)
	}
	w.Upload("resident-2")
	for _, end := range ends {
		end()
	}
	w.Until("the places are free again", func() bool { return w.Call("resident", "POST", media, apptest.Picture(1)).Status == 201 })
	if found := files(t, w); len(found) != 6 {
		t.Errorf("the folder has %v", found)
	}
}

// So many uploads of all people are under way at once, and no more.
func TestUploadsAreBoundedInAll(t *testing.T) {
	const people = 22
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), people)
	var ends []func() int
	for i := range 3 * people {
		ends = append(ends, stalled(w, fmt.Sprintf("member-%d", i/3+1), 1))
	}
	busy := 0
	w.Until("66 uploads are in or refused", func() bool {
		a := w.Call("resident", "POST", media, apptest.Picture(1))
		if a.Status == 503 {
			a.Refused(503, "unavailable")
			if busy++; a.Header.Get("Retry-After") == "" {
				t.Fatalf("nobody says how long to wait: %v", a.Header)
			}
		}
		return busy > 0
	})
	for _, end := range ends {
		end()
	}
	w.Until("the places are free again", func() bool { return w.Call("resident", "POST", media, apptest.Picture(1)).Status == 201 })
	if entries, err := os.ReadDir(w.App.Config.Media.Folder); err != nil || len(entries) > 20 {
		t.Errorf("the folder has %v (%v)", entries, err)
	}
}
