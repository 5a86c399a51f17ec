package certificate

import (
	"context"
	"errors"

	"xinyuan/internal/clock"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// holder is who is to hold a certificate, and the community that answers for them.
type holder struct {
	ID           id.User       `db:"id"`
	MembershipID id.Membership `db:"membership_id"` // 0: no active report-in
	RealName     []byte        `db:"real_name"`     // sealed, of the report-in
	ByRoster     bool          `db:"by_roster"`     // the unit's roster approved it
	Number       string        `db:"number"`        // empty: none yet
	NodeID       id.Node       `db:"node_id"`

	items []Item       // what they served in the span
	last  *Certificate // that shows the same of it, and whose records still stand; nil: none
}

// readHolder holds the person's row, and reads who they are and what they served.
// Error: fault.ReasonNotFound.
func readHolder(ctx context.Context, tx *mysql.Tx, c Certificate) (holder, error) {
	var (
		locked []id.User
		h      holder
		last   Certificate
		there  bool
		args   = mysql.Args{"user": c.UserID, "from": c.From, "until": c.Until, "shows": c.Shows, "limit": MaxItems + 1}
	)
	err := tx.Read(ctx, org.HoldPeople(tx, &locked, c.UserID), mysql.One(&h, "certificate.holder", args),
		mysql.Many(&h.items, "certificate.served", args), mysql.Maybe(&last, &there, "certificate.last", args))
	if there {
		h.last = &last
	}
	return h, mysql.NotFound(err)
}

// namePlace is where a certificate keeps its holder's name.
func namePlace(c id.Certificate) seal.Place {
	return seal.Place{Table: "certificates", Column: "holder_name", Row: int64(c)}
}

// save queues a new certificate, its items, and the number of a new volunteer.
func save(tx *mysql.Tx, c Certificate, first bool, items []Item) error {
	var all error
	if first {
		all = tx.Add("certificate.add_volunteer", mysql.Args{"user": c.UserID, "number": c.Number, "at": c.IssuedAt})
	}
	all = errors.Join(all, tx.Add("certificate.add", c))
	for i, item := range items {
		all = errors.Join(all, tx.Add("certificate.add_item", mysql.Args{
			"certificate": c.ID, "line": i + 1, "record_id": item.RecordID, "started_at": item.StartedAt,
			"title": item.Title, "place": item.Place, "minutes": item.Minutes,
		}))
	}
	return all
}

// issuer is the community that issues.
type issuer struct {
	Name   string `db:"name"`
	Parent string `db:"parent_name"`
	Phone  string `db:"phone"` // at which people ask; may be empty
}

// handler is who of the staff issued it, or the nearest of them.
type handler struct {
	Name  string  `db:"name"`
	Role  id.Role `db:"role"`
	Place string  `db:"place"`
}

// String is the handler as the paper has them; empty where there is nobody.
func (h handler) String() string {
	switch {
	case h.Name == "":
		return ""
	case h.Role == id.RoleSecretary:
		return h.Name + "（" + h.Place + "书记）"
	}
	return h.Name + "（" + h.Place + "负责人）"
}

// volunteers is the kind of the numbers of people who serve.
const volunteers = "volunteer"

// numbers gives the certificate its serial, and the person a number who has none.
func numbers(ctx context.Context, tx *mysql.Tx, c *Certificate) error {
	year := clock.Year(tx.Now())
	var staff id.User
	if c.IssuedBy != nil {
		staff = *c.IssuedBy
	}
	var (
		serial, number int
		from           issuer
		by             handler
		known          bool
	)
	paper, err := matter.NextNumber(tx, &serial, matter.Numbering{Kind: state.Certificate.Noun, Year: year})
	if err != nil {
		return err
	}
	wants := []mysql.Want{
		paper,
		mysql.One(&from, "certificate.issuer", mysql.Args{"node": c.NodeID}),
		mysql.Maybe(&by, &known, "certificate.handler", mysql.Args{
			"node": c.NodeID, "user": c.UserID, "staff": staff, "roles": id.Deciders(), "at": tx.Now(),
		}),
	}
	if c.Number == "" {
		person, err := matter.NextNumber(tx, &number, matter.Numbering{Kind: volunteers, Year: year})
		if err != nil {
			return err
		}
		wants = append(wants, person)
	}
	if err := tx.Read(ctx, wants...); err != nil {
		return err
	}
	if c.Number == "" {
		c.Number = volunteerNumber(year, number)
	}
	c.Serial = serialNumber(year, serial)
	c.Issuer, c.Handler, c.Contact = from.Parent+from.Name, by.String(), from.Phone
	return nil
}
