// Package certificate is what people take away on paper: the card of a person's
// service, certificates of it, and a unit's quarterly card. It writes only its
// own tables.
package certificate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/state"
)

// Field is something of a certificate that its holder may let everybody see who
// has its code.
type Field string

// The fields. The name is shown with its middle hidden: who checks compares it
// with the paper.
const (
	FieldName    Field = "name"
	FieldNumber  Field = "number"
	FieldHours   Field = "hours"
	FieldContent Field = "content"
)

// Fields lists every field.
func Fields() []Field { return []Field{FieldName, FieldNumber, FieldHours, FieldContent} }

// codeForm is what every code looks like: rand.Text in small letters.
var codeForm = regexp.MustCompile(`^[a-z2-7]{26}$`)

// IsCode tells whether a text can be the code of a certificate at all.
func IsCode(text string) bool { return codeForm.MatchString(text) }

// NameSource is where the name on the paper comes from. Paper and page say it.
type NameSource string

// The sources of names.
const (
	NameByRoster    NameSource = "roster"    // of a report-in that the unit's roster approved
	NameByCommunity NameSource = "community" // its staff approved the report-in, or saw the ID document
	NameBySelf      NameSource = "self"      // typed by the holder
)

// NameSources lists every source.
func NameSources() []NameSource { return []NameSource{NameByRoster, NameByCommunity, NameBySelf} }

// String says it to whoever reads the paper.
func (s NameSource) String() string {
	switch s {
	case NameByRoster:
		return "姓名经单位名册核对"
	case NameByCommunity:
		return "姓名由社区核对"
	case NameBySelf:
	}
	return "姓名由本人填写"
}

// Item is a record of service as the certificate has it.
type Item struct {
	RecordID  id.Record `db:"record_id"`
	StartedAt time.Time `db:"started_at"`
	Title     string    `db:"title"`
	Place     string    `db:"place"` // the team, or the community
	Minutes   int       `db:"minutes"`
}

// Certificate is a certificate of service, as it was when it was issued.
type Certificate struct {
	ID          id.Certificate          `db:"id"`
	UserID      id.User                 `db:"user_id"`
	NodeID      id.Node                 `db:"node_id"` // of the issuer
	Serial      string                  `db:"serial"`
	Lookup      string                  `db:"code"`         // finds it by its code; the plain code until that is sealed
	Sealed      []byte                  `db:"code_sealed"`  // nil: see Lookup
	Code        string                  `db:"-"`            // by which anyone checks it: see openCodes
	Number      string                  `db:"number"`       // the volunteer's
	HolderName  []byte                  `db:"holder_name"`  // sealed
	HolderLabel string                  `db:"holder_label"` // with its middle hidden
	NameSource  NameSource              `db:"name_source"`
	IssuedBy    *id.User                `db:"issued_by"` // staff who issued it for the holder; nil: the holder did
	From        time.Time               `db:"from_at"`
	Until       time.Time               `db:"until_at"` // the first moment that counts no longer
	Minutes     int                     `db:"minutes"`
	Records     int                     `db:"records"`
	Shows       Shown                   `db:"shows"`
	Issuer      string                  `db:"issuer"`
	Handler     string                  `db:"handler"`
	Contact     string                  `db:"contact"`
	Connected   bool                    `db:"is_connected"` // to the national volunteer system
	Status      state.CertificateStatus `db:"status"`
	IssuedAt    time.Time               `db:"issued_at"`
	RevokedAt   *time.Time              `db:"revoked_at"`
	Version     int                     `db:"version"`

	Changed    int `db:"changed"`     // how many of its records have been corrected since
	MinutesNow int `db:"minutes_now"` // of its span, as they are now
}

// IsSuperseded tells whether a correction has changed the hours since.
func (c Certificate) IsSuperseded() bool { return c.Changed > 0 }

// IsOutdated tells whether another one of its span would say other hours, by a
// correction or by service that was credited since.
func (c Certificate) IsOutdated() bool {
	return c.Status == state.CertificateIssued && c.MinutesNow != c.Minutes
}

// Shown is the fields that the holder chose to show, with commas.
type Shown string

// Has tells whether the field is shown.
func (s Shown) Has(f Field) bool { return slices.Contains(s.List(), f) }

// List is the fields one by one.
func (s Shown) List() []Field {
	list := []Field{}
	for part := range strings.SplitSeq(string(s), ",") {
		if part != "" {
			list = append(list, Field(part))
		}
	}
	return list
}

// shown puts the chosen fields in their order, each once.
func shown(chosen []Field) Shown {
	var parts []string
	for _, f := range Fields() {
		if slices.Contains(chosen, f) {
			parts = append(parts, string(f))
		}
	}
	return Shown(strings.Join(parts, ","))
}

