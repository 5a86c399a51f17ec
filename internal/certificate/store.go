package certificate

import (
	"context"
	"errors"

	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
)

// missing turns the lack of a row into fault.ReasonNotFound.
func missing(err error) error {
	if errors.Is(err, mysql.ErrNone) {
		return fault.New(fault.ReasonNotFound)
	}
	return err
}

// holder is who is to hold a certificate, and the community that answers for them.
type holder struct {
	ID           id.User       `db:"id"`
	DisplayName  string        `db:"display_name"`
	MembershipID id.Membership `db:"membership_id"` // 0: no active report-in
	RealName     []byte        `db:"real_name"`     // sealed, of the report-in
	NameLabel    string        `db:"name_label"`
	Number       string        `db:"number"` // empty: none yet
	NodeID       id.Node       `db:"node_id"`
}

// readHolder holds the person's row, and reads who they are and what they served.
func readHolder(ctx context.Context, tx *mysql.Tx, c Certificate) (holder, []Item, error) {
	var (
		locked id.User
		h      holder
		items  []Item
		args   = mysql.Args{"user": c.UserID, "from": c.From, "until": c.Until, "limit": MaxItems + 1}
	)
	err := tx.Read(ctx, mysql.One(&locked, "certificate.lock_holder", args), mysql.One(&h, "certificate.holder", args),
		mysql.Many(&items, "certificate.served", args))
	return h, items, missing(err)
}

// nameOf is the name for the paper: the real one of the report-in, or what the
// person calls themself. It and Paper are the only readers of real names here.
func (s *Service) nameOf(h holder) (string, error) {
	if h.MembershipID == 0 {
		return h.DisplayName, nil
	}
	return s.sealer.Open(seal.Place{Table: "memberships", Column: "real_name", Row: int64(h.MembershipID)}, h.RealName)
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

// handler is the nearest of its staff.
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

// numbers gives the certificate its serial, and the person a number who has none.
func numbers(ctx context.Context, tx *mysql.Tx, c *Certificate) error {
	year := clock.Year(tx.Now())
	paper := mysql.Args{"kind": numberCertificate, "year": year}
	person := mysql.Args{"kind": numberVolunteer, "year": year}
	var (
		serial, number int
		from           issuer
		by             handler
		known          bool
	)
	wants := []mysql.Want{
		mysql.One(&serial, "certificate.last_number", paper),
		mysql.One(&from, "certificate.issuer", mysql.Args{"node": c.NodeID}),
		mysql.Maybe(&by, &known, "certificate.handler", mysql.Args{
			"node": c.NodeID, "user": c.UserID, "roles": id.Deciders(), "at": tx.Now(),
		}),
	}
	err := tx.Add("certificate.next_number", paper)
	if c.Number == "" {
		err = errors.Join(err, tx.Add("certificate.next_number", person))
		wants = append(wants, mysql.One(&number, "certificate.last_number", person))
	}
	if err = errors.Join(err, tx.Read(ctx, wants...)); err != nil {
		return err
	}
	if c.Number == "" {
		c.Number = volunteerNumber(year, number)
	}
	c.Serial = serialNumber(year, serial)
	c.Issuer, c.Handler, c.Contact = from.Parent+from.Name, by.String(), from.Phone
	return nil
}
