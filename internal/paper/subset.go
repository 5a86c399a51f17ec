package paper

import (
	"bytes"
	"slices"
)

// subset is the part of a face that a document uses. Each character has a glyph
// of its own, in the order of use, so that what is copied out of the document is
// what was written, whatever two characters look alike.
type subset struct {
	face   *face
	runes  []rune // by glyph; the first is none, and parts of others have none either
	glyphs []uint16
	index  map[rune]uint16
}

func newSubset(f *face) *subset {
	return &subset{face: f, runes: []rune{0}, glyphs: []uint16{0}, index: map[rune]uint16{}}
}

// use is the number of the letter's glyph in the document.
func (s *subset) use(r rune, glyph uint16) uint16 {
	if n, known := s.index[r]; known {
		return n
	}
	n := uint16(len(s.glyphs))
	s.runes, s.glyphs, s.index[r] = append(s.runes, r), append(s.glyphs, glyph), n
	return n
}

// font is a TrueType font of the glyphs in use.
func (s *subset) font() []byte {
	var glyf, loca, hmtx bytes.Buffer
	put := func(b *bytes.Buffer, n uint32) { _, _ = b.Write(order.AppendUint32(nil, n)) }
	glyphs := slices.Clone(s.glyphs)
	for i := 0; i < len(glyphs); i++ { // drawings made of others add those
		put(&loca, uint32(glyf.Len()))
		drawing := slices.Clone(s.face.outline(glyphs[i]))
		for _, at := range components(drawing) {
			part := order.Uint16(drawing[at:])
			n := slices.Index(glyphs[len(s.glyphs):], part) + len(s.glyphs)
			if n < len(s.glyphs) {
				n, glyphs = len(glyphs), append(glyphs, part)
			}
			order.PutUint16(drawing[at:], uint16(n))
		}
		_, _ = glyf.Write(drawing)
		_, _ = glyf.Write(make([]byte, (4-glyf.Len()%4)%4))
		at := 4 * min(int(glyphs[i]), s.face.metrics-1)
		_, _ = hmtx.Write(s.face.tables["hmtx"][at : at+4])
	}
	put(&loca, uint32(glyf.Len()))
	count := order.AppendUint16(nil, uint16(len(glyphs)))
	change := func(table string, at int, value []byte) []byte {
		c := slices.Clone(s.face.tables[table])
		copy(c[at:], value)
		return c
	}
	return assemble([]table{
		{"glyf", glyf.Bytes()}, {"head", change("head", 50, []byte{0, 1})}, {"hhea", change("hhea", 34, count)},
		{"hmtx", hmtx.Bytes()}, {"loca", loca.Bytes()}, {"maxp", change("maxp", 4, count)},
	})
}

// components are where in a drawing the numbers of its parts stand.
func components(drawing []byte) []int {
	const wordArguments, scale, more, twoScales, matrix = 1, 8, 0x20, 0x40, 0x80
	if len(drawing) < 10 || int16(order.Uint16(drawing)) >= 0 {
		return nil
	}
	var all []int
	for at := 10; ; {
		flags := order.Uint16(drawing[at:])
		all = append(all, at+2)
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&scale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&matrix != 0:
			at += 8
		}
		if flags&more == 0 {
			return all
		}
	}
}

type table struct {
	tag  string
	data []byte
}

// assemble puts tables, which are in the order of their tags, into a file.
func assemble(tables []table) []byte {
	n := uint16(len(tables))
	power, log := uint16(1), uint16(0)
	for power*2 <= n {
		power, log = power*2, log+1
	}
	out := order.AppendUint32(nil, 0x00010000)
	for _, v := range []uint16{n, power * 16, log, n*16 - power*16} {
		out = order.AppendUint16(out, v)
	}
	offset := uint32(12 + 16*len(tables))
	for _, t := range tables {
		padded := append(slices.Clone(t.data), make([]byte, (4-len(t.data)%4)%4)...)
		var sum uint32
		for i := 0; i < len(padded); i += 4 {
			sum += order.Uint32(padded[i:])
		}
		out = append(out, t.tag...)
		for _, v := range []uint32{sum, offset, uint32(len(t.data))} {
			out = order.AppendUint32(out, v)
		}
		offset += uint32(len(padded))
	}
	for _, t := range tables {
		out = append(out, t.data...)
		out = append(out, make([]byte, (4-len(t.data)%4)%4)...)
	}
	return out
}
