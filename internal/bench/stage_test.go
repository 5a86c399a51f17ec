package bench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"xinyuan/internal/app/apptest"
	"xinyuan/internal/contact"
	"xinyuan/internal/id"
	"xinyuan/internal/membership"
	"xinyuan/internal/mysql"
	"xinyuan/internal/race"
	"xinyuan/internal/redis"
	"xinyuan/internal/user"
	"xinyuan/internal/wish"
)

// scale says how much there is, and how long a round lasts: until its time is
// over or, with no time, its operations are done.
type scale struct {
	wishes, scores, perRound, rounds int
	timed                            time.Duration
}

// stage is a running application, with members who are logged in, and the bare
// versions beside it.
type stage struct {
	scale
	t       *testing.T
	w       *apptest.Town
	ours    *child
	bare    *child
	mysqld  int // processes of the servers
	redisd  int
	client  *http.Client
	serial  atomic.Int64
	members []id.User
	tokens  []string
	owner   id.User
	token   string // of the owner
	ready   []string
	deep    string // the id in the middle of the large community
	board   string
	million string
	twins   []string // ids of the wishes, or claims, that the twin may take
}

func newStage(t *testing.T, size scale) *stage {
	t.Helper()
	s := &stage{scale: size, t: t, w: apptest.NewTown(apptest.New(t, apptest.WithoutWorker()), 0)}
	s.setClock()
	s.client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 2 * workers}}
	s.addMembers(max(min(size.perRound, 3000), workers))
	s.owner = s.w.People["resident"]
	s.token = s.logIn(s.owner)
	s.fillHall()
	s.createBare()
	s.createTwin()
	s.board = s.fillBoard(s.w.Home, min(1000, size.scores))
	s.million = s.fillBoard(s.w.Far, size.scores)
	return s
}

// setClock gives the application here the time of the day, which the servers have, processes of their own. A clock that
// stood still would give more identifiers than there are in its millisecond.
func (s *stage) setClock() {
	s.w.Clocks.Business.SetOffset(s.w.Clocks.Machine.Now().Sub(apptest.Start))
}

// start runs both servers. Limits count as they do for clients, but are wide
// enough for the load of a county from one address.
func (s *stage) start() {
	c := s.w.App.Config
	settings := []string{
		"XINYUAN_ENV=demo", "XINYUAN_MYSQL_DSN=" + c.MySQL.DSN.Reveal(), "XINYUAN_REDIS_ADDR=" + c.Redis.Addr,
		"XINYUAN_SEAL_KEYS=" + c.Seal.Keys.Reveal(), "XINYUAN_WECHAT_APPID=wxtest",
		"XINYUAN_WECHAT_SECRET=" + apptest.Secret, "XINYUAN_WECHAT_BASE_URL=" + s.w.WeChat.URL(),
		"XINYUAN_BOARDS_INDIVIDUAL=true", "XINYUAN_MEDIA_FOLDER=" + c.Media.Folder,
		"XINYUAN_LIMITS_ADDRESS=100000000/1m", "XINYUAN_LIMITS_PERSON=100000000/1m",
		"XINYUAN_LIMITS_OPERATION=100000000/1m",
	}
	prefix := s.w.App.Redis.Key("")
	s.ours = startChild(s.t, "ours", prefix, settings)
	s.bare = startChild(s.t, "bare", prefix, settings)
	var file string
	must(s.t, s.w.App.DB.Pool().QueryRowContext(s.t.Context(), "SELECT @@pid_file").Scan(&file))
	text, err := os.ReadFile(file)
	must(s.t, err)
	s.mysqld, err = strconv.Atoi(strings.TrimSpace(string(text)))
	must(s.t, err)
	info, err := s.w.App.Redis.Info(s.t.Context(), "server").Result()
	must(s.t, err)
	_, rest, _ := strings.Cut(info, "process_id:")
	s.redisd, err = strconv.Atoi(strings.Fields(rest)[0])
	must(s.t, err)
}

