package wechattest

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // WeChat's choice
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Pushed is a push as WeChat sends it: what stands in the address, and the body.
type Pushed struct {
	Query url.Values
	Body  []byte
}

// PushTo sets the address of the program's message push.
func (s *Server) PushTo(address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pushTo = address
}

// Seal signs and encrypts a message as in safe mode, and wraps it in JSON, or where it
// is XML in that.
func (s *Server) Seal(message []byte) Pushed {
	key, _ := base64.StdEncoding.DecodeString(s.options.PushKey + "=")
	plain := make([]byte, 20, 20+len(message)+64)
	_, _ = rand.Read(plain[:16]) // never fails, says its documentation
	binary.BigEndian.PutUint32(plain[16:], uint32(len(message)))
	plain = append(append(plain, message...), s.options.AppID...)
	pad := 32 - len(plain)%32
	plain = append(plain, bytes.Repeat([]byte{byte(pad)}, pad)...)
	block, err := aes.NewCipher(key)
	if err != nil {
		return Pushed{} // no key is set
	}
	cipher.NewCBCEncrypter(block, key[:16]).CryptBlocks(plain, plain)
	p := s.SealAs(base64.StdEncoding.EncodeToString(plain))
	if bytes.HasPrefix(message, []byte("<")) {
		var in struct{ Encrypt string }
		_ = json.Unmarshal(p.Body, &in) // it is our own
		const form = "<xml><ToUserName><![CDATA[gh_0]]></ToUserName><Encrypt><![CDATA[%s]]></Encrypt></xml>"
		p.Body = fmt.Appendf(nil, form, in.Encrypt)
	}
	return p
}

// SealAs signs whatever stands in the place of what is encrypted.
func (s *Server) SealAs(text string) Pushed {
	at, nonce := strconv.FormatInt(s.options.Clock.Now().Unix(), 10), rand.Text()[:10]
	p := Pushed{Query: url.Values{
		"timestamp": {at}, "nonce": {nonce}, "encrypt_type": {"aes"},
		"signature": {sign(s.options.PushToken, at, nonce)}, "msg_signature": {sign(s.options.PushToken, at, nonce, text)},
	}}
	p.Body, _ = json.Marshal(map[string]string{"ToUserName": "gh_0", "Encrypt": text})
	return p
}

func sign(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, ""))) //nolint:gosec // WeChat's choice
	return hex.EncodeToString(sum[:])
}

// Push sends a message to the program, as an object of JSON or a text of XML. It returns
// the status of the answer; WeChat sends again what is not answered with 200.
func (s *Server) Push(ctx context.Context, message any) (int, error) {
	text, isText := message.(string)
	plain := []byte(text)
	if !isText {
		plain, _ = json.Marshal(message)
	}
	return s.Send(ctx, s.Seal(plain))
}

// Send sends what is sealed already.
func (s *Server) Send(ctx context.Context, p Pushed) (int, error) {
	s.mu.Lock()
	address := s.pushTo
	s.mu.Unlock()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"?"+p.Query.Encode(), bytes.NewReader(p.Body))
	if err != nil {
		return 0, err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}
