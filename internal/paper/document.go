package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"time"
	"unicode/utf16"
)

// The sizes of paper, in points of 1/72 inch.
const (
	A4Short = 595.28
	A4Long  = 841.89
)

// Info is what a reader of the document is told about it.
type Info struct {
	Title  string
	Author string
	At     time.Time
}

// Document is a PDF in the making. Its pages are drawn one after another.
type Document struct {
	info          Info
	width, height float64
	pages         []*Page
	fonts         []*subset // by face; nil where unused
	err           error     // of the first letter that could not be set
}

// New begins a document on paper of this size.
func New(width, height float64, info Info) *Document {
	return &Document{info: info, width: width, height: height, fonts: make([]*subset, len(faces))}
}

// letter is a character as the document's fonts have it.
type letter struct {
	face    int
	glyph   uint16
	advance int // in thousandths of the size
}

// set finds the letter, and marks it as used.
func (d *Document) set(r rune) letter {
	number, glyph, err := find(r)
	if err != nil {
		if d.err == nil {
			d.err = err
		}
		return letter{}
	}
	f, err := faces[number]()
	if d.err == nil {
		d.err = err
	}
	if err != nil {
		return letter{}
	}
	if d.fonts[number] == nil {
		d.fonts[number] = newSubset(f)
	}
	return letter{number, d.fonts[number].use(r, glyph), f.advance(glyph)}
}

// Bytes is the finished file. Error: that of a font.
func (d *Document) Bytes() ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	w := &writer{}
	w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	catalog, tree, info := w.reserve(), w.reserve(), w.reserve()
	resources := w.add("<</Font<<" + d.writeFonts(w) + ">>>>")
	var kids bytes.Buffer
	for _, p := range d.pages {
		content := w.stream("", p.content.Bytes())
		kid := w.add(fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %.2f %.2f]"+
			"/Resources %d 0 R/Contents %d 0 R>>", tree, d.width, d.height, resources, content))
		fmt.Fprintf(&kids, "%d 0 R ", kid)
	}
	w.put(catalog, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>>>",
		tree))
	w.put(tree, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(d.pages), kids.String()))
	w.put(info, fmt.Sprintf("<</Title %s/Author %s/CreationDate(D:%sZ)>>", utf16Text(d.info.Title),
		utf16Text(d.info.Author), d.info.At.UTC().Format("20060102150405")))
	return w.finish(catalog, info), nil
}

func (d *Document) writeFonts(w *writer) string {
	var names bytes.Buffer
	for i, s := range d.fonts {
		if s == nil {
			continue
		}
		font := s.font()
		name := fmt.Sprintf("XINYU%c+Xinyuan-%s", 'A'+i, s.face.name)
		file := w.stream(fmt.Sprintf("/Length1 %d", len(font)), font)
		descriptor := w.add(fmt.Sprintf("<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-200 -300 1200 1000]"+
			"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80/FontFile2 %d 0 R>>", name, file))
		var widths bytes.Buffer
		for _, g := range s.glyphs {
			fmt.Fprintf(&widths, "%d ", s.face.advance(g))
		}
		kind := w.add(fmt.Sprintf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)"+
			"/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/DW 1000/W[0[%s]]/FontDescriptor %d 0 R>>",
			name, widths.String(), descriptor))
		unicode := w.stream("", s.unicode())
		fmt.Fprintf(&names, "/F%d %d 0 R", i, w.add(fmt.Sprintf("<</Type/Font/Subtype/Type0/BaseFont/%s"+
			"/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, kind, unicode)))
	}
	return names.String()
}

// unicode tells a reader which character each glyph is, in UTF-16: characters
// beyond U+FFFF are two units.
func (s *subset) unicode() []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n/CIDSystemInfo<</Registry(Adobe)" +
		"/Ordering(UCS)/Supplement 0>>def\n/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n" +
		"1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	const most = 100 // entries a block, which the format bounds
	for from := 1; from < len(s.runes); from += most {
		block := s.runes[from:min(from+most, len(s.runes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(block))
		for i, r := range block {
			fmt.Fprintf(&b, "<%04X><", from+i)
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04X", unit)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end")
	return b.Bytes()
}

// utf16Text is a string for the reader's own words.
func utf16Text(text string) string {
	var b bytes.Buffer
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	b.WriteString(">")
	return b.String()
}

// writer numbers objects and remembers where they are.
type writer struct {
	out     bytes.Buffer
	offsets []int
}

func (w *writer) reserve() int {
	w.offsets = append(w.offsets, 0)
	return len(w.offsets)
}

func (w *writer) put(number int, body string) {
	w.offsets[number-1] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n%s\nendobj\n", number, body)
}

func (w *writer) add(body string) int {
	number := w.reserve()
	w.put(number, body)
	return number
}

func (w *writer) stream(more string, data []byte) int {
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(data) // a buffer takes everything
	_ = z.Close()
	return w.add(fmt.Sprintf("<</Filter/FlateDecode/Length %d%s>>\nstream\n%s\nendstream", packed.Len(), more,
		packed.String()))
}

func (w *writer) finish(catalog, info int) []byte {
	at := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, offset := range w.offsets {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&w.out, "trailer\n<</Size %d/Root %d 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n",
		len(w.offsets)+1, catalog, info, at)
	return w.out.Bytes()
}
