package seal

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A run is a row of groups of digits that may be one number.
type run []span

func (r run) digits() string {
	var b strings.Builder
	for _, s := range r {
		b.WriteString(s.digits)
	}
	return b.String()
}

// isHidden tells whether a separator within the run is one that no number has, unless somebody hides it.
func (r run) isHidden() bool {
	return slices.ContainsFunc(r[1:], func(s span) bool { return s.gap != "" && strings.Contains(unusual, s.gap) })
}

// usual are the groups in which people write phones, ID cards and bank cards.
var usual = []string{
	"3-4-4", "3-8", "7-4", "6-8-4", "6-4-4-4", "4-4-4-4", "4-4-4-4-3", "4-4-4-4-2", "4-4-4-4-1", "6-13",
}

// isUsuallyGrouped tells whether the groups are those of one number although what stands between them is unusual.
func (r run) isUsuallyGrouped() bool {
	lengths := make([]string, len(r))
	for i, s := range r {
		lengths[i] = strconv.Itoa(len(s.digits))
	}
	return slices.Contains(usual, strings.Join(lengths, "-"))
}

// isCard tells whether the run is a bank card's number: 16 to 19 digits whose last one checks the others (ISO 7812).
func (r run) isCard() bool {
	digits := r.digits()
	if len(digits) < 16 || len(digits) > 19 || !issuers.MatchString(digits) || len(r) > 1 && !r.isUsuallyGrouped() {
		return false
	}
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// issuers are UnionPay and the others whose cards people have.
var issuers = regexp.MustCompile(`^(62|4|5[1-5]|35)`)

func (r run) end() int { return r[len(r)-1].to }

var (
	// https://en.wikipedia.org/wiki/Telephone_numbers_in_China: 11 digits from 13 on; area
	// codes 010, 02x and 0[3-9]xx before 7 or 8 digits that begin with 2 to 8.
	mobile   = regexp.MustCompile(`^1[3-9]\d{9}$`)
	landline = regexp.MustCompile(`^(010|02\d)[2-8]\d{7}$|^0[3-9]\d{2}[2-8]\d{6,7}$`)
	local    = regexp.MustCompile(`^[2-8]\d{6,7}$`)
	country  = regexp.MustCompile(`^(00)?86`)
	areaCode = regexp.MustCompile(`^0(10|2\d|[3-9]\d{2})$`)
)

// withoutCountry takes 86 or 0086 off, whether it stands alone or not.
func (r run) withoutCountry() (rest run, taken bool) {
	prefix := country.FindString(r[0].digits)
	switch prefix {
	case "":
		return r, false
	case r[0].digits:
		return r[1:], true
	}
	first := r[0]
	first.digits = strings.TrimPrefix(first.digits, prefix)
	return append(run{first}, r[1:]...), true
}

func (r run) isMobile() bool {
	rest, _ := r.withoutCountry()
	if len(rest) == 0 {
		return false
	}
	digits := strings.TrimPrefix(rest.digits(), "0") // as dialled from another city
	return mobile.MatchString(digits) && rest.isNaturallyGrouped()
}

// isNaturallyGrouped tells a number from a row of prices or a range: groups of
// three digits and more, or every digit apart. One dot is a decimal point, one
// hyphen in the middle a range.
func (r run) isNaturallyGrouped() bool {
	if len(r) == 1 {
		return true
	}
	if r.isHidden() {
		return r.isUsuallyGrouped()
	}
	dots, single := 0, true
	for i, s := range r {
		if i > 0 && s.gap == "." {
			dots++
		}
		single = single && len(s.digits) == 1
		if !single && len(s.digits) < 3 {
			return false
		}
	}
	if dots > 0 && (dots < 2 || dots < len(r)-1) {
		return false
	}
	middle := len(r[0].digits) == 5 || len(r[0].digits) == 6
	return len(r) != 2 || !middle || r[1].gap == " "
}

func (r run) isLandline() bool {
	rest, abroad := r.withoutCountry()
	if len(rest) == 0 {
		return false
	}
	digits := rest.digits()
	if abroad && !strings.HasPrefix(digits, "0") {
		digits = "0" + digits
	}
	if !landline.MatchString(digits) {
		return false
	}
	if abroad || len(rest) == 1 {
		return true
	}
	return areaCode.MatchString(rest[0].digits) && rest[1:].isLocal()
}

// isLocal is a landline without its area code: too like other numbers to be taken
// for one unless a word before it says so.
func (r run) isLocal() bool {
	for i, s := range r {
		if len(s.digits) < 3 || i > 0 && (s.gap == "." || r.isHidden()) {
			return false
		}
	}
	return len(r) <= 2 && local.MatchString(r.digits())
}

// announcing words, and what may stand between them and the number.
var announcing = regexp.MustCompile(`(?i)(电话|座机|固话|宅电|联系方式|tel|phone)(号码|号|是|为|打|[:： ,，.(（]){0,5}$`)

// isAnnounced tells whether the text just before at says that a phone follows.
func isAnnounced(marks []mark, at int) bool {
	var b strings.Builder
	for _, m := range marks[max(0, at-14):at] {
		b.WriteRune(m.char)
	}
	return announcing.MatchString(b.String())
}

// idCard tells whether the run is an 18-digit ID-card number, whose last may
// be an X, or a 15-digit one of before 1999 (GB 11643), and where it ends.
// The check digit is not held to: a number with a slip in it is still somebody's.
func idCard(marks []mark, r run) (end int, ok bool) {
	digits, end := r.digits(), r.end()
	if r.isHidden() && !r.isUsuallyGrouped() {
		return 0, false
	}
	for _, s := range r[1:] {
		if s.gap == "." || len(s.digits) == 1 && len(digits) == 15 {
			return 0, false
		}
	}
	switch len(digits) {
	case 15:
		return end, isRegion(digits) && len(r) <= 3 && isBirthday("19"+digits[6:12])
	case 17:
		if end < len(marks) && marks[end].char == ' ' {
			end++
		}
		if end == len(marks) || marks[end].char != 'X' && marks[end].char != 'x' {
			return 0, false
		}
		return end + 1, isRegion(digits) && isBirthday(digits[6:14])
	case 18:
		return end, isRegion(digits) && isBirthday(digits[6:14])
	}
	return 0, false
}

// provinces are the first two digits of GB/T 2260.
var provinces = regexp.MustCompile(`^(1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|91)`)

func isRegion(digits string) bool { return provinces.MatchString(digits) }

// isBirthday takes a date of the years 1880 to 2099.
func isBirthday(yyyymmdd string) bool {
	day, err := time.Parse("20060102", yyyymmdd)
	return err == nil && day.Year() >= 1880 && day.Year() < 2100
}
