package membership

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Colleague is a member of the same unit.
type Colleague struct {
	ID          id.User `db:"id"`
	DisplayName string  `db:"display_name"`
	NodeName    string  `db:"node_name"` // where they serve
}

// maxColleagues is how many are listed; a unit of the county has at most some dozens.
const maxColleagues = 200

// ListColleagues are the active members of the person's own unit, those of the same
// community first; nobody for who is no member.
func (p *Service) ListColleagues(ctx context.Context, person id.User) ([]Colleague, error) {
	var all []Colleague
	err := p.db.Select(ctx, &all, "membership.colleagues", mysql.Args{"user": person, "limit": maxColleagues})
	return all, err
}
