// Package config reads the settings: the defaults of configs/default.yaml, then
// a file, then the environment.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"

	"xinyuan/configs"
)

// Env says what the installation is.
type Env string

// The kinds of installations.
const (
	Production Env = "production"
	Demo       Env = "demo"
)

// Secret is a setting that never shows in a log line or an error.
type Secret string

// String hides the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return "***"
}

// GoString hides the value.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the value.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Reveal is the value itself, for the one place that needs it.
func (s Secret) Reveal() string { return string(s) }

// Config is every setting; configs/default.yaml says what each means.
type Config struct {
	Env  Env `koanf:"env"`
	HTTP struct {
		Addr      string        `koanf:"addr"`
		Drain     time.Duration `koanf:"drain"`
		Shutdown  time.Duration `koanf:"shutdown"`
		Timeout   time.Duration `koanf:"timeout"`
		BodyLimit int64         `koanf:"body_limit"`
		Requests  int           `koanf:"requests"`
		Proxies   string        `koanf:"trusted_proxies"`
		PublicURL string        `koanf:"public_url"`
	} `koanf:"http"`
	MySQL struct {
		DSN  Secret        `koanf:"dsn"`
		Pool int           `koanf:"pool"`
		Wait time.Duration `koanf:"wait"`
	} `koanf:"mysql"`
	Redis struct {
		Addr     string `koanf:"addr"`
		Password Secret `koanf:"password"`
	} `koanf:"redis"`
	Seal struct {
		Keys Secret `koanf:"keys"`
	} `koanf:"seal"`
	WeChat struct {
		AppID   string        `koanf:"appid"`
		Secret  Secret        `koanf:"secret"`
		BaseURL string        `koanf:"base_url"`
		Proxy   Secret        `koanf:"proxy"` // its address may hold a password
		Timeout time.Duration `koanf:"timeout"`
		// PushToken and PushKey sign and encrypt what WeChat pushes; empty: nothing is taken.
		PushToken Secret `koanf:"push_token"`
		PushKey   Secret `koanf:"push_key"`
	} `koanf:"wechat"`
	Content struct {
		WeChat bool `koanf:"wechat"`
	} `koanf:"content"`
	Messages struct {
		Progress   Template `koanf:"progress"`
		Work       Template `koanf:"work"`
		State      string   `koanf:"state"`
		DigestHour int      `koanf:"digest_hour"`
	} `koanf:"messages"`
	Media struct {
		Folder     string        `koanf:"folder"`
		S3Endpoint string        `koanf:"s3_endpoint"`
		S3Region   string        `koanf:"s3_region"`
		S3Bucket   string        `koanf:"s3_bucket"`
		S3Key      string        `koanf:"s3_key"`
		S3Secret   Secret        `koanf:"s3_secret"`
		S3Timeout  time.Duration `koanf:"s3_timeout"`
	} `koanf:"media"`
	Operator struct {
		Name    string `koanf:"name"`
		Contact string `koanf:"contact"`
	} `koanf:"operator"`
	Session struct {
		Life time.Duration `koanf:"life"`
	} `koanf:"session"`
	Limits Rates `koanf:"limits"`
	Boards struct {
		Individual bool          `koanf:"individual"`
		Keep       time.Duration `koanf:"keep"`
	} `koanf:"boards"`
	Stats struct {
		KeepTimes int `koanf:"keep_times"`
	} `koanf:"stats"`
	Attendance  Attendance `koanf:"attendance"`
	Certificate struct {
		Connected bool `koanf:"connected"`
	} `koanf:"certificate"`
	Service Service `koanf:"service"`
	Yes     Yes     `koanf:"yes"`
	Log     struct {
		Level string `koanf:"level"`
	} `koanf:"log"`
}

// Rates are how often people may write, and look for others.
type Rates struct {
	Address   Rate `koanf:"address"`
	LogIn     Rate `koanf:"log_in"`
	Malformed Rate `koanf:"malformed"`
	Person    Rate `koanf:"person"`
	Operation Rate `koanf:"operation"`
	Picture   Rate `koanf:"picture"`
	Verify    Rate `koanf:"verify"`
	Number    Rate `koanf:"number"`
}

// Attendance is when people check in at activities, and how often they may
// guess at codes.
type Attendance struct {
	Before  time.Duration `koanf:"before"`
	After   time.Duration `koanf:"after"`
	Guesses Rate          `koanf:"guesses"`
}

