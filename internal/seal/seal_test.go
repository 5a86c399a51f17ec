package seal_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"xinyuan/internal/seal"
)

// key is a key whose secret is the letter 32 times.
func key(id, letter string) string {
	return id + ":" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat(letter, 32)))
}

func sealer(t testing.TB, keys ...string) *seal.Sealer {
	t.Helper()
	s, err := seal.New(strings.Join(keys, ","))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sealed(t testing.TB, s *seal.Sealer, at seal.Place, text string) []byte {
	t.Helper()
	value, err := s.Seal(at, text)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

var home = seal.Place{Table: "wishes", Column: "contact_phone", Row: 7}

func TestRoundTrip(t *testing.T) {
	s := sealer(t, key("k1", "a"))
	for _, text := range []string{
		"", "1", "13800138000", "阿依古丽·买买提", "𠮷野家", "\x00\xff no UTF-8", strings.Repeat("长", 2000),
	} {
		value := sealed(t, s, home, text)
		if opened, err := s.Open(home, value); err != nil || opened != text {
			t.Errorf("%.20q opens as %.20q, %v", text, opened, err)
		}
		if len(value) != 31+len("k1")+len(text) {
			t.Errorf("%.20q takes %d bytes sealed", text, len(value))
		}
		if len(text) > 4 && bytes.Contains(value, []byte(text)) {
			t.Errorf("%.20q can be read in the sealed value", text)
		}
		if bytes.Equal(value, sealed(t, s, home, text)) {
			t.Errorf("%.20q has the same sealed value twice", text)
		}
	}
}

// A value sealed by the first version opens in all later ones.
func TestOldValuesOpen(t *testing.T) {
	const kept = "0101026b31477624e871d71ef714d0bd9cbced78e197868f742396ee4445949f9259b39bde8e806b2b862618"
	value, err := hex.DecodeString(kept)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := sealer(t, key("k1", "a")).Open(home, value); err != nil || text != "13800138000" {
		t.Errorf("opens as %q, %v", text, err)
	}
}

func TestIncompletePlace(t *testing.T) {
	s := sealer(t, key("k1", "a"))
	for _, at := range []seal.Place{
		{},
		{Column: "contact_phone", Row: 7},
		{Table: "wishes", Row: 7},
		{Table: "wishes", Column: "contact_phone"},
		{Table: "wishes", Column: "contact_phone", Row: -7},
	} {
		if value, err := s.Seal(at, "x"); !errors.Is(err, seal.ErrPlace) || value != nil {
			t.Errorf("%+v: got %x, %v", at, value, err)
		}
	}
}

func TestMovedValuesDoNotOpen(t *testing.T) {
	s := sealer(t, key("k1", "a"))
	for _, c := range []struct {
		name     string
		from, to seal.Place
	}{
		{"another table", home, seal.Place{Table: "memberships", Column: "contact_phone", Row: 7}},
		{"another column", home, seal.Place{Table: "wishes", Column: "contact_name", Row: 7}},
		{"another row", home, seal.Place{Table: "wishes", Column: "contact_phone", Row: 8}},
		{"nowhere", home, seal.Place{}},
		{"parts run together", seal.Place{Table: "a", Column: "bc", Row: 1}, seal.Place{Table: "ab", Column: "c", Row: 1}},
		{"a divider in a part", seal.Place{Table: `a|"b`, Column: "c", Row: 1}, seal.Place{Table: "a", Column: `b|"c`, Row: 1}},
		{"quotes in a part", seal.Place{Table: `a"|"b`, Column: "c", Row: 1}, seal.Place{Table: "a", Column: `b"|"c`, Row: 1}},
		{"a row in a column", seal.Place{Table: "a", Column: "b|1", Row: 1}, seal.Place{Table: "a", Column: "b", Row: 11}},
	} {
		value := sealed(t, s, c.from, "13800138000")
		if text, err := s.Open(c.to, value); !errors.Is(err, seal.ErrChanged) || text != "" {
			t.Errorf("%s: got %q, %v", c.name, text, err)
		}
	}
}

// The ids of the keys differ in one bit, so that one flip names the other key.
func TestEachFlippedBitIsRefused(t *testing.T) {
	s := sealer(t, key("k0", "a"), key("k1", "b"))
	value := sealed(t, s, home, "13800138000")
	for i := range value {
		for bit := range 8 {
			changed := bytes.Clone(value)
			changed[i] ^= 1 << bit
			if text, err := s.Open(home, changed); !refused(err) || text != "" {
				t.Errorf("byte %d, bit %d: got %q, %v", i, bit, text, err)
			}
		}
	}
}

func refused(err error) bool {
	return errors.Is(err, seal.ErrForm) || errors.Is(err, seal.ErrKey) || errors.Is(err, seal.ErrChanged)
}

func TestTruncated(t *testing.T) {
	s := sealer(t, key("k1", "a"))
	value := sealed(t, s, home, "13800138000")
	head := 3 + len("k1")
	for n := range value {
		want := seal.ErrChanged
		if n < head {
			want = seal.ErrForm
		}
		if text, err := s.Open(home, value[:n]); !errors.Is(err, want) || text != "" {
			t.Errorf("%d of %d bytes: got %q, %v, want %v", n, len(value), text, err, want)
		}
	}
	if _, err := s.Open(home, append(bytes.Clone(value), 0)); !errors.Is(err, seal.ErrChanged) {
		t.Errorf("a byte too many: got %v", err)
	}
}

func TestNoSealedValue(t *testing.T) {
	s := sealer(t, key("k1", "a"))
	for _, c := range []struct {
		value string
		want  error
	}{
		{"", seal.ErrForm},
		{"13800138000", seal.ErrForm},
		{"\x02\x01\x02k1", seal.ErrForm}, // a later version
		{"\x01\x02\x02k1", seal.ErrForm}, // SM4, which is not there yet
		{"\x01\x01\xffk1", seal.ErrForm},
		{"\x01\x01\x00", seal.ErrKey},
		{"\x01\x01\x02k2", seal.ErrKey},
		{"\x01\x01\x02k1", seal.ErrChanged},
	} {
		if _, err := s.Open(home, []byte(c.value)); !errors.Is(err, c.want) {
			t.Errorf("%q: got %v, want %v", c.value, err, c.want)
		}
	}
}

func FuzzOpen(f *testing.F) {
	s := sealer(f, key("k1", "a"), key("k0", "b"))
	f.Add([]byte(nil), "")
	f.Add([]byte{1, 1, 255}, "x")
	f.Add(sealed(f, s, home, "13800138000"), "13800138000")
	f.Add(sealed(f, sealer(f, key("k0", "b")), home, "x")[:20], "阿依古丽·买买提")
	elsewhere := seal.Place{Table: "memberships", Column: "real_name", Row: 1}
	f.Fuzz(func(t *testing.T, value []byte, text string) {
		if opened, err := s.Open(elsewhere, value); !refused(err) || opened != "" {
			t.Errorf("%x opens as %q, %v", value, opened, err)
		}
		if opened, err := s.Open(home, sealed(t, s, home, text)); err != nil || opened != text {
			t.Errorf("%q opens as %q, %v", text, opened, err)
		}
	})
}
