package api_test

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
)

// values makes values of a schema; odd of a hundred are not as it has them.
type values struct {
	*fuzzer
	odd  int
	left *int   // with oneOdd: how many chances are left until it is
	op   string // the id of the operation that they are for
}

// raw is JSON that no value of Go makes.
type raw string

// strange tells whether this one is to be wrong.
func (v values) strange() bool {
	if v.odd == oneOdd {
		*v.left--
		return *v.left == 0
	}
	return v.rng.IntN(100) < v.odd
}

// oneOdd has a single thing wrong in a request that is sound otherwise: it gets
// furthest.
const oneOdd = -1

// plain is a value as a path or query has it.
func plain(value any) string {
	switch x := value.(type) {
	case string:
		return x
	case raw:
		return string(x)
	case time.Time:
		return x.Format(time.RFC3339Nano)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return "?"
	}
	return string(text)
}

// json writes a value, raw parts as they are.
func (v values) json(value any) []byte {
	switch x := value.(type) {
	case raw:
		return []byte(x)
	case []any:
		parts := make([]string, len(x))
		for i := range x {
			parts[i] = string(v.json(x[i]))
		}
		return []byte("[" + strings.Join(parts, ",") + "]")
	case map[string]any:
		var parts []string
		for _, name := range sortedKeys(x) {
			parts = append(parts, string(v.json(name))+":"+string(v.json(x[name])))
		}
		return []byte("{" + strings.Join(parts, ",") + "}")
	}
	text, err := json.Marshal(value)
	if err != nil {
		return []byte("null")
	}
	return text
}

