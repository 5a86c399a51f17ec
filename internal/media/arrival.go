package media

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

// How many pictures arrive at once at one server, however slowly. Our client sends
// one after the other; the rest leaves room for a second phone, and for requests
// that were given up.
const (
	maxArriving   = 64
	maxArrivingOf = 3

	// arrivalWait is when it is worth another try.
	arrivalWait = 10 * time.Second
)

// arrivals counts the pictures that arrive. The zero value is ready.
type arrivals struct {
	mu  sync.Mutex
	all int
	of  map[id.User]int
}

// begin takes a place for the person's picture; end gives it back. Errors:
// fault.ReasonTooManyRequests where the person has no more, and
// fault.ReasonUnavailable where nobody has.
func (a *arrivals) begin(person id.User) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var full *fault.Error
	switch {
	case a.of[person] >= maxArrivingOf:
		full = fault.New(fault.ReasonTooManyRequests).Saying("您的前几张图片还在上传，请等它们传完再试。")
	case a.all >= maxArriving:
		full = fault.New(fault.ReasonUnavailable).Saying("现在上传图片的人太多，请过一会儿再试。")
	default:
		if a.of == nil {
			a.of = map[id.User]int{}
		}
		a.all++
		a.of[person]++
		return nil
	}
	full.RetryAfter = arrivalWait
	return full
}

func (a *arrivals) end(person id.User) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all--
	if a.of[person]--; a.of[person] == 0 {
		delete(a.of, person)
	}
}

// receive writes what comes to a file without a name, which is gone when it is
// closed or the program ends: a slow phone holds no memory. Errors:
// fault.ReasonPictureTooLarge, fault.ReasonMalformedBody where it ends midway, and
// fault.ReasonUnavailable where it cannot be written.
func (d disk) receive(from io.Reader) (file *os.File, size int64, err error) {
	if file, err = d.unlinkedFile(); err != nil {
		return nil, 0, fault.Because(fault.ReasonUnavailable, err)
	}
	defer func() {
		if err != nil {
			_ = file.Close()
		}
	}()
	sent := &source{from: io.LimitReader(from, MaxBytes+1)}
	size, err = io.Copy(file, sent)
	switch {
	case sent.err != nil:
		return nil, 0, fault.Because(fault.ReasonMalformedBody, sent.err)
	case err != nil:
		return nil, 0, fault.Because(fault.ReasonUnavailable, withoutPath(err))
	case size > MaxBytes:
		return nil, 0, fault.New(fault.ReasonPictureTooLarge)
	}
	return file, size, nil
}

// unlinkedFile creates a file in the folder and removes its name: the file is gone
// when the process ends, however it ends.
func (d disk) unlinkedFile() (*os.File, error) {
	if err := os.MkdirAll(d.folder, 0o700); err != nil {
		return nil, withoutPath(err)
	}
	file, err := os.CreateTemp(d.folder, "arriving-*"+part)
	if err != nil {
		return nil, withoutPath(err)
	}
	if err := os.Remove(file.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(withoutPath(err), file.Close())
	}
	return file, nil
}

// source remembers that the sender failed, not the disk.
type source struct {
	from io.Reader
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}
