// Package paper makes what people print: PDFs, with letters of its own for every
// Chinese name, and spreadsheets.
package paper

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sort"
	"sync"
)

//go:embed fonts/*.ttf.gz
var files embed.FS

// faces are the fonts in the order in which a letter is looked for. The rare ones
// are unpacked when the first name needs them.
var faces = []func() (*face, error){opened("kai"), opened("rare-a"), opened("rare-b")}

var errFont = errors.New("paper: no TrueType font that can be read")

// face is a TrueType font, and where its parts are.
type face struct {
	name    string
	data    []byte
	tables  map[string][]byte
	groups  []group // of characters, rising
	units   int     // to the em
	metrics int     // how many glyphs have a width of their own
	long    bool    // form of loca
}

// group is a run of characters whose glyphs have consecutive numbers.
type group struct{ first, last, glyph uint32 }

func opened(name string) func() (*face, error) {
	return sync.OnceValues(func() (*face, error) {
		packed, err := files.ReadFile("fonts/" + name + ".ttf.gz")
		if err != nil {
			return nil, err
		}
		plain, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(plain)
		if err != nil {
			return nil, err
		}
		f, err := parse(data)
		if err != nil {
			return nil, fmt.Errorf("paper: %s: %w", name, err)
		}
		f.name = name
		return f, nil
	})
}

var order = binary.BigEndian

// parse finds the tables of https://learn.microsoft.com/typography/opentype/spec/otff
func parse(data []byte) (*face, error) {
	f := &face{data: data, tables: map[string][]byte{}}
	if len(data) < 12 {
		return nil, errFont
	}
	for i := range int(order.Uint16(data[4:])) {
		at := 12 + 16*i
		if len(data) < at+16 {
			return nil, errFont
		}
		offset, length := order.Uint32(data[at+8:]), order.Uint32(data[at+12:])
		if uint64(offset)+uint64(length) > uint64(len(data)) {
			return nil, errFont
		}
		f.tables[string(data[at:at+4])] = data[offset : offset+length]
	}
	head, hhea := f.tables["head"], f.tables["hhea"]
	if len(head) < 54 || len(hhea) < 36 || len(f.tables["maxp"]) < 6 || f.tables["glyf"] == nil {
		return nil, errFont
	}
	f.units, f.long = int(order.Uint16(head[18:])), order.Uint16(head[50:]) == 1
	f.metrics = int(order.Uint16(hhea[34:]))
	return f, f.readGroups()
}

// readGroups reads the character map of format 12, which knows all planes.
func (f *face) readGroups() error {
	cmap := f.tables["cmap"]
	if len(cmap) < 4 {
		return errFont
	}
	for i := range int(order.Uint16(cmap[2:])) {
		if len(cmap) < 12+8*i {
			return errFont
		}
		offset := int(order.Uint32(cmap[8+8*i:]))
		if len(cmap) < offset+16 || order.Uint16(cmap[offset:]) != 12 {
			continue
		}
		n := int(order.Uint32(cmap[offset+12:]))
		if len(cmap) < offset+16+12*n {
			return errFont
		}
		for j := range n {
			at := cmap[offset+16+12*j:]
			f.groups = append(f.groups, group{order.Uint32(at), order.Uint32(at[4:]), order.Uint32(at[8:])})
		}
		return nil
	}
	return errFont
}

// glyph is the number of the letter's glyph, 0 where the font has none.
func (f *face) glyph(r rune) uint16 {
	c := uint32(r)
	i := sort.Search(len(f.groups), func(i int) bool { return f.groups[i].last >= c })
	if i == len(f.groups) || f.groups[i].first > c {
		return 0
	}
	return uint16(f.groups[i].glyph + c - f.groups[i].first)
}

// advance is how far the glyph leads, in thousandths of the size.
func (f *face) advance(glyph uint16) int {
	at := 4 * min(int(glyph), f.metrics-1)
	return int(order.Uint16(f.tables["hmtx"][at:])) * 1000 / f.units
}

// outline is the glyph's drawing; nil where nothing is drawn.
func (f *face) outline(glyph uint16) []byte {
	loca, glyf := f.tables["loca"], f.tables["glyf"]
	if f.long {
		return glyf[order.Uint32(loca[4*int(glyph):]):order.Uint32(loca[4*int(glyph)+4:])]
	}
	return glyf[2*int(order.Uint16(loca[2*int(glyph):])) : 2*int(order.Uint16(loca[2*int(glyph)+2:]))]
}

// find is the first face that has the letter, or the first of all and glyph 0,
// whose drawing says that something is missing.
func find(r rune) (number int, glyph uint16, err error) {
	for i, open := range faces {
		f, err := open()
		if err != nil {
			return 0, 0, err
		}
		if g := f.glyph(r); g != 0 {
			return i, g, nil
		}
	}
	return 0, 0, nil
}
