package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/redis"
	"xinyuan/internal/user"
	"xinyuan/internal/wish"
)

type scale struct{ wishes, scores, perRound int }

// stage is a running application, with members who are logged in, and the bare
// versions beside it.
type stage struct {
	scale
	t       *testing.T
	w       *apptest.Town
	bare    *bare
	server  *httptest.Server // of the bare versions
	client  *http.Client
	members []id.User
	tokens  []string
	owner   id.User
	token   string // of the owner
	ready   []string
	deep    string // the id in the middle of the large community
	board   string
	million string
}

func newStage(t *testing.T, size scale) *stage {
	t.Helper()
	s := &stage{scale: size, t: t, w: apptest.NewTown(apptest.New(t), 0)}
	s.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 2 * workers}}
	s.addMembers(size.perRound*rounds/2 + workers)
	s.owner = s.w.People["resident"]
	s.token = s.logIn(s.owner)
	s.fillHall()
	s.bare = newBare(s)
	s.server = httptest.NewServer(s.bare.handler())
	t.Cleanup(s.server.Close)
	s.board = s.fillBoard(s.w.Home, min(1000, size.scores))
	s.million = s.fillBoard(s.w.Far, size.scores)
	return s
}

func (s *stage) addMembers(n int) {
	must(s.t, s.w.App.DB.Tx(s.t.Context(), func(tx *mysql.Tx) error {
		for i := range n {
			u, err := user.Add(tx, fmt.Sprint("bench-", i), user.User{ShowOnBoards: true})
			if err != nil {
				return err
			}
			m := user.Membership{UserID: u.ID, NodeID: s.w.Home, UnitID: s.w.Unit}
			if _, err := user.AddMembership(tx, s.w.App.Sealer, m, "王建国"); err != nil {
				return err
			}
			s.members = append(s.members, u.ID)
		}
		return nil
	}))
	for _, m := range s.members {
		s.tokens = append(s.tokens, s.logIn(m))
	}
}

func (s *stage) logIn(person id.User) string {
	sessions := redis.NewSessions(s.w.App.Redis, s.w.Clocks.Machine, time.Hour)
	session, err := sessions.Create(s.t.Context(), person)
	must(s.t, err)
	return session.Token
}

// fillHall makes one community large: a published wish, copied again and again.
func (s *stage) fillHall() {
	draft := wish.Draft{
		NodeID: s.w.Sister, Category: "repair", Title: "厨房水龙头关不严", Description: "一直滴水，夜里听着睡不着。",
		Contact: wish.Contact{Name: "刘桂兰", Phone: "13843512345", Address: "振兴路12号"},
	}
	w, err := s.w.App.Wishes.Submit(s.t.Context(), s.owner, draft, nil)
	must(s.t, err)
	_, err = s.w.App.Wishes.Review(s.t.Context(), s.w.People["street"], w.ID, wish.Review{Publish: true}, nil)
	must(s.t, err)
	for n := 1; n < s.wishes; n *= 2 {
		s.exec(`INSERT INTO wishes (id, node_id, year, number, owner_id, category, is_sensitive, title, description,
			owner_label, contact_name, contact_phone, contact_address, points, status, created_at, submitted_at, published_at)
			SELECT id - ?, node_id, year, number + ?, owner_id, category, is_sensitive, title, description, owner_label,
			contact_name, contact_phone, contact_address, points, status, created_at, submitted_at, published_at
			FROM wishes WHERE node_id = ?`, n, n, s.w.Sister)
	}
	s.exec("ANALYZE TABLE wishes") //nolint:misspell // SQL
	s.deep = (w.ID - id.Wish(s.wishes/2)).String()
}

// fillBoard makes a whole board of the community in Redis, and returns its key.
func (s *stage) fillBoard(node id.Node, n int) string {
	key := s.w.App.Redis.Key("board", "{points:member:"+node.String()+":all}")
	ctx := s.t.Context()
	pipe := s.w.App.Redis.Pipeline()
	for i := range n {
		member := int64(i + 1)
		if i < len(s.members) {
			member = int64(s.members[i])
		}
		pipe.Do(ctx, "ZADD", key, (i*7919)%n+1, fmt.Sprintf("%019d", member))
		if i%10_000 == 9_999 || i == n-1 {
			_, err := pipe.Exec(ctx)
			must(s.t, err)
		}
	}
	must(s.t, s.w.App.Redis.Set(ctx, key+":ready", "1", 0).Err())
	return key
}