// Service is how many records of service are looked at twice, and when a
// recorder is unusual.
type Service struct {
	SamplePercent        int           `koanf:"sample_percent"`
	OfflineSamplePercent int           `koanf:"offline_sample_percent"`
	WatchDays            int           `koanf:"watch_days"`
	WatchHours           int           `koanf:"watch_hours"`
	WatchRecords         int           `koanf:"watch_records"`
	WatchPercent         int           `koanf:"watch_percent"`
	LateEntry            time.Duration `koanf:"late_entry"`
}

// Yes is when somebody who records yeses of residents is unusual.
type Yes struct {
	WatchDays     int `koanf:"watch_days"`
	WatchYeses    int `koanf:"watch_yeses"`
	WatchPercent  int `koanf:"watch_percent"`
	DeniedPercent int `koanf:"denied_percent"`
}

const (
	prefix = "XINYUAN_"
	// testPrefix is for variables of the tests, which are no settings.
	testPrefix = "XINYUAN_TEST_"
	fileSuffix = "_FILE"
)

// Load reads the settings. file may be empty; environ is os.Environ's form.
// Unknown settings, in the file or with our prefix, are an error, and so are
// values of the wrong type. It does not check that all is there: see Check.
func Load(file string, environ []string) (Config, error) {
	var c Config
	k := koanf.New(".")
	if err := k.Load(rawbytes.Provider(configs.Default), yaml.Parser()); err != nil {
		return c, fmt.Errorf("程序自带的 default.yaml 读不懂，请重新取一份程序：%w", err)
	}
	known := map[string]string{} // environment variable to key
	for _, key := range k.Keys() {
		known[prefix+strings.ToUpper(strings.ReplaceAll(key, ".", "_"))] = key
	}
	if file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			return c, fmt.Errorf("--config 写的设置文件读不了：%w", err)
		}
		if err := k.Load(rawbytes.Provider(text), yaml.Parser()); err != nil {
			return c, fmt.Errorf("设置文件 %s 不是 YAML，请照 configs/default.yaml 的样子写：%w", file, err)
		}
	}
	if err := fromEnvironment(k, known, environ); err != nil {
		return c, err
	}
	err := k.UnmarshalWithConf("", &c, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		Result: &c, ErrorUnused: true, WeaklyTypedInput: true, TagName: "koanf",
		DecodeHook: mapstructure.ComposeDecodeHookFunc(
			mapstructure.StringToTimeDurationHookFunc(), mapstructure.TextUnmarshallerHookFunc()),
	}})
	if err != nil {
		return c, unreadable(err)
	}
	return c, nil
}

var (
	unknownKeys = regexp.MustCompile(`'([a-z_.]*)' has invalid keys: (.*)`)
	wrongValue  = regexp.MustCompile(`'([a-z_.]+)'`)
)

// unreadable says which settings of the file are unknown, or have a value of another
// kind. It quotes no value: it may be a secret.
func unreadable(err error) error {
	var bad error
	for line := range strings.Lines(err.Error()) {
		if m := unknownKeys.FindStringSubmatch(line); m != nil {
			for key := range strings.SplitSeq(strings.TrimSpace(m[2]), ", ") {
				bad = errors.Join(bad, fmt.Errorf("没有 %s 这个设置：名称照 configs/default.yaml 写", strings.Trim(m[1]+"."+key, ".")))
			}
			continue
		}
		if m := wrongValue.FindStringSubmatch(line); m != nil {
			bad = errors.Join(bad, fmt.Errorf("%s 的值读不懂：照 configs/default.yaml 里这一项的样子写", m[1]))
		}
	}
	if bad == nil {
		return fmt.Errorf("设置读不懂，请对照 configs/default.yaml：%w", err)
	}
	return bad
}

func fromEnvironment(k *koanf.Koanf, known map[string]string, environ []string) error {
	var bad error
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, prefix) || strings.HasPrefix(name, testPrefix) {
			continue
		}
		key, ok := known[name]
		if !ok {
			if key, ok = known[strings.TrimSuffix(name, fileSuffix)]; !ok {
				bad = errors.Join(bad, fmt.Errorf("没有 %s 这个设置：名称照 configs/default.yaml 写", name))
				continue
			}
			text, err := os.ReadFile(value)
			if err != nil {
				bad = errors.Join(bad, fmt.Errorf("%s 写的文件读不了：%w", name, err))
				continue
			}
			value = strings.TrimSpace(string(text))
		}
		if err := k.Set(key, value); err != nil {
			bad = errors.Join(bad, fmt.Errorf("%s 的值用不了：%w", name, err))
		}
	}
	return bad
}

