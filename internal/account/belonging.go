package account

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Belonging is what an account has to know of matters that are a person's: which they
// are, how they end, what is taken along of them, and which words go with the account.
// Each noun says it in a file of its own, and has its queries in
// sql/queries/account.<noun>.sql. A noun has two where its matters are a person's in two
// ways. What a field leaves out is not done.
type Belonging struct {
	Noun string // as the register calls it
	IDs  string // the query of those that hold words of the person
	Live string // the query of those that the person ends before the words go; Ends has how

	Erase    []string     // the queries that take the words away; they are given :ids, :noun and :name
	Names    []SealedName // the person's name where it is sealed
	Contacts bool         // they have contacts, and a log of who read these
	Title    string       // what the register calls them from then on
	Whole    bool         // every reason in their history goes, whoever gave it

	Texts     string // what people call them; numbers may be hidden in their texts, and the originals are kept
	Originals string // the noun of the originals, where the register has another

	Tables  []Table           // what is taken along
	Columns map[string]string // what people call columns of the tables, where no other noun has them
	Words   map[string]string // what people call the statuses
}

// place is that of the first table.
func (b Belonging) place() int {
	if len(b.Tables) == 0 {
		return 0
	}
	return b.Tables[0].Place
}

// originals is the noun under which originals are kept.
func (b Belonging) originals() string { return cmp.Or(b.Originals, b.Noun) }

// Table is a query whose rows a person takes along.
type Table struct {
	Place int // among all tables, from the first
	Name  string
	Query string
}

// SealedName is a column with the person's sealed name, and the query that puts another there.
type SealedName struct{ Table, Column, Query string }

// key names a set of matters that hold words of a person.
type key string

// registered are the belongings of every noun.
var registered []Belonging

// belongs registers what the account knows of a noun. Each noun calls it in its own file.
func belongs(b Belonging) key {
	registered = append(registered, b)
	return key(b.IDs)
}

// Belongings lists those of every noun, in the order of their tables.
func Belongings() []Belonging {
	return slices.SortedStableFunc(slices.Values(registered), func(a, b Belonging) int {
		return cmp.Compare(a.place(), b.place())
	})
}

// belongings are the ids of what has words of a person.
type belongings struct {
	people []id.User // the person, and whom staff wrote down and joined to the account
	ids    map[key][]int64
}

// find reads the ids, inside a transaction or outside.
func (b *belongings) find(ctx context.Context, from mysql.Reader, who id.User) error {
	*b = belongings{ids: map[key][]int64{}}
	if err := from.Read(ctx, mysql.Many(&b.people, "account.people", mysql.Args{"user": who})); err != nil {
		return err
	}
	b.people = append(b.people, who)
	args := mysql.Args{"user": who, "people": b.people}
	found := make([][]int64, len(registered))
	var wants []mysql.Want
	for i, one := range registered {
		if one.IDs != "" {
			wants = append(wants, mysql.Many(&found[i], one.IDs, args))
		}
	}
	err := from.Read(ctx, wants...)
	for i, one := range registered {
		b.ids[key(one.IDs)] = found[i]
	}
	return err
}

// each does it with the ids of every belonging that the person has matters of.
func (b *belongings) each(do func(Belonging, []int64) error) error {
	for _, one := range Belongings() {
		if ids := b.ids[key(one.IDs)]; len(ids) > 0 {
			if err := do(one, ids); err != nil {
				return err
			}
		}
	}
	return nil
}

// perNeedle is how many ids are looked for at once.
const perNeedle = 200

// needles are what an answer has in it that tells of the person, for REGEXP.
func (b *belongings) needles() (all []string) {
	var ids []string
	for _, p := range b.people {
		ids = append(ids, p.String())
	}
	for _, some := range b.ids {
		for _, one := range some {
			ids = append(ids, strconv.FormatInt(one, 10))
		}
	}
	for len(ids) > 0 {
		n := min(perNeedle, len(ids))
		all, ids = append(all, `"(`+strings.Join(ids[:n], "|")+`)"`), ids[n:]
	}
	return all
}