// Request is what a certificate is asked for: the business days of From to Until,
// both included.
type Request struct {
	From, Until time.Time
	Show        []Field
	Name        string // as in the holder's ID document; needed where there is no report-in, which has its own
}

// MaxItems is how many records a certificate lists at most.
const MaxItems = 500

// span is the request's moments, [from, until). Error: fault.ReasonInvalidInput.
func (r Request) span(now time.Time) (from, until time.Time, err error) {
	from, until = clock.Date(r.From), clock.NextDay(clock.Date(r.Until))
	switch {
	case from.Year() < 2000:
		return from, until, fault.BadField("from", "请从 2000 年以后的日子开始。")
	case !until.After(from):
		return from, until, fault.BadField("until", "结束的日子不能早于开始的日子。")
	case until.After(clock.NextDay(now)):
		return from, until, fault.BadField("until", "结束的日子最晚是今天。")
	}
	return from.UTC(), until.UTC(), nil
}

// checkName refuses what cannot be a person's name. Error:
// fault.ReasonInvalidInput.
func checkName(name string) error {
	wrong := fault.WrongText(name, "姓名", membership.MaxRealName)
	switch {
	case fault.IsBlank(name):
		wrong = "请填写与身份证一致的姓名。"
	case wrong == "" && (utf8.RuneCountInString(name) < 2 || strings.ContainsFunc(name, isNoLetter)):
		wrong = "请填写与身份证一致的姓名，不要有数字和符号。"
	}
	if wrong != "" {
		return fault.BadField("name", wrong)
	}
	return nil
}

// isNoLetter tells whether the character is in no name. Names have dots, and some
// apostrophes; rare characters may not be assigned yet, or choose their variant.
func isNoLetter(r rune) bool {
	return unicode.IsDigit(r) || unicode.In(r, unicode.C) || unicode.IsSymbol(r) ||
		unicode.IsPunct(r) && !strings.ContainsRune("·•・･‧∙⋅．.'’-", r)
}

// cover puts the items into the certificate. Errors: fault.ReasonNoService,
// fault.ReasonInvalidInput for more than a certificate lists.
func (c *Certificate) cover(items []Item) error {
	switch {
	case len(items) == 0:
		return fault.New(fault.ReasonNoService)
	case len(items) > MaxItems:
		return fault.BadField("from", fmt.Sprintf("这段时间的服务超过 %d 次，请分成几段来开。", MaxItems))
	}
	c.Minutes, c.Records = 0, len(items)
	for _, i := range items {
		c.Minutes += i.Minutes
	}
	c.MinutesNow = c.Minutes
	return nil
}

// opens tells by which grant the person reads the paper; nil for its holder.
// Errors: fault.ReasonNotFound for whom it does not exist,
// fault.ReasonNotYourCommunity for who only sees that it is there.
func (c Certificate) opens(by id.User, grants grant.Grants, now time.Time) (*id.Grant, error) {
	g, refused := grant.Eligible(grants, grant.Parties{Personal: []id.User{c.UserID}}, now)
	switch {
	case c.UserID == by:
		return nil, nil //nolint:nilnil // the holder needs no grant
	case refused == nil:
		return &g.ID, nil
	case grants.Reads(now):
		return nil, refused
	}
	return nil, fault.New(fault.ReasonNotFound)
}

// move takes the certificate on. Error: fault.ReasonCertificateState.
func (c *Certificate) move(e state.Event, now time.Time) error {
	next, ok := state.Certificate.Next(c.Status, e)
	if !ok {
		return fault.New(fault.ReasonCertificateState)
	}
	if c.Status = next; next == state.CertificateRevoked {
		c.RevokedAt = &now
	}
	return nil
}

// volunteerNumber is four digits of the year, six of the running number and one
// that tells a mistyped number.
func volunteerNumber(year, running int) string {
	digits := fmt.Sprintf("%04d%06d", year, running)
	return digits + string(check(digits))
}

// IsNumber tells whether the last digit of a volunteer's number follows from
// the others.
func IsNumber(number string) bool {
	return len(number) == 11 && strings.Trim(number, "0123456789") == "" && number[10] == check(number[:10])
}

// check is the digit of ISO/IEC 7812-1 (Luhn).
func check(digits string) byte {
	sum := 0
	for i := range len(digits) {
		n := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 {
			n *= 2
		}
		sum += n/10 + n%10
	}
	return byte('0' + (10-sum%10)%10)
}

func serialNumber(year, running int) string { return fmt.Sprintf("XY-%04d-%06d", year, running) }
