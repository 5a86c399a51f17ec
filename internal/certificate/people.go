package certificate

import (
	"context"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Person is somebody for whom staff may issue a certificate.
type Person struct {
	UserID      id.User   `db:"user_id"`
	Name        string    `db:"name"`            // display name
	WrittenDown bool      `db:"is_written_down"` // has no phone
	ReportedIn  bool      `db:"is_reported_in"`  // the name for the paper is known
	UnitName    string    `db:"unit_name"`       // of the report-in; tells namesakes apart
	Number      string    `db:"number"`          // the volunteer's; empty: none yet
	Records     int       `db:"records"`
	Minutes     int64     `db:"minutes"`
	First       time.Time `db:"first_at"`
	Last        time.Time `db:"last_at"`
}

// PeopleFilter chooses them: of a community, whose display name has the words or
// whose number they are. Before 0 is the first page.
type PeopleFilter struct {
	Node   id.Node
	Words  string
	Before id.User
	Limit  int
}

// ListPeople lists who has credited service and belongs to the community, for its
// deciding staff. Error: fault.ReasonForbidden.
func (s *Service) ListPeople(ctx context.Context, actor id.User, f PeopleFilter) ([]Person, error) {
	f.Before = id.OrLatest(f.Before)
	var (
		grants grant.Grants
		all    []Person
		words  = strings.TrimSpace(f.Words)
		number string // compares with digits only
	)
	if IsNumber(words) {
		number = words
	}
	err := s.db.Read(ctx, grant.Covering(&grants, actor, f.Node), mysql.Many(&all, "certificate.people", mysql.Args{
		"node": f.Node, "words": words, "number": number, "before": f.Before, "limit": f.Limit,
	}))
	if err == nil && !grants.Decides(s.db.Now()) {
		return nil, fault.New(fault.ReasonForbidden)
	}
	return all, err
}
