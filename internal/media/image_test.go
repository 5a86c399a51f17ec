package media

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/semaphore"

	"xinyuan/internal/fault"
)

// halves is red on the left and blue on the right, with a green mark at the top.
func halves(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 30, 30, 255}
			if x >= w/2 {
				c = color.RGBA{30, 30, 200, 255}
			}
			if y < h/4 {
				c.G = 200
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func asJPEG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// exifOf is an EXIF with an orientation and a place.
func exifOf(order byteOrder, orientation uint16) []byte {
	tiff := []byte("MM\x00\x2A")
	if order.Uint16([]byte{1, 0}) == 1 {
		tiff = []byte("II\x2A\x00")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 1)
	tiff = order.AppendUint16(tiff, 0x0112)
	tiff = order.AppendUint16(tiff, 3)
	tiff = order.AppendUint32(tiff, 1)
	tiff = order.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	return append(tiff, "GPS 41.68N 125.75E"...)
}

// withExif puts an EXIF segment behind the JPEG's first marker.
func withExif(picture []byte, order byteOrder, orientation uint16) []byte {
	body := append([]byte(exifHead), exifOf(order, orientation)...)
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(body)+2))
	return append(append(append([]byte{}, picture[:2]...), append(segment, body...)...), picture[2:]...)
}

func renderer() *Service { return &Service{unpacking: semaphore.NewWeighted(MaxPixels)} }

func render(t *testing.T, data []byte) (full, thumbnail image.Image) {
	t.Helper()
	out, err := renderer().render(context.Background(), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	decode := func(size Size) image.Image {
		if bytes.Contains(out[size], []byte("Exif")) || bytes.Contains(out[size], []byte("GPS")) {
			t.Errorf("%s still says what the camera wrote", size)
		}
		img, err := jpeg.Decode(bytes.NewReader(out[size]))
		if err != nil {
			t.Fatal(err)
		}
		return img
	}
	return decode(SizeFull), decode(SizeThumbnail)
}

// near tells whether the colour at a place, in parts of the whole, is about this.
func near(img image.Image, x, y float64, want color.RGBA) bool {
	b := img.Bounds()
	r, g, bl, _ := img.At(b.Min.X+int(x*float64(b.Dx())), b.Min.Y+int(y*float64(b.Dy()))).RGBA()
	off := func(got uint32, want uint8) int { return max(int(got>>8)-int(want), int(want)-int(got>>8)) }
	return off(r, want.R) < 40 && off(g, want.G) < 40 && off(bl, want.B) < 40
}

var (
	red, redTop   = color.RGBA{200, 30, 30, 255}, color.RGBA{200, 200, 30, 255}
	blue, blueTop = color.RGBA{30, 30, 200, 255}, color.RGBA{30, 200, 200, 255}
)

// onePixel is a WebP of one.
func onePixel(t *testing.T) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestPicturesAreReencoded(t *testing.T) {
	for _, c := range []struct {
		name          string
		data          []byte
		full, smaller image.Point
	}{
		{"a small JPEG is not made larger", asJPEG(t, halves(300, 200)), image.Pt(300, 200), image.Pt(300, 200)},
		{"a PNG", asPNG(t, halves(600, 300)), image.Pt(600, 300), image.Pt(480, 240)},
		{"a large one", asJPEG(t, halves(4000, 3000)), image.Pt(2048, 1536), image.Pt(480, 360)},
		{"a very large one", asJPEG(t, halves(6200, 2000)), image.Pt(2048, 660), image.Pt(480, 154)},
		{"a tower", asPNG(t, halves(8, 3000)), image.Pt(5, 2048), image.Pt(1, 480)},
		{"a WebP", onePixel(t), image.Pt(1, 1), image.Pt(1, 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			full, thumbnail := render(t, c.data)
			if full.Bounds().Size() != c.full || thumbnail.Bounds().Size() != c.smaller {
				t.Errorf("%v and %v, want %v and %v", full.Bounds().Size(), thumbnail.Bounds().Size(), c.full, c.smaller)
			}
			if c.full.X < 100 {
				return
			}
			for _, img := range []image.Image{full, thumbnail} {
				if !near(img, .2, .8, red) || !near(img, .8, .8, blue) || !near(img, .2, .1, redTop) || !near(img, .8, .1, blueTop) {
					t.Errorf("the colours of %v are not where they were", img.Bounds())
				}
			}
		})
	}
}

// Whichever way the camera was held, and in either byte order, the picture is
// upright and says nothing else.
func TestOrientation(t *testing.T) {
	for orientation, corners := range map[uint16][4]color.RGBA{ // upper left, upper right, lower left, lower right
		1: {redTop, blueTop, red, blue}, 2: {blueTop, redTop, blue, red},
		3: {blue, red, blueTop, redTop}, 4: {red, blue, redTop, blueTop},
		5: {redTop, red, blueTop, blue}, 6: {red, redTop, blue, blueTop},
		7: {blue, blueTop, red, redTop}, 8: {blueTop, blue, redTop, red},
		9: {redTop, blueTop, red, blue}, // there is none
	} {
		for _, order := range []byteOrder{binary.BigEndian, binary.LittleEndian} {
			full, _ := render(t, withExif(asJPEG(t, halves(400, 200)), order, orientation))
			if wide := full.Bounds().Dx() > full.Bounds().Dy(); wide == (orientation >= 5 && orientation <= 8) {
				t.Errorf("orientation %d: %v", orientation, full.Bounds())
			}
			for i, want := range corners {
				if !near(full, []float64{.06, .94}[i%2], []float64{.06, .94}[i/2], want) {
					t.Errorf("orientation %d: corner %d is not %v", orientation, i, want)
				}
			}
		}
	}
}

// A PNG and a WebP may say it, too.
func TestOrientationOfOthers(t *testing.T) {
	exif := exifOf(binary.BigEndian, 6)
	chunk := append([]byte("eXIf"), exif...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk))
	chunk = append(binary.BigEndian.AppendUint32(nil, uint32(len(exif))), chunk...)
	const head = 33 // the signature and the chunk that must come first
	full, _ := render(t, slices.Insert(asPNG(t, halves(400, 200)), head, chunk...))
	if size := full.Bounds().Size(); size != image.Pt(200, 400) || !near(full, .94, .06, redTop) {
		t.Errorf("a PNG that lay on its side is %v", size)
	}
	for name, body := range map[string][]byte{"bare": exif, "with a head": append([]byte(exifHead), exif...)} {
		data := binary.LittleEndian.AppendUint32([]byte("RIFF....WEBPVP8X"), 10)
		data = append(data, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0) // with an EXIF, one pixel
		data = append(data, onePixel(t)[12:]...)
		data = append(binary.LittleEndian.AppendUint32(append(data, "EXIF"...), uint32(len(body))), body...)
		binary.LittleEndian.PutUint32(data[4:], uint32(len(data)-8))
		f, _ := formatOf(data)
		if got := orientation(data, f); got != 6 {
			t.Errorf("a WebP with an EXIF that is %s: %d", name, got)
		}
		render(t, data)
		for cut := range data[20:] { // whatever is missing, it is none
			if got := orientation(data[:20+cut], f); got != 1 && 20+cut < len(data)-len("GPS 41.68N 125.75E") {
				t.Errorf("cut off after %d bytes: %d", 20+cut, got)
			}
		}
	}
}

