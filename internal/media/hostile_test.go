package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"testing"

	"xinyuan/internal/fault"
)

// chunk is a chunk of a PNG.
func chunk(kind, body string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(out, kind+body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(kind+body)))
}

// behindHead puts chunks behind the head of a PNG.
func behindHead(picture []byte, chunks ...[]byte) []byte {
	const head = 8 + 25
	return append(append(bytes.Clone(picture[:head]), bytes.Join(chunks, nil)...), picture[head:]...)
}

// segment puts a segment behind the JPEG's first marker.
func segment(picture []byte, marker byte, body string) []byte {
	s := append(binary.BigEndian.AppendUint16([]byte{0xFF, marker}, uint16(len(body)+2)), body...)
	return append(append(bytes.Clone(picture[:2]), s...), picture[2:]...)
}

// cmyk is a JPEG of eight by eight pixels in four colours of ink, as printers write it.
func cmyk() []byte {
	out := []byte{0xFF, 0xD8, 0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0, 0xFF, 0xDB, 0, 67, 0}
	out = append(out, bytes.Repeat([]byte{1}, 64)...)
	out = append(out, 0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0)
	for _, table := range []byte{0x00, 0x10} {
		out = append(append(out, 0xFF, 0xC4, 0, 20, table, 1), make([]byte, 16)...) // one code, for 0
	}
	return append(out, 0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0, 0x00, 0xFF, 0xD9)
}

