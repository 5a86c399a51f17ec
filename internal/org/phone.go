package org

import (
	"errors"
	"regexp"
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// servicePhone is a landline with its area code, a mobile phone of the office, a
// 400 number, or a short one such as 12345.
var servicePhone = regexp.MustCompile(`^(0[0-9]{2,3}-?[0-9]{7,8}|1[3-9][0-9]{9}|400-?[0-9]{3}-?[0-9]{4}|1[0-9]{4})$`)

// Phone is a number as people may dial it, or false for what is none. Empty is
// right: no number.
func Phone(text string) (string, bool) {
	text = strings.NewReplacer(" ", "", "－", "-").Replace(strings.TrimSpace(text))
	return text, text == "" || servicePhone.MatchString(text)
}

// HasPhone tells whether places of this kind have a number of their own.
func (k Kind) HasPhone() bool {
	return k == KindCounty || k == KindStreet || k == KindGrid || k.TakesWishes()
}

// PutPhone writes a node's new number with the event that it is, which says by
// whom.
func PutPhone(tx *mysql.Tx, n Node, by matter.Step) error {
	by.Name, by.From = state.EventEdit, string(state.NodeActive)
	if by.Reason = "服务电话：" + n.ServicePhone; n.ServicePhone == "" {
		by.Reason = "不再公布服务电话"
	}
	_, err := matter.Save(tx, nil, matter.Matter{
		Noun: state.Node.Noun, ID: int64(n.ID), Node: n.ID, Status: string(state.NodeActive), Version: n.Version + 1,
	}, by)
	return errors.Join(err, tx.Add("org.save_phone", n))
}

// Line is a number to dial, and whose it is.
type Line struct {
	Name  string `db:"name"`
	Kind  Kind   `db:"kind"`
	Phone string `db:"service_phone"`
}

// WantLine wants the number nearest to a home, that of the home or of what is above
// it; without a home the county's. Found is false where nobody has one.
func WantLine(dest *Line, found *bool, home *id.Node) mysql.Want {
	return mysql.Maybe(dest, found, "org.line", mysql.Args{"home": home})
}
