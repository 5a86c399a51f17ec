package need

import (
	"context"
	"slices"
	"strings"

	"xinyuan/internal/fault"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// FromHotline is what the hotline passes on under its number: whoever called has told it there, and may have left no
// number.
func FromHotline(number string, d Draft) Draft {
	d.OnBehalf = &Behalf{Consent: ConsentOral, Origin: OriginHotline, Hotline: number, checked: true}
	return d
}

// Check trims the draft. Error: fault.ReasonInvalidInput, with what is wrong in each field.
func (d *Draft) Check() error { return d.check() }

// Receive writes a need that the hotline passed on, in the transaction of who imports it; nobody here has written it
// down. Errors: those of Draft.Check, fault.ReasonNotACommunity.
func (s *Service) Receive(ctx context.Context, tx *mysql.Tx, d Draft) (Need, error) {
	if err := d.check(); err != nil {
		return Need{}, err
	}
	var node org.Node
	var placed bool
	if err := tx.Read(ctx, org.WantNode(ctx, &node, &placed, d.NodeID)); err != nil {
		return Need{}, err
	}
	if !placed || !node.Kind.TakesWishes() {
		return Need{}, fault.New(fault.ReasonNotACommunity)
	}
	return s.submit(ctx, tx, 0, d, node)
}

// CategoryNamed is the category that people call so.
func CategoryNamed(name string) (Category, bool) {
	all := Categories()
	i := slices.IndexFunc(all, func(c Category) bool { return c.Name() == name || string(c) == name })
	if i < 0 {
		return "", false
	}
	return all[i], true
}

// CategoryNames are all of them, as one reads them in a sentence.
func CategoryNames() string {
	var names []string
	for _, c := range Categories() {
		names = append(names, c.Name())
	}
	return strings.Join(names, "、")
}
