package leaderboard

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"xinyuan/internal/id"
	"xinyuan/internal/redis"
)

// A board in Redis is three keys in one slot: the sorted set, the version of
// each score, and a marker that says it is whole. While it is made anew, three more
// have what it will be, and their marker holds the token of who makes it: readers
// see the old one till the new one is whole.
func (s *Service) keys(board string) []string {
	slot := s.redis.Key("ranks", "{"+board+"}")
	return []string{
		slot, slot + ":versions", slot + markWhole,
		slot + ":next", slot + ":next:versions", slot + markBegun,
	}
}

// The markers, after a board's slot.
const (
	markWhole = ":ready"
	markBegun = ":rebuild"
)

// apply takes scores that are newer than what is there, for boards that are whole or
// being made: what nobody has asked for is not kept. KEYS: set, versions and marker,
// of one or of both. ARGV: member, score, version, and again.
var apply = goredis.NewScript(`
for k = 1, #KEYS, 3 do
  if redis.call('EXISTS', KEYS[k + 2]) == 1 then
    for i = 1, #ARGV, 3 do
      local known = redis.call('HGET', KEYS[k + 1], ARGV[i])
      if not known or tonumber(known) < tonumber(ARGV[i + 2]) then
        if tonumber(ARGV[i + 1]) > 0 then
          redis.call('ZADD', KEYS[k], ARGV[i + 1], ARGV[i])
        else
          redis.call('ZREM', KEYS[k], ARGV[i])
        end
        redis.call('HSET', KEYS[k + 1], ARGV[i], ARGV[i + 2])
      end
    end
  end
end
return 0`)

// begin marks that a board is being made, from nothing. ARGV: token, and how many
// seconds it is kept.
var begin = goredis.NewScript(`
redis.call('UNLINK', KEYS[4], KEYS[5])
redis.call('SET', KEYS[6], ARGV[1], 'EX', ARGV[2])
return 0`)

// finish puts the new board in the old one's place and marks it as whole, if nothing
// emptied Redis and nobody else began anew since begin. ARGV: token.
var finish = goredis.NewScript(`
if redis.call('GET', KEYS[6]) ~= ARGV[1] then return 0 end
redis.call('UNLINK', KEYS[1], KEYS[2], KEYS[6])
for i = 1, 2 do
  if redis.call('EXISTS', KEYS[i + 3]) == 1 then
    redis.call('RENAME', KEYS[i + 3], KEYS[i])
    redis.call('PERSIST', KEYS[i])
  end
end
redis.call('SET', KEYS[3], '1')
return 1`)

// page answers from a whole board, or with nothing. ARGV: limit, score and
// member of the cursor or two empty strings, the member who asks, and how many
// to show before that member or "" for the top of the board. The answer:
// how many stand before the first entry, how many have a higher score than it,
// how many have a higher score than the member who asks, the score of that
// member or "", then member and score of each entry. Equal scores are searched
// by halves, since a whole county may have the same score.
var page = goredis.NewScript(`
if redis.call('EXISTS', KEYS[3]) == 0 then return false end
local first = 0
if ARGV[2] ~= '' then
  first = redis.call('ZCOUNT', KEYS[1], '(' .. ARGV[2], '+inf')
  local last = first + redis.call('ZCOUNT', KEYS[1], ARGV[2], ARGV[2])
  while first < last do
    local middle = math.floor((first + last) / 2)
    if redis.call('ZREVRANGE', KEYS[1], middle, middle)[1] >= ARGV[3] then
      first = middle + 1
    else
      last = middle
    end
  end
end
if ARGV[5] ~= '' then
  local place = redis.call('ZREVRANK', KEYS[1], ARGV[4])
  if place then first = math.max(0, place - tonumber(ARGV[5])) end
end
local items = redis.call('ZREVRANGE', KEYS[1], first, first + tonumber(ARGV[1]) - 1, 'WITHSCORES')
local higher = 0
if items[2] then higher = redis.call('ZCOUNT', KEYS[1], '(' .. items[2], '+inf') end
local mine = redis.call('ZSCORE', KEYS[1], ARGV[4])
local above = 0
if mine then above = redis.call('ZCOUNT', KEYS[1], '(' .. mine, '+inf') end
local answer = {tostring(first), tostring(higher), tostring(above), mine or ''}
for i = 1, #items do answer[#answer + 1] = items[i] end
return answer`)

// place answers where a member stands on a whole board: score and how many have
// a higher one; or with an empty list, or with nothing for one that is not whole.
var place = goredis.NewScript(`
if redis.call('EXISTS', KEYS[3]) == 0 then return false end
local mine = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not mine then return {} end
return {mine, tostring(redis.call('ZCOUNT', KEYS[1], '(' .. mine, '+inf'))}`)

