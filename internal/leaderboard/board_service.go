package leaderboard

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/flight"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/outbox"
	"xinyuan/internal/redis"
)

// Service answers questions about boards and keeps them up to date.
type Service struct {
	db    *mysql.DB
	redis *redis.Client
	box   *outbox.Box
	log   *slog.Logger

	fills atomic.Bool                // Redis gets the boards that are summed
	slots chan struct{}              // has as many boards as are summed just now
	tops  *flight.Kept[string, Page] // nil: nothing is kept
	names *names                     // nil: nothing is kept

	mu        sync.Mutex
	sums      map[string]*sum       // by board
	ancestors map[id.Node][]id.Node // the tree does not change while we run
}

// New returns the boards over the database, Redis and the outbox.
func New(db *mysql.DB, client *redis.Client, box *outbox.Box, log *slog.Logger) *Service {
	return &Service{
		db: db, redis: client, box: box, log: log,
		slots: make(chan struct{}, mostSums), sums: map[string]*sum{}, ancestors: map[id.Node][]id.Node{},
	}
}

// KeepFor has pages and names answered again for this time, since many ask for
// the same ones at once. What a posting or a withdrawn name changes shows later
// by at most twice as long.
func (s *Service) KeepFor(life time.Duration, machine *clock.Clock) {
	if life > 0 {
		s.tops = flight.NewKept[string, Page](machine, flight.For(life))
		s.names = newNames(machine, life, func(ctx context.Context, subject Subject, of []id.Subject) (
			map[id.Subject]string, error) {
			return readNames(ctx, s.db, subject, of)
		})
	}
}

// Query asks for a page of a board.
type Query struct {
	Board  Board
	Asker  id.Subject // the person who asks, or their unit, team or community; 0: none
	After  *Cursor    // nil: from the top
	Around bool       // the asker's neighbours instead; from the top for who is not on the board
	Limit  int
}

// neighbours is how many stand on either side of the asker.
const neighbours = 10

// Place is where somebody stands. Equal scores share a rank: 1, 1, 3.
type Place struct {
	Rank  int64
	Score int64
}

// Entry is one line of a board.
type Entry struct {
	Place
	// Subject is zero for a person who has not agreed to be named, and Name then
	// stands for anybody.
	Subject id.Subject
	Name    string
}

// anonymous is how a person appears who has not agreed to be named: only members
// earn points, everybody minutes.
func (m Metric) anonymous() string {
	if m == MetricMinutes {
		return "一位志愿者"
	}
	return "一位党员"
}

// Page is a part of a board.
type Page struct {
	Entries []Entry
	Next    *Cursor // nil: there is no more
	Me      *Place  // nil: the asker is not on the board
	AsOf    time.Time

	shared *shared // nil: the page is nobody else's
}

// shared is what all who get a kept page get alike.
type shared struct {
	once sync.Once
	text []byte
	err  error
}

// Text is what the page says apart from Me, as encode writes it: once for all who share the
// page, and nobody changes it.
func (p Page) Text(encode func(Page) ([]byte, error)) ([]byte, error) {
	if p.shared == nil {
		return encode(p)
	}
	p.shared.once.Do(func() { p.shared.text, p.shared.err = encode(p) })
	return p.shared.text, p.shared.err
}

// standing is a page as read, before names.
type standing struct {
	scores []total
	before int64 // how many stand before the first
	higher int64 // how many of them have a higher score
	me     *Place
}

// GetPage returns a page of the board, from Redis while it is whole there.
func (s *Service) GetPage(ctx context.Context, q Query) (Page, error) {
	if s.tops == nil || q.Around {
		return s.read(ctx, q)
	}
	// The page is everybody's, the place is the asker's own.
	all := q
	all.Asker = 0
	p, err := s.tops.Get(ctx, all.key(), func(ctx context.Context) (Page, error) {
		p, err := s.read(ctx, all)
		p.shared = &shared{}
		return p, err
	})
	if err != nil {
		return p, err
	}
	me, whole, err := s.place(ctx, q.Board.key(), q.Asker)
	if err != nil || !whole {
		return s.read(ctx, q) // says in the log what is wrong with Redis
	}
	p.Me = me
	return p, nil
}

// key tells the pages of all boards apart.
func (q Query) key() string {
	after := ""
	if q.After != nil {
		after = q.After.String()
	}
	return fmt.Sprintf("%s %s %d", q.Board.key(), after, q.Limit)
}

func (s *Service) read(ctx context.Context, q Query) (Page, error) {
	if q.Around {
		q.Limit = 2*neighbours + 1
	}
	want := q
	want.Limit++ // one more tells whether there is a next page
	st, asOf, err := s.stand(ctx, want)
	if err != nil {
		return Page{}, err
	}
	p := Page{Me: st.me, AsOf: asOf}
	if len(st.scores) > q.Limit {
		st.scores = st.scores[:q.Limit]
		last := st.scores[q.Limit-1]
		p.Next = &Cursor{last.Score, last.Subject}
	}
	p.Entries, err = s.named(ctx, q.Board, st)
	return p, err
}

// stand reads a page from Redis while the board is whole there, or cuts it out of the sum. It tells of when it is.
func (s *Service) stand(ctx context.Context, q Query) (standing, time.Time, error) {
	board := q.Board.key()
	for {
		before := s.underWay(board)
		st, whole, err := s.fromRedis(ctx, board, q)
		if err == nil && whole {
			return st, s.db.Now(), nil
		}
		if err != nil {
			s.log.WarnContext(ctx, "leaderboard: Redis is out of reach", "error", err)
		}
		r, err := s.sumOf(ctx, board, before)
		if err != nil {
			return st, time.Time{}, err
		}
		if r != nil {
			return r.page(q), r.asOf, nil
		}
	}
}

// FindTeam is the team that the person joined first and is still in; 0 for none.
func (s *Service) FindTeam(ctx context.Context, person id.User) (id.Team, error) {
	var team id.Team
	var found bool
	err := s.db.Read(ctx, mysql.Maybe(&team, &found, "leaderboard.team_of", mysql.Args{"user": person}))
	return team, err
}

// named gives ranks and names to the scores.
func (s *Service) named(ctx context.Context, board Board, st standing) ([]Entry, error) {
	if len(st.scores) == 0 {
		return nil, nil
	}
	subjects := make([]id.Subject, len(st.scores))
	for i, t := range st.scores {
		subjects[i] = t.Subject
	}
	names, err := s.namesOf(ctx, board.Subject, subjects)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(st.scores))
	rank := st.higher + 1
	for i, t := range st.scores {
		if i > 0 && t.Score != st.scores[i-1].Score {
			rank = st.before + int64(i) + 1
		}
		entries[i] = Entry{Place: Place{rank, t.Score}, Name: board.Metric.anonymous()}
		if name := names[t.Subject]; name != "" {
			entries[i].Subject, entries[i].Name = t.Subject, name
		}
	}
	return entries, nil
}
