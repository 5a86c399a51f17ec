package api_test

import (
	"bytes"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xinyuan/internal/app/apptest"
)

const media = "/api/v1/media"

// withPhotos is the draft of a wish with these pictures.
func withPhotos(w *apptest.Town, photos ...string) map[string]any {
	d := apptest.Draft(w.Home)
	d["photoIds"] = append([]string{}, photos...)
	return d
}

// photos are the pictures that the persona is shown at a path of an answer.
func photos(w *apptest.Town, persona, path string, at ...any) []string {
	w.T.Helper()
	a := w.Call(persona, "GET", "/api/v1"+path, nil).Want(200)
	ids := []string{}
	for i := range a.Len(append(at, "photos")...) {
		ids = append(ids, a.Text(append(at, "photos", i, "id")...))
		address := a.Text(append(at, "photos", i, "url")...)
		w.Send("", "GET", address, nil).Want(200)
	}
	return ids
}

func wantPhotos(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s: shown %v, want %v", what, got, want)
	}
}

func judge(w *apptest.Town, wish, decision string) {
	w.T.Helper()
	body := map[string]any{"decision": decision, "reason": "请把楼号补上"}
	w.Call("secretary", "POST", "/api/v1/wishes/"+wish+"/review", body).Want(200)
}

// What comes back is a JPEG behind an address that needs no session, is kept by
// the phone alone, and opens nothing else.
func TestPictureIsServed(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	added := w.Call("resident", "POST", media, apptest.Picture(60)).Want(201)
	for _, name := range []string{"url", "thumbnailUrl"} {
		a := w.Send("", "GET", added.Text(name), nil).Want(200)
		if _, err := jpeg.Decode(bytes.NewReader(a.Raw)); err != nil || a.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%s: %v, %s", name, err, a.Header.Get("Content-Type"))
		}
		if c := a.Header.Get("Cache-Control"); !strings.HasPrefix(c, "private, max-age=") {
			t.Errorf("Cache-Control: %s", c)
		}
		if a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Error("a browser may guess what it is")
		}
	}
	genuine := added.Text("url")
	file := strings.Split(strings.TrimPrefix(genuine, media+"/"), "/")[0]
	for name, forged := range map[string]string{
		"another size":    strings.Replace(genuine, "/full", "/thumbnail", 1),
		"no size":         strings.Replace(genuine, "/full", "/x", 1),
		"another end":     strings.Replace(genuine, "expires=1", "expires=2", 1),
		"no end":          strings.Replace(genuine, "expires=", "expired=", 1),
		"no signature":    media + "/" + file + "/full",
		"half of it":      genuine[:len(genuine)-1],
		"another picture": strings.Replace(genuine, file, strings.Repeat("0", 32), 1),
		"another folder":  strings.Replace(genuine, file, "..%2F..%2Fseal.keys", 1),
		"a short name":    strings.Replace(genuine, file, "a", 1),
	} {
		if a := w.Send("", "GET", forged, nil); a.Status != 404 {
			t.Errorf("%s: %d %s", name, a.Status, a.Raw)
		}
	}
}

// Who sends something else is told what is wrong with it, and nothing is kept.
func TestPictureIsRefused(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	w.Token("resident")
	large := append(apptest.Picture(1), bytes.Repeat([]byte{7}, 10<<20)...)
	for name, c := range map[string]struct {
		body   any
		status int
		reason string
	}{
		"a text":      {apptest.File("我是一段文字"), 422, "not_a_picture"},
		"nothing":     {apptest.File(""), 422, "not_a_picture"},
		"half of one": {apptest.Picture(1)[:300], 422, "picture_broken"},
		"too large":   {large, 413, "picture_too_large"},
		"no form":     {`{"file":"x"}`, 400, "malformed_body"},
	} {
		if a := w.Call("resident", "POST", media, c.body); a.Status != c.status || a.Text("reason") != c.reason {
			t.Errorf("%s: %d %s", name, a.Status, a.Raw)
		}
	}
	cut := http.Header{"Content-Type": {"multipart/form-data; boundary=b"}}
	for name, c := range map[string]struct {
		body, reason string
		status       int
	}{
		"another part": {"--b\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\nx\r\n--b--\r\n", "invalid_input", 422},
		"cut off":      {"--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n\xFF\xD8\xFF", "malformed_body", 400},
		"no part":      {"--b--\r\n", "invalid_input", 422},
	} {
		if a := w.CallWith(cut.Clone(), "resident", media, c.body); a.Status != c.status || a.Text("reason") != c.reason {
			t.Errorf("%s: %d %s", name, a.Status, a.Raw)
		}
	}
	w.Send("", "POST", media, apptest.Picture(1)).Refused(401, "unauthenticated")
	if n := rowCount(t, w, "SELECT COUNT(*) FROM media"); n != 0 {
		t.Errorf("%d rows", n)
	}
	if strings.Contains(w.Log.String(), w.App.Config.Media.Folder) {
		t.Error("the log names the folder")
	}
}

// A folder that cannot be written is an error that loses nothing: the same
// picture is taken once it can.
func TestPicturesWithoutAFolder(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	folder := w.App.Config.Media.Folder
	must(t, os.WriteFile(folder, nil, 0o600))
	w.Call("resident", "POST", media, apptest.Picture(1)).Refused(503, "unavailable")
	must(t, os.Remove(folder))
	w.Upload("resident")
	if strings.Contains(w.Log.String(), folder) {
		t.Error("the log names the folder")
	}
}

func rowCount(t *testing.T, w *apptest.Town, query string) (n int) {
	t.Helper()
	must(t, w.App.DB.Pool().QueryRowContext(t.Context(), query).Scan(&n))
	return n
}

