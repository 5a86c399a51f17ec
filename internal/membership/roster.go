package membership

import (
	"context"
	"errors"
	"slices"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/seal"
	"xinyuan/internal/state"
)

// MaxReportIns is how many times a person may report in within a business month, those taken back included: otherwise
// one could try names until the roster has one.
const MaxReportIns = 3

// NamePlace is where the real name of a report-in lies sealed.
func NamePlace(m id.Membership) seal.Place {
	return seal.Place{Table: "memberships", Column: "real_name", Row: int64(m)}
}

// nameLookups is what is known of a real name at a unit: the hashes under which it may be stored, how many people the
// roster has of it, and who else reported in under it.
type nameLookups struct {
	own    []string // under each key, the current one first
	listed struct {
		Lookup string `db:"name_lookup"`
		People int    `db:"people"`
	}
	onRoster  bool
	phoned    bool     // the roster has numbers
	phones    []string // that it has beside the name, hashed
	sealed    []byte   // the person's own number, verified by WeChat; nil: none
	namesakes []struct {
		ID     id.Membership          `db:"id"`
		Status state.MembershipStatus `db:"status"`
		Slot   int                    `db:"roster_slot"` // 0: not approved by the roster
	}
}

// want reads what is known and holds the roster's row.
func (n *nameLookups) want(unit id.Node, person id.User) []mysql.Want {
	args := mysql.Args{"unit": unit, "names": n.own, "user": person}
	return []mysql.Want{
		mysql.Maybe(&n.listed, &n.onRoster, "membership.lock_listed", args),
		mysql.Many(&n.namesakes, "membership.namesakes", args), mysql.Many(&n.phones, "membership.listed_phones", args),
		mysql.One(&n.phoned, "membership.roster_is_phoned", args),
	}
}

// approved is which of the listed people the roster says this person is. Where the roster has
// numbers, one of those beside the name has to be the person's own. nil: staff decide.
func (n *nameLookups) approved(sealer *seal.Sealer, person id.User) (*int, error) {
	slot := n.freeSlot()
	if slot == nil || !n.phoned {
		return slot, nil
	}
	if n.sealed == nil || len(n.phones) == 0 {
		return nil, nil //nolint:nilnil // nobody whom the roster knows
	}
	own, err := sealer.Open(seal.Place{Table: "users", Column: "phone", Row: int64(person)}, n.sealed)
	if err != nil {
		return nil, err
	}
	for _, lookup := range sealer.LookupAll(seal.PurposeRosterPhone, own) {
		if slices.Contains(n.phones, lookup) {
			return slot, nil
		}
	}
	return nil, nil //nolint:nilnil // the name is known, and the number is not
}

// stored is the hash that the report-in keeps: the roster's, so that all of the name at the unit are found together.
func (n *nameLookups) stored() *string {
	if n.onRoster {
		return &n.listed.Lookup
	}
	return &n.own[0]
}

// freeSlot is which of the listed people nobody has reported in as; nil if the name is unknown or used.
func (n *nameLookups) freeSlot() *int {
	if !n.onRoster {
		return nil
	}
	taken := map[int]bool{}
	for _, other := range n.namesakes {
		if other.Status == state.MembershipActive {
			taken[other.Slot] = true
		}
	}
	for slot := 1; slot <= n.listed.People; slot++ {
		if !taken[slot] {
			return &slot
		}
	}
	return nil
}

// earlier is the report-in of another person that staff see beside this one; 0 for none.
func (n *nameLookups) earlier() id.Membership {
	if len(n.namesakes) == 0 {
		return 0
	}
	return n.namesakes[0].ID
}

// Add writes an active report-in with its history in the transaction, approved by a roster on which it puts
// the name: for seeds.
func Add(tx *mysql.Tx, sealer *seal.Sealer, m Membership, realName string) (id.Membership, error) {
	lookup := sealer.Lookup(seal.PurposeName, NameKey(realName))
	m.NameLookup = &lookup
	if err := add(tx, sealer, &m, realName, false); err != nil {
		return 0, err
	}
	before, now := m, tx.Now()
	if err := m.approve(nil, now); err != nil {
		return 0, err
	}
	args := mysql.Args{"id": m.ID, "unit": m.UnitID, "name": lookup, "at": now}
	return m.ID, errors.Join(
		(&Service{}).saveMembership(tx, before, m, matter.Step{Name: state.EventApprove}),
		tx.Add("membership.list_one_more", args), tx.Add("membership.set_newest_slot", args))
}

// fillSize is how many report-ins FillNames reads at a time.
const fillSize = 200

// FillNames opens the sealed name of each report-in whose hash is missing, or is that of another form of the name:
// names are compared in one form since. It stores the hash and, where the roster approved the report-in, which of the
// listed people it stands for, and moves the roster's row of the other form along. It returns how many it filled, and
// the active report-ins for which the roster has nobody left: staff look at those. It may be repeated.
func FillNames(ctx context.Context, db *mysql.DB, sealer *seal.Sealer) (filled int, left []id.Membership, err error) {
	var after id.Membership
	for {
		var rows []namedMembership
		err := db.Select(ctx, &rows, "membership.after", mysql.Args{"after": after, "limit": fillSize})
		if err != nil || len(rows) == 0 {
			return filled, left, err
		}
		for _, row := range rows {
			after = row.ID
			lookups, err := row.lookups(sealer)
			if err != nil {
				return filled, left, err
			}
			if row.Lookup != nil && slices.Contains(lookups, *row.Lookup) {
				continue
			}
			var unlisted bool
			err = db.Tx(ctx, func(tx *mysql.Tx) (err error) {
				unlisted, err = row.fill(ctx, tx, lookups)
				return err
			})
			if err != nil {
				return filled, left, err
			}
			filled++
			if unlisted {
				left = append(left, row.ID)
			}
		}
	}
}

// namedMembership is a report-in with the hash of its name, nil where it has none yet.
type namedMembership struct {
	ID       id.Membership          `db:"id"`
	UnitID   id.Node                `db:"unit_id"`
	Status   state.MembershipStatus `db:"status"`
	RealName []byte                 `db:"real_name"`
	Lookup   *string                `db:"name_lookup"`
	Slot     *int                   `db:"roster_slot"`
	ByRoster bool                   `db:"by_roster"`
}

// lookups opens the name and lists the hashes under which it may be stored.
func (m namedMembership) lookups(sealer *seal.Sealer) ([]string, error) {
	name, err := sealer.Open(NamePlace(m.ID), m.RealName)
	return sealer.LookupAll(seal.PurposeName, NameKey(name)), err
}

// fill writes the hash, and tells whether the roster approved an active report-in for which it has nobody.
func (m namedMembership) fill(ctx context.Context, tx *mysql.Tx, lookups []string) (unlisted bool, err error) {
	names := nameLookups{own: lookups}
	if m.Lookup != nil { // the roster's row of the other form, unless it has one of this form
		args := mysql.Args{"unit": m.UnitID, "was": *m.Lookup, "name": lookups[0]}
		err := errors.Join(tx.Add("membership.rename_listed", args), tx.Add("membership.rename_phones", args))
		if err != nil {
			return false, err
		}
	}
	if err := tx.Read(ctx, names.want(m.UnitID, 0)...); err != nil {
		return false, err
	}
	slot := m.Slot
	if slot == nil && m.ByRoster && m.Status == state.MembershipActive {
		slot = names.freeSlot()
		unlisted = slot == nil
	}
	return unlisted, tx.Add("membership.set_name", mysql.Args{"id": m.ID, "name": names.stored(), "slot": slot})
}
