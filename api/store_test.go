package api_test

import (
	"os"
	"slices"
	"testing"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/devstack/teststore"
)

// Pictures whose files lie in a store that speaks S3 are added, shown, blurred and taken away as those of a folder are,
// and nothing of them stays in either.
func TestPicturesInAStore(t *testing.T) {
	t.Parallel()
	store, folder := teststore.New(t), t.TempDir()
	w := apptest.NewTown(apptest.New(t, apptest.WithoutWorker(), apptest.With("XINYUAN_MEDIA_FOLDER="+folder),
		apptest.With("XINYUAN_MEDIA_S3_ENDPOINT="+store.Endpoint), apptest.With("XINYUAN_MEDIA_S3_BUCKET="+store.Name),
		apptest.With("XINYUAN_MEDIA_S3_KEY="+store.Key), apptest.With("XINYUAN_MEDIA_S3_SECRET="+store.Secret),
		apptest.With("XINYUAN_MEDIA_S3_TIMEOUT=30s")), 1)
	kept := func() (names []string) {
		files, err := os.ReadDir(store.Folder)
		must(t, err)
		for _, f := range files {
			if !f.IsDir() { // the store's own
				names = append(names, f.Name())
			}
		}
		return names
	}
	owner := newcomer(w)
	var added []apptest.Answer
	for size := range 2 {
		a := w.Send(owner, "POST", media, apptest.Picture(uint8(40+size))).Want(201)
		w.Send("", "GET", a.Text("url"), nil).Want(200)
		w.Send("", "GET", a.Text("thumbnailUrl"), nil).Want(200)
		added = append(added, a)
	}
	first := kept()
	if len(first) != 4 {
		t.Fatalf("the store has %q", first)
	}
	draft := withPhotos(w, added[0].Text("id"), added[1].Text("id"))
	wish := w.Send(owner, "POST", "/api/v1/wishes", draft).Want(201).Text("id")
	judge(w, wish, "publish")
	if shown := photos(w, "member-1", "/wishes/"+wish, "wish"); len(shown) != 2 {
		t.Errorf("shown are %v", shown)
	}
	about := doc{"about": "wish", "id": wish, "photoId": added[0].Text("id"), "reason": "privacy"}
	w.Call("member-1", "POST", "/api/v1/reports", about).Want(204)
	reported := waitingCase(t, w)
	if reported.At("photo", "waiting") != nil {
		t.Errorf("of a picture that everybody sees the secretary reads %s", reported.Raw)
	}
	one := reported.Text("id")
	w.Call("secretary", "POST", "/api/v1/cases/"+one+"/review", doc{"decision": "blur", "reason": "看得清脸"}).Want(200)
	must(t, w.App.Photos.Sweep(t.Context()))
	if shown := photos(w, "member-1", "/wishes/"+wish, "wish"); len(shown) != 2 || slices.Contains(shown, added[0].Text("id")) {
		t.Errorf("with one blurred, shown are %v", shown)
	}
	w.Send("", "GET", added[0].Text("url"), nil).Want(404)
	if now := kept(); len(now) != 4 || slices.Equal(now, first) {
		t.Errorf("with one blurred the store has %q", now)
	}
	w.Send(owner, "DELETE", "/api/v1/me", nil).Want(204)
	w.Send("", "GET", added[1].Text("url"), nil).Want(404)
	files, err := os.ReadDir(folder)
	must(t, err)
	if left := kept(); len(left)+len(files) != 0 {
		t.Errorf("of who has left, the store has %q and the folder %d files", left, len(files))
	}
	w.Healthy()
}
