package seal_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"

	"xinyuan/internal/seal"
)

func TestRotation(t *testing.T) {
	old, renewed := sealer(t, key("k0", "a")), sealer(t, key("k1", "b"), key("k0", "a"))
	before, after := sealed(t, old, home, "13800138000"), sealed(t, renewed, home, "13800138000")
	for _, c := range []struct {
		name  string
		by    *seal.Sealer
		value []byte
		want  error
	}{
		{"an older key still opens", renewed, before, nil},
		{"the new key opens", renewed, after, nil},
		{"the new key seals, which the old one cannot open", old, after, seal.ErrKey},
		{"the new key alone suffices", sealer(t, key("k1", "b")), after, nil},
		{"order makes no difference for opening", sealer(t, key("k0", "a"), key("k1", "b")), after, nil},
		{"a key that was taken off", sealer(t, key("k1", "b")), before, seal.ErrKey},
		{"another key under the old id", sealer(t, key("k0", "c")), before, seal.ErrChanged},
	} {
		text, err := c.by.Open(home, c.value)
		if !errors.Is(err, c.want) || (err == nil) != (text == "13800138000") {
			t.Errorf("%s: got %q, %v, want %v", c.name, text, err, c.want)
		}
	}
}

// Whatever is wrong with the keys, the error quotes nothing of them.
func TestBadKeysAreNotQuoted(t *testing.T) {
	const secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I=" // 32 bytes
	for _, c := range []struct{ name, keys, want string }{
		{"none", "", "第 1 个密钥要写成"},
		{"no id", secret, "第 1 个密钥要写成"},
		{"an empty id", ":" + secret, "第 1 个密钥要写成"},
		{"a long id", strings.Repeat("k", 17) + ":" + secret, "第 1 个密钥要写成"},
		{"an id of other characters", "钥匙:" + secret, "第 1 个密钥要写成"},
		{"the wrong way round", secret + ":k1", "第 1 个密钥要写成"},
		{"no second key", "k1:" + secret + ",", "第 2 个密钥要写成"},
		{"a space for the comma", "k1:" + secret + " k0:" + secret, "第 1 个密钥不对"},
		{"no base64", "k1:" + secret[:40] + "!!!!", "第 1 个密钥不对"},
		{"no padding", "k1:" + secret[:43], "第 1 个密钥不对"},
		{"too short", "k1:" + secret[:40], "第 1 个密钥不对"},
		{"too long", "k1:" + secret[:40] + secret, "第 1 个密钥不对"},
		{"hexadecimal", "k1:" + strings.Repeat("5ec3e7", 11)[:64], "第 1 个密钥不对"},
		{"the second", key("k1", "a") + ",k0:" + secret[1:], "第 2 个密钥不对"},
		{"an id twice", "k1:" + secret + "," + key("k1", "a"), "第 2 个密钥和前面的重名"},
	} {
		s, err := seal.New(c.keys)
		if s != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q in it", c.name, err, c.want)
			continue
		}
		for _, part := range []string{secret[1:9], "5ec3e7", key("", "a")[1:9], "secret"} {
			if strings.Contains(err.Error(), part) {
				t.Errorf("%s: the error quotes the key: %v", c.name, err)
			}
		}
	}
}

func TestSpacesBetweenKeys(t *testing.T) {
	if _, err := seal.New(" " + key("k1", "a") + " ,\n" + key("k0", "b") + "\n"); err != nil {
		t.Error(err)
	}
}

// Errors of Open say nothing of the text or the key either.
func TestErrorsHoldNoPlainText(t *testing.T) {
	s := sealer(t, key("k1", "a"))
	value := sealed(t, s, home, "13800138000")
	value[len(value)-1] ^= 1
	_, changed := s.Open(home, value)
	_, form := s.Open(home, []byte("13800138000"))
	_, unknown := s.Open(home, []byte("\x01\x01\x0b13800138000"))
	for _, err := range []error{changed, form, unknown} {
		if err == nil || strings.Contains(err.Error(), "138") || strings.Contains(err.Error(), "aaa") {
			t.Errorf("got %v", err)
		}
	}
}

func TestDemoKeys(t *testing.T) {
	one, two := seal.NewDemoKeys(), seal.NewDemoKeys()
	if one == two || !strings.HasPrefix(one, "demo:") {
		t.Error("demo keys must be random and begin with demo")
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(one, "demo:"))
	if err != nil || len(secret) != 32 {
		t.Errorf("%d bytes, %v", len(secret), err)
	}
	sealer(t, one)
}

func TestLookup(t *testing.T) {
	long := strings.Repeat("k", 16)
	s, again := sealer(t, key("k1", "a"), key("k0", "b")), sealer(t, key("k1", "a"))
	value := s.Lookup(seal.PurposePhone, "13800138000")
	if value != again.Lookup(seal.PurposePhone, "13800138000") {
		t.Error("the same key has another value after a restart")
	}
	if kept := "k1:zUugszLblExKCH1qdkZ2is13VW_errSy4tfNiHw-rJU"; value != kept {
		t.Errorf("got %s: rows written earlier hold %s", value, kept)
	}
	for _, c := range []struct{ name, other string }{
		{"another text", s.Lookup(seal.PurposePhone, "13800138001")},
		{"another purpose", s.Lookup(seal.PurposePhoneTail, "13800138000")},
		{"a request", s.Lookup(seal.PurposeRequest, "13800138000")},
		{"a name", s.Lookup(seal.PurposeName, "13800138000")},
		{"another key of the same id", sealer(t, key("k1", "b")).Lookup(seal.PurposePhone, "13800138000")},
		{"another id of the same key", sealer(t, key("k2", "a")).Lookup(seal.PurposePhone, "13800138000")},
		{"a purpose that runs into the text", s.Lookup("phon", "e13800138000")},
	} {
		if c.other == value {
			t.Errorf("%s has the same value", c.name)
		}
	}
	widest := sealer(t, key(long, "a")).Lookup(seal.PurposeName, strings.Repeat("长", 500))
	if len(widest) > 60 || strings.Trim(widest, asciiOfLookup) != "" {
		t.Errorf("%q is more than 60 bytes of ASCII", widest)
	}
}

const asciiOfLookup = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:"

func TestLookupAll(t *testing.T) {
	current, old := sealer(t, key("k1", "a")), sealer(t, key("k0", "b"))
	both := sealer(t, key("k1", "a"), key("k0", "b"))
	want := []string{current.Lookup(seal.PurposeName, "刘秀兰"), old.Lookup(seal.PurposeName, "刘秀兰")}
	if got := both.LookupAll(seal.PurposeName, "刘秀兰"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if both.Lookup(seal.PurposeName, "刘秀兰") != want[0] {
		t.Error("the current key does not make the value that is stored")
	}
}

// An empty text is nobody's: it is stored as nothing and finds nothing.
func TestLookupOfNothing(t *testing.T) {
	s := sealer(t, key("k1", "a"), key("k0", "b"))
	if got := s.Lookup(seal.PurposeName, ""); got != "" {
		t.Errorf("stored as %q", got)
	}
	if got := s.LookupAll(seal.PurposeName, ""); got != nil {
		t.Errorf("searched as %q", got)
	}
}