// hugePNG says in its head that it is this large, and has nothing behind it.
func hugePNG(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 6, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1A\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(out, head...), crc32.ChecksumIEEE(head))
}

func TestWhatIsNoPicture(t *testing.T) {
	whole := asJPEG(t, halves(300, 200))
	scans := append(append([]byte{}, whole[:len(whole)-2]...), bytes.Repeat([]byte{0xFF, 0xDA, 0, 2}, 5000)...)
	for name, c := range map[string]struct {
		data   []byte
		reason fault.Reason
		says   string
	}{
		"nothing":               {nil, fault.ReasonNotAPicture, "不是照片"},
		"a text":                {[]byte("我不是图片"), fault.ReasonNotAPicture, "JPEG"},
		"a page called a JPEG":  {[]byte("<html><script>alert(1)</script>"), fault.ReasonNotAPicture, "JPEG"},
		"an SVG":                {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), fault.ReasonNotAPicture, "JPEG"},
		"a GIF":                 {[]byte("GIF89a" + strings.Repeat("x", 50)), fault.ReasonNotAPicture, "JPEG"},
		"an iPhone's own":       {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), fault.ReasonNotAPicture, "HEIC"},
		"half a JPEG":           {whole[:len(whole)/2], fault.ReasonPictureBroken, "打不开"},
		"a JPEG's first bytes":  {whole[:3], fault.ReasonPictureBroken, "打不开"},
		"a WebP's first bytes":  {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 "), fault.ReasonPictureBroken, "打不开"},
		"passes without end":    {scans, fault.ReasonPictureBroken, "打不开"},
		"a bomb":                {hugePNG(40000, 40000), fault.ReasonTooManyPixels, "尺寸"},
		"a bomb that overflows": {hugePNG(1<<31-1, 1<<31-1), fault.ReasonPictureBroken, "打不开"},
		"a large lie":           {hugePNG(7000, 7000), fault.ReasonPictureBroken, "打不开"},
		"no width":              {hugePNG(0, 7), fault.ReasonPictureBroken, "打不开"},
	} {
		_, err := renderer().render(context.Background(), bytes.NewReader(c.data), int64(len(c.data)))
		if !fault.Has(err, c.reason) {
			t.Errorf("%s: %v, want %s", name, err, c.reason)
			continue
		}
		if e, ok := err.(*fault.Error); !ok || !strings.Contains(e.Message, c.says) { //nolint:errorlint // returned as it is
			t.Errorf("%s: says %v", name, err)
		}
	}
}
