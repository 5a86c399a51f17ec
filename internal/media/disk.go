package media

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// disk is a folder of pictures, spread over folders by the first two letters of
// their names. A file is either there as a whole or not at all, also after the
// program or the machine was killed. No error names a path.
type disk struct{ folder string }

// A Size is one of the forms in which a picture is kept.
type Size string

// The sizes.
const (
	SizeFull      Size = "full"
	SizeThumbnail Size = "thumbnail"
)

var sizes = []Size{SizeFull, SizeThumbnail}

// part marks a file that is being written.
const part = ".part"

// shelfLetters are how many letters of a name make its folder.
const shelfLetters = 2

func (d disk) shelf(name string) string { return filepath.Join(d.folder, name[:shelfLetters]) }

func (d disk) path(name string, size Size) string {
	return filepath.Join(d.shelf(name), name+"-"+string(size)+".jpg")
}

// write keeps a picture's files.
func (d disk) write(_ context.Context, name string, files rendered) error {
	if err := os.MkdirAll(d.shelf(name), 0o700); err != nil {
		return withoutPath(err)
	}
	for size, data := range files {
		if err := writeFile(d.path(name, size), data); err != nil {
			return withoutPath(err)
		}
	}
	return withoutPath(errors.Join(syncFolder(d.shelf(name)), syncFolder(d.folder)))
}

func writeFile(path string, data []byte) (err error) {
	file, err := os.OpenFile(path+part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return os.Rename(path+part, path)
}

// syncFolder makes the names in a folder as durable as its files.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// remove deletes what there is of a picture's files; nothing is fine.
func (d disk) remove(_ context.Context, name string) error {
	var err error
	for _, size := range sizes {
		for _, path := range []string{d.path(name, size), d.path(name, size) + part} {
			if problem := os.Remove(path); !errors.Is(problem, fs.ErrNotExist) {
				err = errors.Join(err, problem)
			}
		}
	}
	if problem := syncFolder(d.shelf(name)); !errors.Is(problem, fs.ErrNotExist) {
		err = errors.Join(err, problem)
	}
	return withoutPath(err)
}

func (d disk) open(_ context.Context, name string, size Size) (*File, error) {
	file, err := os.Open(d.path(name, size))
	if err != nil {
		return nil, withoutPath(err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, errors.Join(withoutPath(err), file.Close())
	}
	return &File{file, info.Size()}, nil
}

// isWhole tells whether all files of a picture are there.
func (d disk) isWhole(_ context.Context, name string) (bool, error) {
	for _, size := range sizes {
		info, err := os.Stat(d.path(name, size))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return false, nil
		case err != nil:
			return false, withoutPath(err)
		case info.Size() == 0:
			return false, nil
		}
	}
	return true, nil
}

// withoutPath takes the path out of an error, which goes to the log.
func withoutPath(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &path):
		return fmt.Errorf("media: %s: %w", path.Op, path.Err)
	case errors.As(err, &link):
		return fmt.Errorf("media: %s: %w", link.Op, link.Err)
	}
	return fmt.Errorf("media: %w", err)
}