func animated(t *testing.T) []byte {
	t.Helper()
	frame := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const payload = "<script>alert(document.domain)</script>"

// hostile are files that somebody might send to do harm. Where a reason is named, the
// file is refused with it; the others are pictures, of which only the picture is kept.
func hostile(t *testing.T) map[string]struct {
	data   []byte
	reason fault.Reason
} {
	t.Helper()
	photo, drawing := asJPEG(t, halves(64, 48)), asPNG(t, halves(64, 48))
	noPicture, broken, large := fault.ReasonNotAPicture, fault.ReasonPictureBroken, fault.ReasonTooManyPixels
	frame := bytes.Index(photo, []byte{0xFF, 0xC0})
	giant := bytes.Clone(photo)
	copy(giant[frame+5:], []byte{0xFF, 0xFF, 0xFF, 0xFF})
	flat := bytes.Clone(photo)
	copy(flat[frame+5:], []byte{0, 0, 0, 0})
	noFrame := append(bytes.Clone(photo[:frame]), photo[frame+19:]...)
	badSum := bytes.Clone(drawing)
	badSum[30] ^= 1
	noData := append(bytes.Clone(drawing[:33]), chunk("IEND", "")...)
	badHuffman := bytes.Clone(photo)
	for i := bytes.Index(photo, []byte{0xFF, 0xC4}) + 5; badHuffman[i] != 0xFF; i++ {
		badHuffman[i] = 0x7F
	}
	wideWebP := []byte("RIFF\x1E\x00\x00\x00WEBPVP8X\x0A\x00\x00\x00\x02\x00\x00\x00\xFF\xFF\xFF\xFF\xFF\xFF\x00\x00\x00\x00")
	return map[string]struct {
		data   []byte
		reason fault.Reason
	}{
		"no bytes": {nil, noPicture}, "zeros": {make([]byte, 4096), noPicture}, "one byte": {[]byte{0xFF}, noPicture},
		"a bitmap":            {[]byte("BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00"), noPicture},
		"a TIFF":              {[]byte("II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"), noPicture},
		"a TIFF of Macintosh": {[]byte("MM\x00*\x00\x00\x00\x08\x00\x00\x00\x00"), noPicture},
		"an icon":             {[]byte("\x00\x00\x01\x00\x01\x00\x10\x10"), noPicture}, "a PDF": {[]byte("%PDF-1.7\n" + payload), noPicture},
		"an archive": {[]byte("PK\x03\x04" + payload), noPicture}, "a program": {[]byte("\x7FELF\x02\x01\x01\x00"), noPicture},
		"a program of Windows": {[]byte("MZ\x90\x00\x03\x00"), noPicture}, "a script": {[]byte("<?php system($_GET['c']); ?>"), noPicture},
		"a page": {[]byte("<!DOCTYPE html>" + payload), noPicture}, "a packed file": {[]byte("\x1F\x8B\x08\x00\x00\x00"), noPicture},
		"an AVIF":             {[]byte("\x00\x00\x00\x1Cftypavif\x00\x00\x00\x00avifmif1"), noPicture},
		"a film":              {[]byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41"), noPicture},
		"an iPhone's picture": {[]byte("\x00\x00\x00\x18ftypheix\x00\x00\x00\x00mif1heic"), noPicture}, "an animation": {animated(t), noPicture},
		"a drawing in words":        {[]byte("<?xml version='1.0'?><svg onload='alert(1)'/>"), noPicture},
		"the same in wide letters":  {[]byte("\xFF\xFE<\x00s\x00v\x00g\x00"), noPicture},
		"a page before the picture": {append([]byte(payload), photo...), noPicture},
		"a picture of two bytes":    {photo[:2], noPicture}, "a start and an end": {[]byte{0xFF, 0xD8, 0xFF, 0xD9}, broken},
		"a third of a JPEG": {photo[:len(photo)/3], broken}, "a third of a PNG": {drawing[:len(drawing)/3], broken},
		"a JPEG as large as can be": {giant, large}, "a JPEG without height": {flat, broken}, "a JPEG without a frame": {noFrame, broken},
		"codes that are none": {badHuffman, broken}, "a PNG with a wrong sum": {badSum, broken}, "a PNG of nothing": {noData, broken},
		"a bomb": {hugePNG(60000, 60000), large}, "a PNG without end": {hugePNG(9, 9), broken},
		"a WebP as large as can be": {wideWebP, broken}, "a WebP of a head": {[]byte("RIFF\xFF\xFF\xFF\xFFWEBPVP8L\xFF\xFF\xFF\xFF"), broken},
		"passes without end": {append(bytes.Clone(photo[:len(photo)-2]), bytes.Repeat([]byte{0xFF, 0xDA, 0, 2}, 500)...), broken},

		"a page behind the picture": {append(bytes.Clone(photo), payload...), ""},
		"an archive behind it":      {append(bytes.Clone(photo), "PK\x03\x04"+payload...), ""},
		"a page in a comment":       {segment(photo, 0xFE, payload), ""}, "a place and a camera": {withExif(photo, binary.BigEndian, 6), ""},
		"a page among what a PNG says": {behindHead(drawing, chunk("tEXt", "Comment\x00"+payload)), ""},
		"a page behind a PNG":          {append(bytes.Clone(drawing), payload...), ""},
		"a PNG that moves":             {behindHead(drawing, chunk("acTL", "\x00\x00\x00\x02\x00\x00\x00\x00")), ""}, "inks of a printer": {cmyk(), ""},
	}
}

// Each hostile file is refused for what it is, or nothing of it is kept but the picture,
// drawn anew.
func TestHostilePictures(t *testing.T) {
	all := hostile(t)
	if len(all) < 30 {
		t.Fatalf("%d files", len(all))
	}
	for name, c := range all {
		out, err := renderer().render(t.Context(), bytes.NewReader(c.data), int64(len(c.data)))
		if c.reason != "" {
			if !fault.Has(err, c.reason) {
				t.Errorf("%s: %v, want %s", name, err, c.reason)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for size, data := range out {
			_, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil || !bytes.HasSuffix(data, []byte{0xFF, 0xD9}) || bytes.Contains(data, []byte("alert")) ||
				bytes.Contains(data, []byte("GPS")) || bytes.Contains(data, []byte("Exif")) {
				t.Errorf("%s: the %s picture keeps more than the picture: %v", name, size, err)
			}
		}
	}
}