// place is where the subject stands, nil for nowhere; false when the board is not
// whole in Redis.
func (s *Service) place(ctx context.Context, board string, subject id.Subject) (*Place, bool, error) {
	values, err := s.redis.Script(ctx, place, s.keys(board), member(subject)).StringSlice()
	if err == goredis.Nil { //nolint:errorlint // as in fromRedis
		return nil, false, nil
	}
	if err != nil || len(values) == 0 {
		return nil, true, redis.Unavailable(err)
	}
	score, err := strconv.ParseInt(values[0], 10, 64)
	if err != nil || len(values) != 2 {
		return nil, false, fmt.Errorf("leaderboard: Redis answers %q", values)
	}
	higher, err := strconv.ParseInt(values[1], 10, 64)
	return &Place{Rank: higher + 1, Score: score}, true, err
}

// totals are those of boards, by their keys.
type totals map[string][]total

// push takes the totals to their boards, all in one trip.
func (s *Service) push(ctx context.Context, all totals) error {
	return s.send(ctx, all, s.keys, nil)
}

// send takes the totals to the keys of their boards in one trip, and says more of each board.
func (s *Service) send(ctx context.Context, all totals, keys func(board string) []string,
	more func(p goredis.Pipeliner, board string)) error {
	if len(all) == 0 {
		return nil
	}
	send := func() error {
		_, err := s.redis.Pipelined(ctx, func(p goredis.Pipeliner) error {
			for board, some := range all {
				args := make([]any, 0, 3*len(some))
				for _, t := range some {
					args = append(args, member(t.Subject), t.Score, t.Version)
				}
				apply.EvalSha(ctx, p, keys(board), args...)
				if more != nil {
					more(p, board)
				}
			}
			return nil
		})
		return err
	}
	err := send()
	if goredis.HasErrorPrefix(err, "NOSCRIPT") { // Redis was emptied; newer scores stay, so all may go again
		if err = apply.Load(ctx, s.redis).Err(); err == nil {
			err = send()
		}
	}
	return redis.Unavailable(err)
}

// inRedis are the boards that have one of the marks in Redis.
func (s *Service) inRedis(ctx context.Context, marks ...string) ([]string, error) {
	start := s.redis.Key("ranks", "{")
	keys, err := s.redis.List(ctx, "ranks:{*}:re*")
	if err != nil {
		return nil, err
	}
	var boards []string
	for _, key := range keys {
		board, part, _ := strings.Cut(strings.TrimPrefix(key, start), "}")
		if slices.Contains(marks, part) {
			boards = append(boards, board)
		}
	}
	slices.Sort(boards)
	return slices.Compact(boards), nil
}

// longPage is how many lines travel with the questions of others.
const longPage = 200

// fromRedis reads a page; false when the board is not whole there.
func (s *Service) fromRedis(ctx context.Context, board string, q Query) (standing, bool, error) {
	score, after := "", ""
	if q.After != nil {
		score, after = strconv.FormatInt(q.After.Score, 10), member(q.After.Subject)
	}
	around := ""
	if q.Around {
		around = strconv.Itoa(neighbours)
	}
	args := []any{q.Limit, score, after, member(q.Asker), around}
	var answer *goredis.Cmd
	if q.Limit > longPage { // in a trip of its own
		answer = page.RunRO(ctx, s.redis, s.keys(board), args...)
	} else {
		answer = s.redis.Script(ctx, page, s.keys(board), args...)
	}
	values, err := answer.StringSlice()
	if err == goredis.Nil { //nolint:errorlint // go-redis returns it bare, and a script's false is it
		return standing{}, false, nil
	}
	if err != nil {
		return standing{}, false, redis.Unavailable(err)
	}
	return parsePage(values)
}

func parsePage(values []string) (standing, bool, error) {
	numbers := make([]int64, 0, len(values))
	for i, v := range values {
		if i == 3 && v == "" {
			v = "0"
		}
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return standing{}, false, fmt.Errorf("leaderboard: Redis answers %q", v)
		}
		numbers = append(numbers, n)
	}
	if len(numbers) < 4 {
		return standing{}, false, fmt.Errorf("leaderboard: Redis answers %d values", len(numbers))
	}
	st := standing{before: numbers[0], higher: numbers[1]}
	if values[3] != "" {
		st.me = &Place{Rank: numbers[2] + 1, Score: numbers[3]}
	}
	for i := 4; i+1 < len(values); i += 2 {
		who, err := subjectOf(values[i])
		if err != nil {
			return standing{}, false, err
		}
		st.scores = append(st.scores, total{Subject: who, Score: numbers[i+1]})
	}
	return st, true, nil
}
