package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
)

const (
	basePath     = "/api/v1"
	picturesPath = basePath + "/media"
	// addPicture is the operation whose body is no JSON, and longer than others.
	addPicture = "createMedia"
	// pictureLimit leaves room for what stands around the file, and for files that
	// are a little too large to be told so.
	pictureLimit = media.MaxBytes + 2<<20
	// pictureTime is how long a slow phone may take to send one, pictureStart how
	// long it may take for the first bytes. In between it has time for what it has
	// sent: who stalls does not hold a place for minutes.
	pictureTime  = 3 * time.Minute
	pictureStart = time.Minute
)

// takeTime lets a request take longer than others, as long as it goes on.
func (s *server) takeTime(c echo.Context) error {
	control, began := http.NewResponseController(c.Response()), s.Clocks.Machine.Now()
	r := c.Request()
	r.Body = &steady{ReadCloser: r.Body, began: began, allow: control.SetReadDeadline}
	return errors.Join(control.SetReadDeadline(began.Add(pictureStart)), control.SetWriteDeadline(began.Add(pictureTime)))
}

// steady is a body that must keep coming.
type steady struct {
	io.ReadCloser
	began time.Time
	got   int64
	allow func(until time.Time) error
}

// Read reads on, and gives the sender time for what it has sent.
func (s *steady) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	s.got += int64(n)
	if err == nil {
		err = s.allow(s.began.Add(paceOf(s.got)))
	}
	return n, err
}

// paceOf is how long so many bytes of a picture may have taken.
func paceOf(bytes int64) time.Duration {
	return pictureStart + (pictureTime-pictureStart)*time.Duration(min(bytes, media.MaxBytes))/media.MaxBytes
}

// CreateMedia keeps a picture.
func (s *server) CreateMedia(ctx context.Context, r CreateMediaRequestObject) (CreateMediaResponseObject, error) {
	file, err := filePart(r.Body)
	if err != nil {
		return nil, err
	}
	p, err := s.Photos.Add(ctx, me(ctx), file)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge): // what Add makes of it is too vague
		return nil, fault.New(fault.ReasonPictureTooLarge)
	case err != nil:
		return nil, err
	}
	return CreateMedia201JSONResponse{
		Id: p.ID, Url: address(s.Photos.OwnAddress(p, media.SizeFull)),
		ThumbnailUrl: address(s.Photos.OwnAddress(p, media.SizeThumbnail)),
	}, nil
}

// filePart finds the part that is called file.
func filePart(body *multipart.Reader) (io.Reader, error) {
	for {
		part, err := body.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil, fault.BadField("file", "请选一张图片。")
		case err != nil:
			return nil, fault.Because(fault.ReasonMalformedBody, err)
		case part.FormName() == "file":
			return part, nil
		}
	}
}

// GetMedia shows a picture to who has its address.
func (s *server) GetMedia(ctx context.Context, r GetMediaRequestObject) (GetMediaResponseObject, error) {
	file, until, err := s.Photos.Open(ctx, media.Address{
		File: r.File, Size: media.Size(r.Size), Expires: value(r.Params.Expires), Signature: value(r.Params.Signature),
	})
	if err != nil {
		return nil, err
	}
	left := int(until.Sub(s.Clocks.Machine.Now()).Seconds())
	return GetMedia200ImagejpegResponse{
		Body: file, ContentLength: file.Length,
		Headers: GetMedia200ResponseHeaders{CacheControl: fmt.Sprintf("private, max-age=%d, immutable", left)},
	}, nil
}

// address is the address as the client asks for it.
func address(a media.Address) string {
	query := url.Values{"expires": {a.Expires}, "signature": {a.Signature}}
	return picturesPath + "/" + a.File + "/" + string(a.Size) + "?" + query.Encode()
}

// PictureAddress is the path of a picture on this server.
func PictureAddress(a media.Address) string { return address(a) }

// viewer is who sees pictures: their own, those that are passed, and as staff all.
type viewer struct {
	id    id.User
	staff bool
}

// waits tells whether others do not see the picture yet.
func (s *server) waits(p media.Photo) bool {
	return s.ChecksPictures && p.Verdict != media.VerdictPassed
}

// photosJSON gives out addresses to who may see the matter's pictures, of those that they
// may see already: call it with nothing else.
func (s *server) photosJSON(all []media.Photo, by viewer) *Photos {
	var photos Photos
	for _, p := range all {
		waits := s.waits(p)
		if waits && !by.staff && p.OwnerID != by.id {
			continue
		}
		photos = append(photos, s.photoJSON(p, waits))
	}
	if len(photos) == 0 {
		return nil
	}
	return &photos
}

func (s *server) photoJSON(p media.Photo, waits bool) Photo {
	return Photo{
		Id: p.ID, Url: address(s.Photos.Address(p, media.SizeFull)), Waiting: some(waits),
		ThumbnailUrl: address(s.Photos.Address(p, media.SizeThumbnail)),
	}
}
