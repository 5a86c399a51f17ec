package grant

import (
	"context"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/org"
)

// ListOf lists all grants of a person, those of the past included.
func (s *Service) ListOf(ctx context.Context, person id.User) (Grants, error) {
	var all Grants
	err := s.db.Read(ctx, WantOf(&all, person))
	return all, err
}

// Reads tells whether the person may see, at the node, what is not public.
func (s *Service) Reads(ctx context.Context, person id.User, node id.Node) (bool, error) {
	var grants Grants
	err := s.db.Read(ctx, Covering(&grants, person, node))
	return grants.Reads(s.db.Now()), err
}

// RequireStaff is nil where the node exists and the person may see there what is not
// public. Errors: fault.ReasonNotFound, fault.ReasonNotYourCommunity.
func (s *Service) RequireStaff(ctx context.Context, person id.User, node id.Node) error {
	var (
		where  org.Node
		there  bool
		grants Grants
	)
	err := s.db.Read(ctx, org.WantNode(ctx, &where, &there, node), Covering(&grants, person, node))
	switch {
	case err != nil:
		return err
	case !there:
		return fault.New(fault.ReasonNotFound)
	case !grants.Reads(s.db.Now()):
		return fault.New(fault.ReasonNotYourCommunity)
	}
	return nil
}

// Overseen is where a person's grants in force reach. Communities stand for
// villages, too.
type Overseen struct {
	Communities []id.Node // whose matters they see that are not public
	Deciding    []id.Node // communities in which they decide
	Recording   []id.Node // communities in which they hold a post
	Units       []id.Node // of which they are the liaison
}

// ListOverseen lists where the person's grants reach. All is empty for most people.
func (s *Service) ListOverseen(ctx context.Context, person id.User) (Overseen, error) {
	var o Overseen
	grants, err := s.ListOf(ctx, person)
	if err != nil {
		return o, err
	}
	now := s.db.Now()
	for _, g := range grants {
		if !g.IsInForce(now) {
			continue
		}
		if g.Role == id.RoleUnitLiaison {
			o.Units = append(o.Units, g.NodeID)
			continue
		}
		var here []id.Node
		if err := s.db.Read(ctx, org.WantCommunities(&here, g.NodeID)); err != nil {
			return o, err
		}
		switch {
		case g.Role.Decides():
			o.Deciding = append(o.Deciding, here...)
		case g.Role.Records():
			o.Recording = append(o.Recording, here...)
		}
		if g.Role.SeesAll() {
			o.Communities = append(o.Communities, here...)
		}
	}
	return o, nil
}
