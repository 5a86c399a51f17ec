package seal

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
)

// master is one key as the installation's configuration has it.
type master struct {
	id     string
	secret []byte
}

var keyID = regexp.MustCompile(`^[A-Za-z0-9_-]{1,16}$`)

// parse reads the list of keys. Its errors count the keys and quote nothing:
// where a colon is missing, the "id" is the key.
func parse(keys string) ([]master, error) {
	var all []master
	seen := map[string]bool{}
	for i, item := range strings.Split(keys, ",") {
		id, encoded, found := strings.Cut(strings.TrimSpace(item), ":")
		if !found || !keyID.MatchString(id) {
			return nil, fmt.Errorf("seal.keys 的第 %d 个密钥要写成 名字:密钥，名字是 16 个以内的字母、数字、- 或 _", i+1)
		}
		secret, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(secret) != keyBytes {
			return nil, fmt.Errorf("seal.keys 的第 %d 个密钥不对：冒号后面照抄 openssl rand -base64 32 打印的那一行", i+1)
		}
		if seen[id] {
			return nil, fmt.Errorf("seal.keys 的第 %d 个密钥和前面的重名：每个密钥要有自己的名字", i+1)
		}
		seen[id] = true
		all = append(all, master{id, secret})
	}
	return all, nil
}

// NewDemoKeys makes a random key for a demo. Its id begins with "demo", by
// which production knows and refuses it.
func NewDemoKeys() string {
	secret := make([]byte, keyBytes)
	_, _ = rand.Read(secret) // never fails: the program ends where no randomness is
	return "demo:" + base64.StdEncoding.EncodeToString(secret)
}
