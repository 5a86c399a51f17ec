package apptest

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"

	"github.com/getkin/kin-openapi/openapi3filter"
)

func init() {
	openapi3filter.RegisterBodyDecoder("image/jpeg", openapi3filter.FileBodyDecoder)
}

// File is a body that is sent as the file of a form.
type File []byte

const (
	boundary = "the-end-of-a-part"
	formType = "multipart/form-data; boundary=" + boundary
)

func (f File) form() []byte {
	head := "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"IMG_0001.jpg\"\r\n\r\n"
	return append(append([]byte(head), f...), []byte("\r\n--"+boundary+"--\r\n")...)
}

// Picture is a small JPEG of one colour.
func Picture(shade uint8) File {
	img := image.NewRGBA(image.Rect(0, 0, 64, 48))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.Set(0, 0, color.White)
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return File(b.Bytes())
}

// Upload adds a picture of the persona and returns its id.
func (w *World) Upload(persona string) string {
	w.T.Helper()
	return w.Call(persona, http.MethodPost, "/api/v1/media", Picture(99)).Want(http.StatusCreated).Text("id")
}
