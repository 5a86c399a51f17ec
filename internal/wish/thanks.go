package wish

import (
	"context"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Thanks is what the owner says once the wish is fulfilled: stars, a sentence, or
// both.
type Thanks struct {
	Rating  *int // 1 to 5 stars
	Comment string
}

func (t *Thanks) check() error {
	a := Answer{Rating: t.Rating, Comment: t.Comment}
	if err := a.check(); err != nil {
		return err
	}
	t.Comment = a.Comment
	if t.Rating == nil && t.Comment == "" {
		return fault.BadField("comment", "请选几颗星，或者说一句谢谢。")
	}
	return nil
}

// Thank adds the owner's thanks to a fulfilled wish, once. Errors:
// fault.ReasonNotFound, fault.ReasonForbidden, fault.ReasonClaimState.
func (m *Matter) Thank(by Actor, t Thanks) error {
	switch {
	case m.Wish.OwnerID != by.ID && !m.Claim.hasParticipant(by.ID):
		return fault.New(fault.ReasonNotFound)
	case m.Wish.OwnerID != by.ID:
		return fault.New(fault.ReasonForbidden).Saying("谢谢由许愿人自己来说。")
	case m.Claim.Rating != nil || m.Claim.Comment != "" && m.Claim.Status == state.ClaimConfirmed:
		return fault.New(fault.ReasonClaimState).Saying("您已经谢过了。")
	}
	m.Claim.Rating, m.Claim.Comment = t.Rating, t.Comment
	return m.Claim.move(state.EventThank)
}

// Thank takes the owner's thanks, which claimant and participants read. Errors:
// those of Matter.Thank, fault.ReasonInvalidInput.
func (s *Service) Thank(ctx context.Context, actor id.User, claim id.Claim, t Thanks, onCommit mysql.OnCommit[Claim]) (
	Claim, error) {
	if err := t.check(); err != nil {
		return Claim{}, err
	}
	return s.act(ctx, actor, claim, onCommit, rule{apply: func(tx *mysql.Tx, m *Matter, by Actor) (matter.Step, error) {
		clean := t
		var err error
		if clean.Comment, err = s.claimText(tx, m.Claim, "comment",
			content.Writing{Writer: actor, Text: t.Comment}); err != nil {
			return matter.Step{}, err
		}
		return matter.Step{Actor: actor, Name: state.EventThank}, m.Thank(by, clean)
	}})
}
