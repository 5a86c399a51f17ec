package grant

import (
	"context"
	"errors"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
)

// SetPhone publishes a number that people may dial about the place, or with an
// empty one takes it away. The same number again changes nothing. Errors:
// fault.ReasonInvalidInput, also for places that have none,
// fault.ReasonNotFound, fault.ReasonNotYourCommunity for who does not decide there.
func (s *Service) SetPhone(ctx context.Context, actor id.User, node id.Node, phone string,
	onCommit mysql.OnCommit[org.Node]) (org.Node, error) {
	phone, right := org.Phone(phone)
	if !right {
		return org.Node{}, fault.BadField("servicePhone", "请写带区号的座机号、手机号，或者 400、12345 这样的号码。")
	}
	var n org.Node
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		var grants Grants
		err := tx.Read(ctx, org.LockNode(&n, node), Covering(&grants, actor, node))
		if err != nil {
			return mysql.NotFound(err)
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
			err = org.PutPhone(tx, n, matter.Step{Actor: actor, Grant: &grant.ID})
			n.Version++
		}
		return errors.Join(err, onCommit.Do(tx, n, err))
	})
	return n, err
}
