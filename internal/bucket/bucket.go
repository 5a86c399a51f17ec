// Package bucket keeps files in a store that speaks S3. It is the only importer of its
// client. No error names the secret, the bucket or a file.
package bucket

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Options say where the store is.
type Options struct {
	Endpoint string // https://host:port; http only for a network of one's own
	Region   string
	Name     string // of the bucket
	Key      string
	Secret   string
	Timeout  time.Duration // of one call; whatever hangs is given up then
}

// Bucket is a store's bucket. It is safe for concurrent use.
type Bucket struct {
	client  *minio.Client
	name    string
	timeout time.Duration
}

// ErrNone means that there is no such file.
var ErrNone = errors.New("bucket: there is no such file")

// Open prepares a client, which connects when first used.
func Open(o Options) (*Bucket, error) {
	at, err := url.Parse(o.Endpoint)
	if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return nil, errors.New("bucket: the endpoint is no address: write https://host")
	}
	transport, err := minio.DefaultTransport(at.Scheme == "https")
	if err != nil {
		return nil, fmt.Errorf("bucket: %w", err)
	}
	transport.ResponseHeaderTimeout = o.Timeout
	client, err := minio.New(at.Host, &minio.Options{
		Creds: credentials.NewStaticV4(o.Key, o.Secret, ""), Secure: at.Scheme == "https", Region: o.Region,
		Transport: transport, MaxRetries: 1,
	})
	if err != nil {
		return nil, fmt.Errorf("bucket: %w", err)
	}
	return &Bucket{client, o.Name, o.Timeout}, nil
}

// Put keeps a file: whole, or not at all.
func (b *Bucket) Put(ctx context.Context, key string, data []byte) error {
	ctx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	_, err := b.client.PutObject(ctx, b.name, key, bytes.NewReader(data), int64(len(data)), minio.PutObjectOptions{
		ContentType: "image/jpeg", DisableMultipart: true,
	})
	return said("put", err)
}

// Get reads a file. Error: ErrNone.
func (b *Bucket) Get(ctx context.Context, key string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	object, err := b.client.GetObject(ctx, b.name, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, said("get", err)
	}
	data, err := io.ReadAll(object)
	return data, said("get", errors.Join(err, object.Close()))
}

// Size is how long a file is. Error: ErrNone.
func (b *Bucket) Size(ctx context.Context, key string) (int64, error) {
	ctx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	about, err := b.client.StatObject(ctx, b.name, key, minio.StatObjectOptions{})
	return about.Size, said("stat", err)
}

// Remove deletes a file; nothing is fine.
func (b *Bucket) Remove(ctx context.Context, key string) error {
	ctx, cancel := context.WithTimeout(ctx, b.timeout)
	defer cancel()
	err := said("remove", b.client.RemoveObject(ctx, b.name, key, minio.RemoveObjectOptions{}))
	if errors.Is(err, ErrNone) {
		return nil
	}
	return err
}

// said is what may be logged of an error: what the store calls it, without the address.
func said(what string, err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		if answer.Code == minio.NoSuchKey || answer.StatusCode == http.StatusNotFound && answer.Code != minio.NoSuchBucket {
			return ErrNone
		}
		return fmt.Errorf("bucket: %s: %s", what, answer.Code)
	}
	var address *url.Error
	if errors.As(err, &address) {
		err = address.Err
	}
	return fmt.Errorf("bucket: %s: %w", what, err)
}
