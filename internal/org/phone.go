package org

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"xinyuan/internal/fault"
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

// SetPhone publishes a number that people may dial about the place, or with an
// empty one takes it away. The same number again changes nothing. Errors:
// fault.ReasonInvalidInput, also for places that have none,
// fault.ReasonNotFound, fault.ReasonNotYourCommunity for who does not decide there.
func (t *Tree) SetPhone(ctx context.Context, actor id.User, node id.Node, phone string, onCommit mysql.OnCommit[Node]) (
	Node, error) {
	phone, right := Phone(phone)
	if !right {
		return Node{}, fault.BadField("servicePhone", "请写带区号的座机号、手机号，或者 400、12345 这样的号码。")
	}
	var n Node
	err := t.db.Tx(ctx, func(tx *mysql.Tx) error {
		var grants Grants
		err := tx.Read(ctx, mysql.One(&n, "org.lock_node", mysql.Args{"id": node}), Covering(&grants, actor, node))
		if errors.Is(err, mysql.ErrNone) {
			return fault.New(fault.ReasonNotFound)
		}
		if err != nil {
			return err
		}
		grant, refused := Eligible(grants, Parties{}, tx.Now())
		switch {
		case refused != nil:
			return refused
		case !n.Kind.HasPhone():
			return fault.BadField("servicePhone", "这里没有服务电话，请写到社区、村、街道或者县。")
		}
		if n.ServicePhone != phone {
			n.ServicePhone = phone
			err = PutPhone(tx, n, matter.Step{Actor: actor, Grant: &grant.ID})
			n.Version++
		}
		return errors.Join(err, onCommit.Do(tx, n, err))
	})
	return n, err
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

// Standing returns a person's grants and the number nearest to their home, that
// of the home or of what is above it; without a home the county's.
func (t *Tree) Standing(ctx context.Context, person id.User, home *id.Node) (Grants, *Line, error) {
	var (
		all  Grants
		line Line
		has  bool
	)
	err := t.db.Read(ctx, mysql.Many(&all, "org.grants", mysql.Args{"user": person}),
		mysql.Maybe(&line, &has, "org.line", mysql.Args{"home": home}))
	if err != nil || !has {
		return all, nil, err
	}
	return all, &line, nil
}