func sortedKeys(of map[string]any) []string {
	keys := make([]string, 0, len(of))
	for k := range of {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// value is one of the schema under the name.
func (v values) value(ref *openapi3.SchemaRef, name string) any {
	if ref == nil || ref.Value == nil {
		return map[string]any{}
	}
	if v.strange() && v.one(3) {
		return v.wrongType()
	}
	name = nameOf(ref, name)
	s := ref.Value
	for len(s.AllOf) > 0 {
		s = s.AllOf[0].Value
	}
	switch {
	case len(s.Enum) > 0:
		if v.strange() {
			return v.nastyText()
		}
		return s.Enum[v.rng.IntN(len(s.Enum))]
	case s.Type.Is("object"):
		return v.object(s)
	case s.Type.Is("array"):
		return v.array(s, name)
	case s.Type.Is("boolean"):
		return v.one(2)
	case s.Type.Is("integer"):
		return v.integer(s)
	case s.Type.Is("number"):
		return v.number(s)
	}
	return v.text(s, name)
}

func (v values) wrongType() any {
	all := []any{nil, true, 7, -1.5, "x", "", []any{}, []any{nil}, map[string]any{}, raw("1e400"), raw("-0"), raw(`"\ud800"`), raw(`"\u0000"`),
		raw(strings.Repeat("9", 400)), raw("\"\xff\xfe\"")}
	return all[v.rng.IntN(len(all))]
}

func (v values) object(s *openapi3.Schema) any {
	out := map[string]any{}
	names := make([]string, 0, len(s.Properties))
	for name := range s.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		need := slices.Contains(s.Required, name)
		if need && v.strange() && v.one(2) {
			continue // what is needed is missing
		}
		if need || v.one(2) {
			out[name] = v.value(s.Properties[name], name)
		}
	}
	v.order(out)
	if v.strange() && v.one(2) {
		out[v.pickText("id", "status", "__proto__", "", "points", "版本")] = v.wrongType()
	}
	return out
}

// order lets the end of a span come after its begin, mostly, and sometimes by less
// than a minute.
func (v values) order(out map[string]any) {
	for _, span := range [][2]string{{"startedAt", "endedAt"}, {"startsAt", "endsAt"}, {"from", "until"}} {
		begin, first := out[span[0]].(string)
		_, second := out[span[1]].(string)
		if !first || !second || v.one(5) {
			continue
		}
		if day, err := time.Parse(time.DateOnly, begin); err == nil {
			out[span[1]] = day.AddDate(0, 0, v.rng.IntN(20)).Format(time.DateOnly)
		}
		if at, err := time.Parse(time.RFC3339Nano, begin); err == nil {
			long := v.pick(0, time.Millisecond, 40*time.Second, 59*time.Second, time.Minute, 90*time.Minute, 3*time.Hour, 20*time.Hour, 24*time.Hour)
			out[span[1]] = at.Add(long).Format(time.RFC3339Nano)
		}
	}
}

func (v values) array(s *openapi3.Schema, name string) any {
	most := 3
	if s.MaxItems != nil {
		most = int(min(*s.MaxItems, 4))
	}
	n := int(s.MinItems) + v.rng.IntN(most-int(min(s.MinItems, uint64(most)))+1)
	if v.strange() && s.MaxItems != nil {
		n = int(*s.MaxItems) + v.rng.IntN(2)
	}
	out := make([]any, n)
	for i := range out {
		out[i] = v.value(s.Items, strings.TrimSuffix(name, "s"))
	}
	return out
}

func (v values) integer(s *openapi3.Schema) any {
	least, most := 0.0, 100.0
	if s.Min != nil {
		least, most = *s.Min, *s.Min+100
	}
	if s.Max != nil {
		most = *s.Max
	}
	if v.strange() {
		all := []any{least - 1, least, most, most + 1, -1, 0, math.MinInt64, raw("9223372036854775807"), raw("9223372036854775808"), raw("1e3"),
			1.5, raw("1e308"), raw("-1e308"), math.MaxInt32, math.MaxInt32 + 1, 1e15}
		return all[v.rng.IntN(len(all))]
	}
	if v.one(4) {
		return int64(v.pick(time.Duration(least), time.Duration(most)))
	}
	return int64(least) + v.rng.Int64N(int64(min(most-least, 1e9))+1)
}

func (v values) number(s *openapi3.Schema) any {
	least, most := -1000.0, 1000.0
	if s.Min != nil {
		least = *s.Min
	}
	if s.Max != nil {
		most = *s.Max
	}
	if v.strange() {
		all := []any{least, most, math.Nextafter(least, -math.MaxFloat64), most + 1, 0, raw("1e-320"), raw("1e308"), raw("-0.0"), raw("1e400")}
		return all[v.rng.IntN(len(all))]
	}
	return least + v.rng.Float64()*(most-least)
}

// text is a string: an identifier, a time, a word that somebody said, or any words.
func (v values) text(s *openapi3.Schema, name string) any {
	switch {
	case s.Format == "date-time":
		return v.instant()
	case s.Format == "date":
		return v.date()
	case v.strange() && strings.HasSuffix(name, "Id"):
		return v.pickText("0", "-1", "1", "01", "9223372036854775807", "9223372036854775808", "99999999999999999999", "１２", "1e3", "+1", " 1", "me", "a", "")
	case v.strange():
		return v.length(s)
	}
	if name == "leaderId" || name == "deputyId" {
		name = "UserId"
	}
	if name == "NodeId" && v.one(2) {
		return v.pickNode()
	}
	if name == "cursor" {
		name = "nextCursor"
	}
	if len(v.known[name]) > 0 && name != "code" && (s.Pattern != "" || strings.HasSuffix(name, "Id") || v.one(4)) {
		return v.recall(name)
	}
	switch name {
	case "phone":
		return v.pickText("13843512345", "0435-3212345", "139 4351 2345", "12345")
	case "servicePhone":
		return v.pickText("0435-3212345", "13843512345", "12345", "400-820-8820", "")
	case "period":
		return v.pickText("2026-03", "2026Q1", "2026", "all", "2025-12", "1999", "9999Q4", "0001-01", "2026-13", "2026Q5")
	case "month":
		return v.pickText("2026-02", "2025-12", "2026-02", "2026-03", "2026-13", "2026")
	case "category":
		return v.pickText("repair", "goods", "health", "companion")
	case "code":
		return v.code()
	case "scene":
		if len(v.known["ActivityId"]) > 0 {
			return "a" + v.recall("ActivityId")
		}
	case "person":
		return v.pickText("me", "mine", "1")
	case "expires":
		return "1795747953"
	}
	if s.Pattern != "" {
		return "1"
	}
	return v.fit(v.pickText("清扫小区楼道", "厨房水龙头关不严", "请打 13843512345 找我", "王建国", "还没有来", "👨‍👩‍👧‍👦一家人", "x", "a'; DROP TABLE wishes; --", "100%_\\",
		"第一行\n第二行", "110101199003078515", "茂山小区3号楼", "<b>好</b>", "灯 椅"), s)
}

// pickNode is the place in which most things are, or the unit where the operation is about one.
func (v values) pickNode() string {
	if v.op == "exportUnitCards" || v.op == "getCoBuilding" || v.op == "exportCoBuilding" {
		return v.w.Unit.String()
	}
	return v.w.Home.String()
}

// code is one that the operation may take.
func (v values) code() string {
	switch {
	case v.op == "createSession":
		return v.pickText("demo-resident", "demo-member-9", "never-given")
	case v.op == "setMyPhone":
		return v.w.WeChat.NewPhoneCode("1384351" + strconv.Itoa(1000+v.rng.IntN(9000)))
	case len(v.known["code"]) > 0 && !v.one(4):
		return v.recall("code")
	}
	return v.pickText("12345678", "00000000", "XY1:1:12345678")
}

// fit cuts the text to what the schema takes.
func (v values) fit(text string, s *openapi3.Schema) string {
	letters := []rune(text)
	if s.MaxLength != nil && uint64(len(letters)) > *s.MaxLength {
		letters = letters[:*s.MaxLength]
	}
	return string(letters)
}

// length is a text at the bounds of the schema, or a nasty one.
func (v values) length(s *openapi3.Schema) any {
	if s.MaxLength != nil && v.one(2) {
		n := int(*s.MaxLength) + v.rng.IntN(3) - 1
		return strings.Repeat(v.pickText("长", "a", "𠀀", "é"), n)
	}
	return v.nastyText()
}

func (v values) nastyText() string {
	return v.pickText("", " ", "\u3000", "\u200b", "\u202e想要", "\ufeff", "\u3164", "\u0000", "a\u0000b", "\r\n",
		"e"+strings.Repeat("\u0301", 50), "\U0001F3F4\U000E0067\U000E0062\U000E007F", "\U000E0001", "\uFFFD",
		"../../etc/passwd", "%00", "' OR '1'='1", "\\", "{{7*7}}", strings.Repeat("长", 3000), strings.Repeat("a ", 40000), "金⾼", "\U0001F468\u200D")
}

// instant is a moment around now, or at the ends of time.
func (v values) instant() any {
	now := v.w.Clocks.Business.Now()
	if v.strange() {
		return v.pickText("0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "0000-12-31T23:59:59-23:59", "9999-12-31T23:59:59.999999999Z",
			"9999-12-31T23:59:59-23:59", "10000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2038-01-19T03:14:08Z", "2026-02-30T00:00:00Z",
			"2026-06-30T23:59:60Z", "2026-03-11T24:00:00Z", "2026-03-11", "2026-03-11T12:00:00", "2026-03-11t12:00:00z", "2026-03-11 12:00:00Z",
			"2026-03-11T12:00:00,5Z", "1e9", "", "-2026-03-11T12:00:00Z", "1000-01-01T00:00:00Z", "0999-12-31T23:59:59Z", "2026-03-11T12:00:00+99:99")
	}
	at := now.Add(time.Duration(v.rng.Int64N(int64(48 * time.Hour)))).Add(-24 * time.Hour)
	switch v.rng.IntN(6) {
	case 0:
		at = now.Add(time.Duration(v.rng.Int64N(int64(120 * time.Second)))).Add(-time.Minute)
	case 1:
		at = now.AddDate(0, 0, v.rng.IntN(800)-400)
	case 2:
		at = now.Truncate(time.Minute).Add(-time.Duration(v.rng.IntN(100)) * time.Second)
	}
	return at.In(time.FixedZone("", (v.rng.IntN(27)-12)*3600)).Format(time.RFC3339Nano)
}

func (v values) date() any {
	if v.strange() {
		return v.pickText("0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-3-1", "1990-03-01", "", "2026-03-11T00:00:00Z", "-001-01-01")
	}
	return v.w.Clocks.Business.Now().AddDate(0, 0, v.rng.IntN(80)-60).Format(time.DateOnly)
}
