package wechat

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha1" //nolint:gosec // WeChat's choice; it signs with a secret token
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"xinyuan/internal/clock"
)

// PushConfig is what WeChat's console asks for under 消息推送, in safe mode (安全模式).
type PushConfig struct {
	AppID string
	Token string
	Key   string // EncodingAESKey, 43 letters and digits
}

// Receiver tells WeChat's pushes from anybody else's.
// Source: https://developers.weixin.qq.com/miniprogram/dev/framework/server-ability/message-push.html
type Receiver struct {
	appID, token string
	key          []byte
	block        cipher.Block
	machine      *clock.Clock
}

// Freshness is how far the time of a push may be from ours. It is wide enough for
// WeChat's own repetitions, and as short as the memory of what was seen must be long.
const Freshness = 5 * time.Minute

// The errors of a Receiver. None repeats anything of the request.
var (
	ErrPushConfig    = errors.New("wechat.push_token 或 wechat.push_key 不对：照公众平台“开发管理 → 消息推送”抄，密钥是 43 位字母和数字")
	ErrPushSignature = errors.New("wechat: the push is not signed by WeChat")
	ErrPushStale     = errors.New("wechat: the push is of another time")
	ErrPushPlain     = errors.New("wechat: the push is not encrypted")
	ErrPushBroken    = errors.New("wechat: the push cannot be read")
	ErrPushStranger  = errors.New("wechat: the push is for another program")
)

const (
	pushBlock  = 32 // the padding's, not that of AES
	pushRandom = 16
	pushHead   = pushRandom + 4
)

// NewReceiver returns the receiver. Error: ErrPushConfig.
func NewReceiver(c PushConfig, machine *clock.Clock) (*Receiver, error) {
	key, err := base64.StdEncoding.DecodeString(c.Key + "=")
	if err != nil || len(key) != 32 || !plainWord.MatchString(c.Token) || len(c.Token) > 32 {
		return nil, ErrPushConfig
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, ErrPushConfig
	}
	return &Receiver{appID: c.AppID, token: c.Token, key: key, block: block, machine: machine}, nil
}

// Echo answers WeChat's check of the address. Errors: ErrPushSignature, ErrPushStale.
func (r *Receiver) Echo(query url.Values) (string, error) {
	if err := r.verify(query, "signature"); err != nil {
		return "", err
	}
	return query.Get("echostr"), nil
}

// Open returns the message in a push of safe mode, JSON or XML. A push that is not
// encrypted is refused, whatever its signature. Errors: ErrPushPlain, ErrPushSignature,
// ErrPushStale, ErrPushBroken, ErrPushStranger.
func (r *Receiver) Open(query url.Values, body []byte) ([]byte, error) {
	var envelope struct {
		Encrypt string `json:"Encrypt" xml:"Encrypt"`
	}
	if err := unmarshal(body, &envelope); err != nil {
		return nil, ErrPushBroken
	}
	if envelope.Encrypt == "" {
		return nil, ErrPushPlain
	}
	if err := r.verify(query, "msg_signature", envelope.Encrypt); err != nil {
		return nil, err
	}
	return r.decrypt(envelope.Encrypt)
}

// verify holds the signature, and then the time, which the signature covers.
func (r *Receiver) verify(query url.Values, name string, more ...string) error {
	want := signature(append(more, r.token, query.Get("timestamp"), query.Get("nonce"))...)
	if subtle.ConstantTimeCompare([]byte(want), []byte(query.Get(name))) != 1 {
		return ErrPushSignature
	}
	seconds, err := strconv.ParseInt(query.Get("timestamp"), 10, 64)
	if err != nil || r.machine.Now().Sub(time.Unix(seconds, 0)).Abs() > Freshness {
		return ErrPushStale
	}
	return nil
}

func signature(parts ...string) string {
	slices.Sort(parts)
	sum := sha1.Sum([]byte(strings.Join(parts, ""))) //nolint:gosec // as above
	return hex.EncodeToString(sum[:])
}

func (r *Receiver) decrypt(text string) ([]byte, error) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(sealed) == 0 || len(sealed)%aes.BlockSize != 0 {
		return nil, ErrPushBroken
	}
	plain := make([]byte, len(sealed))
	cipher.NewCBCDecrypter(r.block, r.key[:aes.BlockSize]).CryptBlocks(plain, sealed)
	padding := int(plain[len(plain)-1])
	if padding < 1 || padding > pushBlock || len(plain)-padding < pushHead {
		return nil, ErrPushBroken
	}
	plain = plain[:len(plain)-padding]
	length := uint64(binary.BigEndian.Uint32(plain[pushRandom:pushHead]))
	if length > uint64(len(plain)-pushHead) {
		return nil, ErrPushBroken
	}
	message, appID := plain[pushHead:pushHead+length], plain[pushHead+length:]
	if subtle.ConstantTimeCompare(appID, []byte(r.appID)) != 1 {
		return nil, ErrPushStranger
	}
	return message, nil
}

// unmarshal reads what WeChat sends in whichever of its two forms it is set to.
func unmarshal(body []byte, dest any) error {
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return xml.Unmarshal(body, dest)
	}
	return json.Unmarshal(body, dest)
}