func (s *stage) exec(statement string, args ...any) {
	s.t.Helper()
	_, err := s.w.App.DB.Pool().ExecContext(s.t.Context(), statement, args...)
	must(s.t, err)
}

// open publishes n wishes of the owner, for claims.
func (s *stage) open(n int) {
	s.ready = s.ready[:0]
	draft := wish.Draft{
		NodeID: s.w.Home, Category: "repair", Title: "楼道灯不亮", Description: "晚上看不清路。",
		Contact: wish.Contact{Name: "刘桂兰", Phone: "13843512345", Address: "振兴路12号"},
	}
	for range n {
		w, err := s.w.App.Wishes.Submit(s.t.Context(), s.owner, draft, nil)
		must(s.t, err)
		_, err = s.w.App.Wishes.Review(s.t.Context(), s.w.People["street"], w.ID, wish.Review{Publish: true}, nil)
		must(s.t, err)
		s.ready = append(s.ready, w.ID.String())
	}
	s.bare.open(n)
}

// deliver readies n claims that wait for their owner's word. The members of the
// claims contest have given theirs back before.
func (s *stage) deliver(n int) {
	s.exec("UPDATE claims SET status = 'released' WHERE status IN ('requested', 'approved')")
	s.open(n)
	ctx := s.t.Context()
	for i, text := range s.ready {
		var wished id.Wish
		must(s.t, wished.UnmarshalText([]byte(text)))
		c, err := s.w.App.Wishes.Claim(ctx, s.members[i%len(s.members)], wished, nil, nil)
		must(s.t, err)
		_, err = s.w.App.Wishes.ReviewClaim(ctx, s.w.People["street"], c.ID, wish.Decision{Approve: true}, nil)
		must(s.t, err)
		_, err = s.w.App.Wishes.Deliver(ctx, c.ClaimantID, c.ID, wish.Delivery{Note: "换了灯泡。"}, nil)
		must(s.t, err)
		s.ready[i] = c.ID.String()
	}
}

// ask sends a request and fails the test unless it is answered with the status.
func (s *stage) ask(url, token, method, path, body string, want int) {
	request, err := http.NewRequestWithContext(context.Background(), method, url+path, bytes.NewBufferString(body))
	if err != nil {
		s.t.Error(err)
		return
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	response, err := s.client.Do(request)
	if err != nil {
		s.t.Error(err)
		return
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != want {
		s.t.Errorf("%s %s answers %d: %s %v", method, path, response.StatusCode, text, err)
	}
}

// contests are the operations that are measured.
func (s *stage) contests() []contest {
	sister, home, far := s.w.Sister.String(), s.w.Home.String(), s.w.Far.String()
	ours := func(path string) side {
		return func(worker, _ int) { s.ask(s.w.URL, s.tokens[worker], "GET", "/api/v1"+path, "", 200) }
	}
	limit := func(path string) side {
		return func(worker, _ int) { s.ask(s.server.URL, s.tokens[worker], "GET", path, "", 200) }
	}
	deep, reads := s.deep, 5*s.perRound
	return []contest{
		{"claim", s.open, func(_, i int) {
			s.ask(s.w.URL, s.tokens[i%len(s.tokens)], "POST", "/api/v1/wishes/"+s.ready[i%s.perRound]+"/claims", "{}", 201)
		}, func(worker, i int) {
			s.ask(s.server.URL, s.tokens[worker], "POST", fmt.Sprint("/claim?wish=", i%s.perRound), "", 200)
		}, s.perRound},
		{"award", s.deliver, func(_, i int) {
			path := "/api/v1/claims/" + s.ready[i%s.perRound] + "/confirmation"
			s.ask(s.w.URL, s.token, "POST", path, `{"accepted":true,"rating":5}`, 200)
		}, func(worker, i int) {
			s.ask(s.server.URL, s.tokens[worker], "POST", fmt.Sprint("/award?member=", i%workers), "", 200)
		}, s.perRound},
		{"hall", nil, ours("/wishes?nodeId=" + sister), limit("/hall?before=9000000000000000000"), reads},
		{"hallDeep", nil, ours("/wishes?nodeId=" + sister + "&cursor=" + deep), limit("/hall?before=" + deep), reads},
		{"board", nil, ours("/leaderboards?period=all&nodeId=" + home), limit("/board"), reads},
		{"boardMillion", nil, ours("/leaderboards?period=all&nodeId=" + far), limit("/million"), reads},
		{"aroundMe", nil, ours("/leaderboards?period=all&around=me&nodeId=" + far), limit("/around"), reads},
	}
}
