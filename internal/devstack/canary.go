package devstack

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// What tests give as the contact of a resident. It is sealed wherever it is kept, and so
// stands in no file of the servers, in no log and in nothing that is sent to others.
const (
	CanaryPhone   = "13843512345"
	CanaryName    = "刘桂兰"
	CanaryAddress = "振兴路12号3单元502室"
)

// PublicTitle is the title of the wish that tests post: everybody reads it, so that it
// stands in the files of the database.
const PublicTitle = "厨房水龙头关不严"

// Canaries lists what must stand nowhere. A name may: somebody else is called so in public.
func Canaries() []string { return []string{CanaryPhone, CanaryAddress} }

// around is how many bytes before and after a text say where it was found.
const around = 200

// Leaks ends the servers of a throw-away stack, Redis's data written out first, and
// returns the files of theirs and of the tests in which one of the texts stands. Where
// present is in no file, the search has seen nothing, which is an error.
func (s *Stack) Leaks(ctx context.Context, texts []string, present string) ([]string, error) {
	if !s.throwAway {
		return nil, errors.New("devstack: only a throw-away stack is searched")
	}
	if err := errors.Join(s.redis.save(ctx), s.mariadb.stop(), s.redis.Stop()); err != nil {
		return nil, err
	}
	var found []string
	seen := false
	err := filepath.WalkDir(s.dir, func(path string, file fs.DirEntry, err error) error {
		if err != nil || !file.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path) //nolint:gosec // our own folder
		if err != nil {
			return err
		}
		seen = seen || bytes.Contains(content, []byte(present))
		for _, text := range texts {
			if at := bytes.Index(content, []byte(text)); at >= 0 {
				around := content[max(0, at-around):min(len(content), at+len(text)+around)]
				found = append(found, fmt.Sprintf("%s has %q: %q", strings.TrimPrefix(path, s.dir+"/"), text, around))
			}
		}
		return nil
	})
	if err == nil && !seen {
		err = fmt.Errorf("devstack: %q stands in no file: the search has seen nothing", present)
	}
	return found, err
}

// save has Redis write all that it holds to its folder, as it is.
func (r *Redis) save(ctx context.Context) error {
	return errors.Join(r.tell(ctx, "CONFIG SET rdbcompression no", "+OK"), r.tell(ctx, "SAVE", "+OK"))
}