func (s *stage) addMembers(n int) {
	must(s.t, s.w.App.DB.Tx(s.t.Context(), func(tx *mysql.Tx) error {
		for i := range n {
			u, err := user.Add(tx, fmt.Sprint("bench-", i), user.User{ShowOnBoards: true})
			if err != nil {
				return err
			}
			m := membership.Membership{UserID: u.ID, NodeID: s.w.Home, UnitID: s.w.Unit}
			if _, err := membership.Add(tx, s.w.App.Sealer, m, "王建国"); err != nil {
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
	session, err := sessions.Create(s.t.Context(), person, "")
	must(s.t, err)
	return session.Token
}

// fillHall makes one community large: a published wish, copied again and again.
func (s *stage) fillHall() {
	draft := wish.Draft{
		NodeID: s.w.Sister, Category: "repair", Title: "厨房水龙头关不严", Description: "一直滴水，夜里听着睡不着。",
		Contact: contact.Contact{Name: "刘桂兰", Phone: "13843512345", Address: "振兴路12号"},
	}
	w, err := s.w.App.Wishes.Submit(s.t.Context(), s.owner, draft, nil)
	must(s.t, err)
	_, err = s.w.App.Wishes.Review(s.t.Context(), s.w.People["street"], w.ID, wish.Review{Publish: true}, nil)
	must(s.t, err)
	for n := 1; n < s.wishes; n *= 2 {
		s.exec(`INSERT INTO wishes (id, node_id, year, number, owner_id, category, is_sensitive, title, description,
			owner_label, points, status, created_at, submitted_at, published_at)
			SELECT id - ?, node_id, year, number + ?, owner_id, category, is_sensitive, title, description, owner_label,
			points, status, created_at, submitted_at, published_at
			FROM wishes WHERE node_id = ?`, n, n, s.w.Sister)
	}
	s.exec("ANALYZE TABLE wishes") //nolint:misspell // SQL
	s.deep = (w.ID - id.Wish(s.wishes/2)).String()
}

// fillBoard makes a whole board of the community in Redis, and returns its key.
func (s *stage) fillBoard(node id.Node, n int) string {
	key := s.w.App.Redis.Key("ranks", "{points:member:"+node.String()+":all}")
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

// open publishes n wishes of the owner, for claims, and ends the claims of the
// rounds before, so that the members are free again.
func (s *stage) open(n int) {
	s.setClock()
	s.exec("UPDATE claims SET status = 'released' WHERE status IN ('requested', 'approved', 'delivered')")
	s.ready = make([]string, n)
	draft := wish.Draft{
		NodeID: s.w.Home, Category: "repair", Title: "楼道灯不亮", Description: "晚上看不清路。",
		Contact: contact.Contact{Name: "刘桂兰", Phone: "13843512345", Address: "振兴路12号"},
	}
	s.inParallel(n, func(i int) error {
		w, err := s.w.App.Wishes.Submit(s.t.Context(), s.owner, draft, nil)
		if err != nil {
			return err
		}
		s.ready[i] = w.ID.String()
		_, err = s.w.App.Wishes.Review(s.t.Context(), s.w.People["street"], w.ID, wish.Review{Publish: true}, nil)
		return err
	})
	s.openBare(s.perRound)
}

// deliver readies n claims that wait for their owner's word.
func (s *stage) deliver(n int) {
	s.open(n)
	ctx := s.t.Context()
	s.inParallel(n, func(i int) error {
		var wished id.Wish
		if err := wished.UnmarshalText([]byte(s.ready[i])); err != nil {
			return err
		}
		c, err := s.w.App.Wishes.Claim(ctx, s.members[i%len(s.members)], wished, nil, nil)
		if err != nil {
			return err
		}
		s.ready[i] = c.ID.String()
		if _, err := s.w.App.Wishes.ReviewClaim(ctx, s.w.People["street"], c.ID, wish.Decision{Approve: true}, nil); err != nil {
			return err
		}
		_, err = s.w.App.Wishes.Deliver(ctx, c.ClaimantID, c.ID, wish.Delivery{Note: "换了灯泡。"}, nil)
		return err
	})
}

func (s *stage) inParallel(n int, do func(i int) error) {
	s.t.Helper()
	var next atomic.Int64
	var wg race.Group
	for range 8 {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					s.t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if s.t.Failed() {
		s.t.FailNow()
	}
}

// ask sends a request, a write with a key as clients do, and fails the test unless it is answered with the status.
func (s *stage) ask(server, token, method, path, body string, want int) {
	request, err := http.NewRequestWithContext(context.Background(), method, server+path, bytes.NewBufferString(body))
	if err != nil {
		s.t.Error(err)
		return
	}
	request.Header.Set("Authorization", "Bearer "+token)
	if method == "POST" {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", fmt.Sprintf("bench-%016d", s.serial.Add(1)))
	}
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
	ours := func(path string) side {
		return func(worker, _ int) { s.ask(s.ours.url, s.tokens[worker], "GET", "/api/v1"+path, "", 200) }
	}
	limit := func(path string) side {
		return func(worker, _ int) { s.ask(s.bare.url, s.tokens[worker], "GET", path, "", 200) }
	}
	sister, home, far := s.w.Sister.String(), s.w.Home.String(), s.w.Far.String()
	million, me := url.QueryEscape(s.million), fmt.Sprintf("%019d", int64(s.members[0]))
	claim := func(_, i int) {
		s.ask(s.ours.url, s.tokens[i%len(s.tokens)], "POST", "/api/v1/wishes/"+s.ready[i]+"/claims", "{}", 201)
	}
	award := func(_, i int) {
		path := "/api/v1/claims/" + s.ready[i] + "/confirmation"
		s.ask(s.ours.url, s.token, "POST", path, `{"accepted":true,"rating":5}`, 200)
	}
	twin := func(what string) side {
		return func(worker, i int) {
			path := fmt.Sprintf("/twin/%s?wish=%s&member=%v", what, s.twins[i], s.members[i%len(s.members)])
			s.ask(s.bare.url, s.tokens[worker], "POST", path, "", 200)
		}
	}
	claims, awards := "SELECT COUNT(*) FROM claims", "SELECT COUNT(*) FROM claims WHERE status = 'confirmed'"
	return []contest{
		{"claim", s.open, claim, func(worker, i int) {
			s.ask(s.bare.url, s.tokens[worker], "POST", fmt.Sprint("/claim?wish=", i), "", 200)
		}, [2]string{claims, "SELECT COUNT(*) FROM bare_claims"}},
		{"claimTwin", func(n int) { s.open(n); s.openTwins() }, claim, twin("claim"),
			[2]string{claims, "SELECT COUNT(*) FROM twin_claims"}},
		{"award", s.deliver, award, func(worker, i int) {
			s.ask(s.bare.url, s.tokens[worker], "POST", fmt.Sprint("/award?member=", i%workers), "", 200)
		}, [2]string{awards, "SELECT COUNT(*) FROM bare_ledger"}},
		{"awardTwin", func(n int) { s.deliver(n); s.deliverTwins() }, award, twin("award"),
			[2]string{awards, "SELECT COUNT(*) FROM twin_claims WHERE status = 'confirmed'"}},
		{name: "hall", ours: ours("/wishes?nodeId=" + sister), limit: limit("/hall?before=9000000000000000000&node=" + sister)},
		{name: "hallDeep", ours: ours("/wishes?nodeId=" + sister + "&cursor=" + s.deep),
			limit: limit("/hall?before=" + s.deep + "&node=" + sister)},
		{name: "board", ours: ours("/leaderboards?period=all&nodeId=" + home), limit: limit("/board?key=" + url.QueryEscape(s.board))},
		{name: "boardMillion", ours: ours("/leaderboards?period=all&nodeId=" + far), limit: limit("/board?key=" + million)},
		{name: "aroundMe", ours: ours("/leaderboards?period=all&around=me&nodeId=" + far),
			limit: limit("/around?key=" + million + "&me=" + me)},
	}
}
