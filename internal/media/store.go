package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"xinyuan/internal/bucket"
)

// File is an open picture.
type File struct {
	io.ReadCloser
	Length int64
}

// store keeps the files of pictures: each as a whole or not at all. Whatever fails
// midway may be repeated. open's error is os.ErrNotExist for what is not there.
type store interface {
	write(ctx context.Context, name string, files rendered) error
	remove(ctx context.Context, name string) error
	open(ctx context.Context, name string, size Size) (*File, error)
	isWhole(ctx context.Context, name string) (bool, error)
}

// remote is a bucket as a store.
type remote struct{ bucket *bucket.Bucket }

// KeepIn keeps pictures in the bucket from now on, instead of in the folder, where they
// only arrive.
func (s *Service) KeepIn(b *bucket.Bucket) { s.store = remote{b} }

func (r remote) key(name string, size Size) string { return name + "-" + string(size) + ".jpg" }

func (r remote) write(ctx context.Context, name string, files rendered) error {
	for size, data := range files {
		if err := r.bucket.Put(ctx, r.key(name, size), data); err != nil {
			return fmt.Errorf("media: %w", err)
		}
	}
	return nil
}

func (r remote) remove(ctx context.Context, name string) (err error) {
	for _, size := range sizes {
		err = errors.Join(err, r.bucket.Remove(ctx, r.key(name, size)))
	}
	return err
}

func (r remote) open(ctx context.Context, name string, size Size) (*File, error) {
	data, err := r.bucket.Get(ctx, r.key(name, size))
	if errors.Is(err, bucket.ErrNone) {
		err = os.ErrNotExist
	}
	if err != nil {
		return nil, fmt.Errorf("media: %w", err)
	}
	return &File{io.NopCloser(bytes.NewReader(data)), int64(len(data))}, nil
}

func (r remote) isWhole(ctx context.Context, name string) (bool, error) {
	for _, size := range sizes {
		switch n, err := r.bucket.Size(ctx, r.key(name, size)); {
		case errors.Is(err, bucket.ErrNone) || err == nil && n == 0:
			return false, nil
		case err != nil:
			return false, err
		}
	}
	return true, nil
}
