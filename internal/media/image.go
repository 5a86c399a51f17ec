package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"xinyuan/internal/fault"
)

// What is taken and what is kept.
const (
	MaxBytes  = 10 << 20
	MaxPixels = 50_000_000

	longestSide   = 2048 // pixels; no phone shows more
	thumbnailSide = 480
	quality       = 82

	// maxScans bounds the passes of a progressive JPEG: cameras write about ten,
	// while a forged file of many thousands would keep a processor busy for hours.
	maxScans = 100

	// headBytes are enough to tell a format.
	headBytes = 16
)

// rendered is a picture as it is kept: both are JPEG, upright, without anything
// that the camera wrote beside it.
type rendered map[Size][]byte

// format is how one kind of file is read.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	exif   func([]byte) []byte // what the camera wrote beside it; nil: nothing
}

// formatOf tells the format by the content: names and declared types prove
// nothing. false means that it is none of ours.
func formatOf(data []byte) (format, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xD8\xFF")):
		return format{jpeg.DecodeConfig, jpeg.Decode, jpegExif}, true
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1A\n")):
		return format{png.DecodeConfig, png.Decode, pngExif}, true
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return format{webp.DecodeConfig, webp.Decode, webpExif}, true
	}
	return format{}, false
}

// isHEIC tells whether it is the format of an iPhone that nobody else reads.
func isHEIC(data []byte) bool {
	return len(data) > 12 && string(data[4:8]) == "ftyp" && bytes.HasPrefix(data[8:], []byte("hei")) ||
		len(data) > 12 && string(data[4:12]) == "ftypmif1"
}

// render makes what is kept. Its size is known from the head before anything is
// unpacked, and what is in memory at once is bounded over all requests. Errors:
// fault.ReasonNotAPicture, fault.ReasonTooManyPixels, fault.ReasonPictureBroken.
func (s *Service) render(ctx context.Context, file io.ReaderAt, size int64) (rendered, error) {
	head, err := io.ReadAll(io.NewSectionReader(file, 0, min(size, headBytes)))
	if err != nil {
		return nil, fault.Because(fault.ReasonUnavailable, withoutPath(err))
	}
	f, known := formatOf(head)
	switch {
	case isHEIC(head):
		return nil, fault.New(fault.ReasonNotAPicture).Saying(
			"这是苹果手机的 HEIC 格式，这里打不开。请截一张图，或者在手机的相机设置里选“兼容性最佳”再拍。")
	case !known:
		return nil, fault.New(fault.ReasonNotAPicture)
	}
	about, err := f.config(io.NewSectionReader(file, 0, size))
	pixels := int64(about.Width) * int64(about.Height)
	switch {
	case err != nil:
		return nil, fault.Because(fault.ReasonPictureBroken, err)
	case pixels > MaxPixels:
		return nil, fault.New(fault.ReasonTooManyPixels)
	case pixels <= 0:
		return nil, fault.New(fault.ReasonPictureBroken)
	}
	weight := min(pixels+size, MaxPixels) // the file's bytes as well: a long one may have few pixels
	if err := s.unpacking.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	defer s.unpacking.Release(weight)
	data := make([]byte, size)
	if _, err := file.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fault.Because(fault.ReasonUnavailable, withoutPath(err))
	}
	return redraw(data, f)
}

// redraw unpacks the picture and draws it in both sizes. Error:
// fault.ReasonPictureBroken.
func redraw(data []byte, f format) (rendered, error) {
	if bytes.Count(data, []byte{0xFF, 0xDA}) > maxScans {
		return nil, fault.New(fault.ReasonPictureBroken)
	}
	whole, err := f.decode(bytes.NewReader(data))
	if err != nil {
		return nil, fault.Because(fault.ReasonPictureBroken, err)
	}
	return encode(upright(fit(whole, longestSide), orientation(data, f)))
}

// encode writes a picture in both sizes.
func encode(full image.Image) (rendered, error) {
	out := make(rendered, len(sizes))
	for size, picture := range map[Size]image.Image{SizeFull: full, SizeThumbnail: fit(full, thumbnailSide)} {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		out[size] = b.Bytes()
	}
	return out, nil
}

// blurredSide is how many pixels are left of a blurred picture's longer side.
const blurredSide = 24

// blur draws one of our own pictures so that nobody is recognised on it.
func blur(from io.Reader) (rendered, error) {
	whole, err := jpeg.Decode(from)
	if err != nil {
		return nil, fault.Because(fault.ReasonPictureBroken, err)
	}
	few := fit(whole, blurredSide)
	out := image.NewRGBA(image.Rect(0, 0, whole.Bounds().Dx(), whole.Bounds().Dy()))
	draw.ApproxBiLinear.Scale(out, out.Rect, few, few.Rect, draw.Src, nil)
	return encode(out)
}

// fit shrinks the picture until its longer side is at most this long, on white
// where it is transparent. It never makes it larger.
func fit(src image.Image, side int) *image.RGBA {
	b := src.Bounds()
	small := average(src, max(1, max(b.Dx(), b.Dy())/side))
	w, h := small.Rect.Dx(), small.Rect.Dy()
	longest := max(w, h)
	if longest <= side {
		return small
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, w*side/longest), max(1, h*side/longest)))
	draw.ApproxBiLinear.Scale(out, out.Rect, small, small.Rect, draw.Src, nil)
	return out
}

// average makes one pixel of each square of n by n. It converts a few rows at a
// time: a whole copy of a large picture would take hundreds of megabytes.
func average(src image.Image, n int) *image.RGBA {
	b := src.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, (b.Dx()+n-1)/n, (b.Dy()+n-1)/n))
	strip := image.NewRGBA(image.Rect(0, 0, b.Dx(), n))
	for y := range out.Rect.Dy() {
		rows := min(n, b.Dy()-y*n)
		draw.Draw(strip, strip.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(strip, image.Rect(0, 0, b.Dx(), rows), src, image.Pt(b.Min.X, b.Min.Y+y*n), draw.Over)
		if n == 1 {
			copy(out.Pix[out.PixOffset(0, y):], strip.Pix)
			continue
		}
		for x := range out.Rect.Dx() {
			columns := min(n, b.Dx()-x*n)
			var sum [4]int
			for j := range rows {
				for i := range columns {
					for c, v := range strip.Pix[strip.PixOffset(x*n+i, j):][:4] {
						sum[c] += int(v)
					}
				}
			}
			for c := range sum {
				out.Pix[out.PixOffset(x, y)+c] = uint8(sum[c] / (rows * columns))
			}
		}
	}
	return out
}
