package certificate

import (
	"context"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Year is a person's service in a business year.
type Year struct {
	Year    int   `db:"year"`
	Records int   `db:"records"`
	Minutes int64 `db:"minutes"`
}

// Team is a team that somebody is in.
type Team struct {
	ID   id.Team        `db:"id"`
	Name string         `db:"name"`
	Role state.TeamRole `db:"role"`
}

// Card is what a person has served: credited records only.
type Card struct {
	Number  string // the volunteer's; empty before the first certificate
	Minutes int64
	Records int
	Years   []Year // the latest first
	Teams   []Team
}

// starHours are the hours from which a volunteer has one star, two and so on
// (志愿服务记录办法).
var starHours = []int64{100, 300, 600, 1000, 1500}

// Stars is how many stars the hours are worth, from how many hours on there is
// one more (0: there are no more), and how many minutes are missing to it.
func (c Card) Stars() (stars int, nextHours, missing int64) {
	for _, hours := range starHours {
		if c.Minutes < hours*60 {
			return stars, hours, hours*60 - c.Minutes
		}
		stars++
	}
	return stars, 0, 0
}

// GetCard reads a person's card.
func (s *Service) GetCard(ctx context.Context, person id.User) (Card, error) {
	var (
		c     Card
		known bool
		args  = mysql.Args{"user": person}
	)
	err := s.db.Read(ctx, mysql.Maybe(&c.Number, &known, "certificate.number", args),
		mysql.Many(&c.Years, "certificate.years", args), mysql.Many(&c.Teams, "certificate.teams", args))
	for _, y := range c.Years {
		c.Minutes, c.Records = c.Minutes+y.Minutes, c.Records+y.Records
	}
	return c, err
}
