package media

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how the camera was held, as the picture's EXIF says it: 1 to 8,
// and 1 where it says nothing. Only this is read of what a camera writes beside
// the picture, and none of it is kept.
func orientation(picture []byte, f format) int {
	tiff, _ := bytes.CutPrefix(f.exif(picture), []byte(exifHead))
	return tiffOrientation(tiff)
}

// exifHead stands before the EXIF of a JPEG, and of some WebPs.
const exifHead = "Exif\x00\x00"

func jpegExif(picture []byte) []byte {
	const marker, startOfScan, app1 = 0xFF, 0xDA, 0xE1
	for rest := picture[2:]; len(rest) > 4 && rest[0] == marker && rest[1] != startOfScan; {
		size := int(binary.BigEndian.Uint16(rest[2:]))
		if size < 2 || len(rest) < 2+size {
			return nil
		}
		if body := rest[4 : 2+size]; rest[1] == app1 && bytes.HasPrefix(body, []byte(exifHead)) {
			return body
		}
		rest = rest[2+size:]
	}
	return nil
}

// pngExif finds the chunk eXIf: length, name, body and a checksum.
func pngExif(picture []byte) []byte {
	for rest := picture[8:]; len(rest) >= 12; {
		size := int64(binary.BigEndian.Uint32(rest))
		if int64(len(rest)) < 12+size {
			return nil
		}
		if string(rest[4:8]) == "eXIf" {
			return rest[8 : 8+size]
		}
		rest = rest[12+size:]
	}
	return nil
}

// webpExif finds the chunk EXIF: name, length and a body of even length.
func webpExif(picture []byte) []byte {
	for rest := picture[12:]; len(rest) >= 8; {
		size := int64(binary.LittleEndian.Uint32(rest[4:]))
		if int64(len(rest)) < 8+size {
			return nil
		}
		if string(rest[:4]) == "EXIF" {
			return rest[8 : 8+size]
		}
		rest = rest[min(8+size+size%2, int64(len(rest))):]
	}
	return nil
}

func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	const tag, entrySize = 0x0112, 12
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < entrySize {
			return 1
		}
		if value := int(order.Uint16(entries[8:])); order.Uint16(entries) == tag && value >= 1 && value <= 8 {
			return value
		}
		entries = entries[entrySize:]
	}
	return 1
}

// upright turns the picture as the orientation asks.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return src
	}
	w, h := src.Rect.Dx(), src.Rect.Dy()
	turned := orientation >= 5 // lies on its side
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	if turned {
		dst = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			u, v := x, y
			switch orientation {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = h-1-y, x
			case 7:
				u, v = h-1-y, w-1-x
			case 8:
				u, v = y, w-1-x
			}
			copy(dst.Pix[dst.PixOffset(u, v):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return dst
}