// A wish's pictures are seen by owner and staff until it is published, then by
// everybody, and again by owner and staff alone once it is taken back.
func TestPicturesOfAWish(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	one, two := w.Upload("resident"), w.Upload("resident")
	wish := w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, two, one, two)).Want(201).Text("id")
	path := "/wishes/" + wish
	for _, persona := range []string{"resident", "secretary", "county", "grid"} {
		wantPhotos(t, persona+" before", photos(w, persona, path, "wish"), two, one)
	}
	w.Call("member-1", "GET", "/api/v1"+path, nil).Want(404)
	a := w.Call("secretary", "GET", "/api/v1/approvals", nil).Want(200)
	if a.Len("items", 0, "photos") != 2 {
		t.Errorf("the approvals show %s", a.Raw)
	}
	judge(w, wish, "publish")
	wantPhotos(t, "a member after", photos(w, "member-1", path, "wish"), two, one)
	if a := w.Call("member-1", "GET", "/api/v1/wishes", nil).Want(200); a.Len("items", 0, "photos") != 2 {
		t.Errorf("the hall shows %s", a.Raw)
	}
	w.Call("resident", "POST", "/api/v1"+path+"/withdrawal", nil).Want(200)
	wantPhotos(t, "the owner at last", photos(w, "resident", path, "wish"), two, one)
	w.Call("member-1", "GET", "/api/v1"+path, nil).Want(404)
	w.Healthy()
}

// A sensitive wish shows its pictures to whom it shows its description.
func TestPicturesOfASensitiveWish(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 2)
	photo := w.Upload("resident")
	draft := withPhotos(w, photo)
	draft["category"] = "health"
	wish := w.Call("resident", "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	judge(w, wish, "publish")
	claim := w.Call("member-1", "POST", "/api/v1/wishes/"+wish+"/claims", nil).Want(201).Text("id")
	wantPhotos(t, "before", photos(w, "member-1", "/claims/"+claim, "wish"))
	w.Call("secretary", "POST", "/api/v1/claims/"+claim+"/review", map[string]any{"decision": "approve"}).Want(200)
	wantPhotos(t, "the claim", photos(w, "member-1", "/claims/"+claim, "wish"), photo)
	wantPhotos(t, "the claimant", photos(w, "member-1", "/wishes/"+wish, "wish"), photo)
	wantPhotos(t, "another", photos(w, "member-2", "/wishes/"+wish, "wish"))
}

// An edit without pictures leaves them; with pictures these are all there are.
func TestPicturesAreEdited(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	one, two, three := w.Upload("resident"), w.Upload("resident"), w.Upload("resident")
	wish := w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, one, two)).Want(201).Text("id")
	path := "/wishes/" + wish
	edit := func(ids ...string) apptest.Answer {
		d := withPhotos(w, ids...)
		delete(d, "nodeId")
		if ids == nil {
			delete(d, "photoIds")
		}
		return w.Call("resident", "PATCH", "/api/v1"+path, d)
	}
	edit().Want(200)
	wantPhotos(t, "left alone", photos(w, "resident", path, "wish"), one, two)
	edit(three, two).Want(200)
	wantPhotos(t, "changed", photos(w, "resident", path, "wish"), three, two)
	edit(three, one).Refused(409, "picture_not_to_hand") // the first is removed
	edit(two, two, two, two).Refused(422, "invalid_input")
	edit([]string{}...).Want(200)
	wantPhotos(t, "taken out", photos(w, "resident", path, "wish"))
	w.Until("their files are gone", func() bool { return len(files(t, w)) == 0 })
	w.Healthy()
}

// files are what there is in the folder.
func files(t *testing.T, w *apptest.Town) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(w.App.Config.Media.Folder, "*", "*"))
	must(t, err)
	return found
}

// Only one's own picture, and only one that waits.
func TestPicturesOfOthers(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 1)
	foreign, own := w.Upload("resident-2"), w.Upload("resident")
	for _, ids := range [][]string{{foreign}, {own, foreign}, {"123"}} {
		a := w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, ids...)).Refused(409, "picture_not_to_hand")
		if at := a.Text("fields", 0, "path"); at != []string{"photoIds.0", "photoIds.1"}[len(ids)-1] {
			t.Errorf("%v: at %s", ids, at)
		}
	}
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, own)).Want(201)
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, own)).Refused(409, "picture_not_to_hand")
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, "x")).Refused(422, "invalid_input")
	w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, "1", "2", "3", "4")).Refused(422, "invalid_input")
	if n := rowCount(t, w, "SELECT COUNT(*) FROM wishes"); n != 1 {
		t.Errorf("%d wishes", n)
	}
}

// Two requests want one picture at once: one has it.
func TestOnePictureForManyWishes(t *testing.T) {
	t.Parallel()
	const racers = 20
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)
	photo := w.Upload("resident")
	answers := together(racers, func(int) apptest.Answer {
		return w.Call("resident", "POST", "/api/v1/wishes", withPhotos(w, photo))
	})
	if got := count(answers); got["201"] != 1 || got["409 picture_not_to_hand"] != racers-1 {
		t.Errorf("answers: %v", got)
	}
	w.Healthy()
}

// A repeated request with its key is told the same, not that its picture is gone.
func TestKeyedWishWithAPicture(t *testing.T) {
	t.Parallel()
	w := apptest.NewTown(apptest.New(t), 0)
	body := withPhotos(w, w.Upload("resident"))
	key := http.Header{"Idempotency-Key": {"a-wish-with-a-picture"}}
	first := w.CallWith(key.Clone(), "resident", "/api/v1/wishes", body).Want(201).Text("id")
	if again := w.CallWith(key.Clone(), "resident", "/api/v1/wishes", body).Want(201).Text("id"); again != first {
		t.Errorf("a second wish %s beside %s", again, first)
	}
}
