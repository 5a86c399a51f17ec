// Package id holds the typed identifiers, the generator that makes them, and
// the names of roles.
//
// An identifier is an int64, so that it sorts and indexes well, and a decimal
// string in JSON, so that JavaScript does not round it. It is made before the
// row is written (the time in milliseconds, then 22 bits that differ within a
// millisecond), because sealed fields are bound to the id of their row, and it
// sorts by the time it was made.
package id

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"
)

// ID is an identifier of the noun that T stands for. Zero means none.
type ID[T any] int64

// OrLatest is the identifier before which a page of a list begins, the newest first: 0
// stands for the latest.
func OrLatest[T any](before ID[T]) ID[T] {
	if before == 0 {
		return 1<<63 - 1
	}
	return before
}

type (
	userNoun       struct{}
	nodeNoun       struct{}
	grantNoun      struct{}
	membershipNoun struct{}
	wishNoun       struct{}
	claimNoun      struct{}
	eventNoun      struct{}
	accountNoun    struct{}
	transferNoun   struct{}
	ruleNoun       struct{}
	outboxNoun     struct{}
	readNoun       struct{}
	nameReadNoun   struct{}
	subjectNoun    struct{}
	teamNoun       struct{}
	teamMemberNoun struct{}
	activityNoun   struct{}
	seriesNoun     struct{}
	signupNoun     struct{}
	attendanceNoun struct{}
	recordNoun     struct{}
	objectionNoun  struct{}
	paperNoun      struct{}
	complaintNoun  struct{}
	photoNoun      struct{}
	joinNoun       struct{}
	reviewCode     struct{}
	reviewLogIn    struct{}
	textNoun       struct{}
	caseNoun       struct{}
	noticeNoun     struct{}
)

// The identifiers, one a noun.
type (
	User        = ID[userNoun]
	Node        = ID[nodeNoun]
	Grant       = ID[grantNoun]
	Membership  = ID[membershipNoun]
	Wish        = ID[wishNoun]
	Claim       = ID[claimNoun]
	Event       = ID[eventNoun]
	Account     = ID[accountNoun]
	Transfer    = ID[transferNoun]
	Rule        = ID[ruleNoun]
	Outbox      = ID[outboxNoun]
	ContactRead = ID[readNoun]
	NameRead    = ID[nameReadNoun]
	Subject     = ID[subjectNoun] // who stands on a leaderboard: a person, a team or a node
	Team        = ID[teamNoun]
	TeamMember  = ID[teamMemberNoun]
	Activity    = ID[activityNoun]
	Series      = ID[seriesNoun]
	Signup      = ID[signupNoun]
	Attendance  = ID[attendanceNoun]
	Record      = ID[recordNoun]
	Objection   = ID[objectionNoun]
	Certificate = ID[paperNoun]
	Complaint   = ID[complaintNoun]
	Photo       = ID[photoNoun]
	Join        = ID[joinNoun]
	Text        = ID[textNoun] // one writing of a text that others read
	Case        = ID[caseNoun]
	Notice      = ID[noticeNoun] // a subscription message
	ReviewCode  = ID[reviewCode]
	ReviewLogIn = ID[reviewLogIn]
)

// String is the decimal form.
func (i ID[T]) String() string { return strconv.FormatInt(int64(i), 10) }

// MarshalText makes JSON a decimal string.
func (i ID[T]) MarshalText() ([]byte, error) { return strconv.AppendInt(nil, int64(i), 10), nil }

// UnmarshalText reads the decimal form; only positive numbers are identifiers.
func (i *ID[T]) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || n <= 0 {
		return fmt.Errorf("id: %q is not an identifier", text)
	}
	*i = ID[T](n)
	return nil
}

const sequenceBits = 22

// Before is the least identifier that is made at the time: those below it are older.
func Before(at time.Time) int64 { return at.Sub(epoch).Milliseconds() << sequenceBits }

var epoch = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// Generator makes identifiers that rise with the time they are given. It is
// safe for concurrent use. Two generators may, very rarely, make the same
// number in the same millisecond; the primary key refuses the second.
type Generator struct {
	mu     sync.Mutex
	last   int64
	source *rand.PCG
	rand   *rand.Rand
	gap    int64 // 0: at random
	turn   int64
}

// NewGenerator returns a generator; the same seed and the same times give the
// same identifiers, which the seeds rely on. Seed 0 means a random one.
func NewGenerator(seed uint64) *Generator {
	source := rand.NewPCG(seed, seed)
	if seed == 0 {
		source = rand.NewPCG(rand.Uint64(), rand.Uint64())
	}
	return &Generator{source: source, rand: rand.New(source)}
}

// NewSpaced returns a generator whose identifiers are multiples of the gap, the same
// for the same times: a seed that copies rows puts the ids of copies between them.
func NewSpaced(gap int64) *Generator { return &Generator{source: rand.NewPCG(0, 0), gap: gap} }

// Turn has a spaced generator make identifiers that are so many above the multiples.
func (g *Generator) Turn(above int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last, g.turn = 0, above
}

// Mark returns a function that takes the generator back to where it is now, so
// that it makes the same identifiers again: for tests that repeat a transaction.
func (g *Generator) Mark() (rewind func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	last, state := g.last, *g.source
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.last, *g.source = last, state
	}
}

// next returns a number above all it has returned for this millisecond.
// Times before the epoch or out of order are allowed (seeds write the past);
// then uniqueness rests on the random part and on the primary key.
func (g *Generator) next(at time.Time) int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	ms := max(at.Sub(epoch).Milliseconds(), 1)
	if g.gap > 0 {
		after := max(ms<<sequenceBits, g.last)
		g.last = (after/g.gap+1)*g.gap + g.turn
		return g.last
	}
	n := ms<<sequenceBits | g.rand.Int64N(1<<(sequenceBits-1))
	if g.last>>sequenceBits == ms && n <= g.last {
		n = g.last + 1 + g.rand.Int64N(16)
	}
	g.last = n
	return n
}

// New makes an identifier for something made at the time.
func New[I ~int64](g *Generator, at time.Time) I { return I(g.next(at)) }

// First returns a number that no identifier made before then reaches.
func First[I ~int64](at time.Time) I { return I(max(at.Sub(epoch).Milliseconds(), 1) << sequenceBits) }

// Last returns a number that no identifier made by then exceeds. A search for what
// is old enough is bounded by it, where an index has the ids.
func Last[I ~int64](at time.Time) I {
	return I((max(at.Sub(epoch).Milliseconds(), 1)+1)<<sequenceBits - 1)
}