// Check says everything that is missing or out of range for a server, in one
// error.
func (c Config) Check() error {
	var bad error
	want := func(ok bool, format string, args ...any) {
		if !ok {
			bad = errors.Join(bad, fmt.Errorf(format, args...))
		}
	}
	want(c.Env == Production || c.Env == Demo, "env 写的是 %q：正式环境写 production", c.Env)
	want(c.MySQL.DSN != "", "缺 XINYUAN_MYSQL_DSN：数据库，写成 用户:密码@tcp(主机:3306)/xinyuan")
	want(c.Redis.Addr != "", "缺 XINYUAN_REDIS_ADDR：Redis，写成 主机:6379")
	want(c.Seal.Keys != "", "缺 XINYUAN_SEAL_KEYS：密钥，用 echo \"k1:$(openssl rand -base64 32)\" 生成")
	want(c.Media.Folder != "", "缺 XINYUAN_MEDIA_FOLDER：存图片的文件夹，要备份")
	want(c.Media.S3Endpoint == "" || isPublicURL(c.Media.S3Endpoint),
		"media.s3_endpoint 写的是 %q：要写成 https://主机，后面不带路径", c.Media.S3Endpoint)
	want(c.Media.S3Endpoint == "" || c.Media.S3Bucket != "" && c.Media.S3Key != "" && c.Media.S3Secret != "",
		"写了 media.s3_endpoint，还缺 media.s3_bucket、media.s3_key 或 media.s3_secret")
	want(isWithin(c.Media.S3Timeout, time.Second, 30*time.Second), "media.s3_timeout 要在 1s 到 30s 之间")
	want(c.WeChat.AppID != "", "缺 XINYUAN_WECHAT_APPID：公众平台“开发管理 → 开发设置”里的 AppID")
	want(c.WeChat.Secret != "", "缺 XINYUAN_WECHAT_SECRET：公众平台“开发管理 → 开发设置”里的 AppSecret")
	want(isWithin(c.HTTP.Drain, 0, time.Minute), "http.drain 要在 0s 到 1m 之间")
	want(isWithin(c.HTTP.Shutdown, 500*time.Millisecond, 5*time.Minute), "http.shutdown 要在 500ms 到 5m 之间")
	want(isWithin(c.HTTP.Timeout, time.Second, 50*time.Second), "http.timeout 要在 1s 到 50s 之间")
	want(isWithin(c.HTTP.BodyLimit, 1<<10, 10<<20), "http.body_limit 要在 1024 到 10485760 之间")
	want(isWithin(c.HTTP.Requests, 10, 100_000), "http.requests 要在 10 到 100000 之间")
	want(c.HTTP.PublicURL == "" || isPublicURL(c.HTTP.PublicURL),
		"http.public_url 写的是 %q：要写成 https://域名，后面不带路径", c.HTTP.PublicURL)
	want(isWithin(c.MySQL.Pool, 2, 256), "mysql.pool 要在 2 到 256 之间")
	want(isWithin(c.MySQL.Wait, 10*time.Millisecond, 30*time.Second), "mysql.wait 要在 10ms 到 30s 之间")
	want(c.WeChat.Proxy == "" || isProxyURL(c.WeChat.Proxy.Reveal()),
		"wechat.proxy 要写成 http://主机:端口，后面不带路径")
	want(isWithin(c.WeChat.Timeout, time.Second, 30*time.Second), "wechat.timeout 要在 1s 到 30s 之间")
	want((c.WeChat.PushToken == "") == (c.WeChat.PushKey == ""),
		"wechat.push_token 和 wechat.push_key 要一起写：公众平台“开发管理 → 消息推送”里的 Token 和 EncodingAESKey")
	want(c.WeChat.PushKey == "" || pushKey.MatchString(c.WeChat.PushKey.Reveal()),
		"wechat.push_key 要有 43 位字母和数字：照公众平台“开发管理 → 消息推送”里的 EncodingAESKey 抄")
	want(c.WeChat.PushToken == "" || pushToken.MatchString(c.WeChat.PushToken.Reveal()),
		"wechat.push_token 要有 3 到 32 位字母和数字：照公众平台“开发管理 → 消息推送”里的 Token 抄")
	want(slices.Contains([]string{"formal", "trial", "developer"}, c.Messages.State),
		"messages.state 写的是 %q：要写 formal、trial 或者 developer", c.Messages.State)
	want(isWithin(c.Messages.DigestHour, 0, 20), "messages.digest_hour 要在 0 到 20 之间")
	want(isWithin(c.Session.Life, time.Hour, 2160*time.Hour), "session.life 要在 1h 到 2160h 之间")
	want(isWithin(c.Boards.Keep, 0, 500*time.Millisecond), "boards.keep 要在 0s 到 500ms 之间")
	want(isWithin(c.Stats.KeepTimes, 0, 1000), "stats.keep_times 要在 0 到 1000 之间")
	want(isWithin(c.Attendance.Before, 0, 4*time.Hour), "attendance.before 要在 0s 到 4h 之间")
	want(isWithin(c.Attendance.After, 0, 24*time.Hour), "attendance.after 要在 0s 到 24h 之间")
	want(isWithin(c.Service.SamplePercent, 0, 100), "service.sample_percent 要在 0 到 100 之间")
	want(isWithin(c.Service.OfflineSamplePercent, 0, 100), "service.offline_sample_percent 要在 0 到 100 之间")
	want(isWithin(c.Service.WatchDays, 1, 366), "service.watch_days 要在 1 到 366 之间")
	want(isWithin(c.Service.WatchHours, 1, 100000), "service.watch_hours 要在 1 到 100000 之间")
	want(isWithin(c.Service.WatchRecords, 1, 1000), "service.watch_records 要在 1 到 1000 之间")
	want(isWithin(c.Service.WatchPercent, 1, 100), "service.watch_percent 要在 1 到 100 之间")
	want(isWithin(c.Service.LateEntry, time.Hour, 720*time.Hour), "service.late_entry 要在 1h 到 720h 之间")
	want(isWithin(c.Yes.WatchDays, 1, 366), "yes.watch_days 要在 1 到 366 之间")
	want(isWithin(c.Yes.WatchYeses, 1, 1000), "yes.watch_yeses 要在 1 到 1000 之间")
	want(isWithin(c.Yes.WatchPercent, 1, 100), "yes.watch_percent 要在 1 到 100 之间")
	want(isWithin(c.Yes.DeniedPercent, 1, 100), "yes.denied_percent 要在 1 到 100 之间")
	want(c.Attendance.Guesses.Count > 0, "缺 attendance.guesses：例如 5/10m")
	_, err := c.Level()
	want(err == nil, "log.level 写的是 %q：要写 debug、info、warn 或者 error", c.Log.Level)
	if c.Env == Production {
		want(c.WeChat.BaseURL == "", "wechat.base_url 只给演示用：正式环境直接找微信，去掉这一行")
		want(!hasDemoKeys(c.Seal.Keys.Reveal()), "seal.keys 里是演示的密钥：用 openssl rand -base64 32 另外生成")
	}
	return bad
}

// The forms that WeChat's console allows.
var (
	pushKey   = regexp.MustCompile(`^[A-Za-z0-9]{43}$`)
	pushToken = regexp.MustCompile(`^[A-Za-z0-9]{3,32}$`)
)

func isPublicURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.User == nil && isHostAlone(u)
}

// isProxyURL allows a name and a password, which a proxy may ask for.
func isProxyURL(text string) bool {
	u, err := url.Parse(text)
	return err == nil && isHostAlone(u)
}

func isHostAlone(u *url.URL) bool {
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && strings.Trim(u.Path, "/") == "" &&
		u.RawQuery == "" && u.Fragment == ""
}

func hasDemoKeys(keys string) bool {
	for k := range strings.SplitSeq(keys, ",") {
		if strings.HasPrefix(strings.TrimSpace(k), "demo") {
			return true
		}
	}
	return false
}

func isWithin[T int | int64 | time.Duration](v, least, most T) bool { return least <= v && v <= most }

// Level is the log level. Error: an unknown name.
func (c Config) Level() (slog.Level, error) {
	var l slog.Level
	err := l.UnmarshalText([]byte(c.Log.Level))
	return l, err
}
