package wish

import (
	"fmt"
	"strings"
	"testing"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Wishes are looked for among those that have the rarest of the words, wherever that stands; among those of a community,
// of a street, or of a category, where all of the words are common.
func TestSearchesBeginWithTheRarestWord(t *testing.T) {
	t.Parallel()
	var statements []string
	for word, n := range map[string]int{"common": common + 1, "as common": common, "rare": 3} {
		var rows []string
		for i := range n {
			rows = append(rows, fmt.Sprintf("('%s', %d)", word, i+1))
		}
		statements = append(statements, "INSERT INTO wish_words VALUES "+strings.Join(rows, ","))
	}
	s := New(newDB(t, statements...), nil, nil, nil)
	for _, c := range []struct {
		words         []string
		node          id.Node
		places        int
		category      Category
		query, rarest string
	}{
		{[]string{"common", "rare", "as common"}, 7, 0, "", "wish.search", "rare"},
		{[]string{"common", "nobody's"}, 7, 0, "", "wish.search", "nobody's"},
		{[]string{"common", "as common"}, 0, 0, "", "wish.search", "common"},
		{[]string{"common", "as common"}, 7, 0, "", "wish.search_node", "common"},
		{[]string{"common"}, 7, fewPlaces, "", "wish.search_node", "common"},
		{[]string{"common"}, 7, fewPlaces + 1, "", "wish.search", "common"},
		{[]string{"common", "rare"}, 7, 0, "law", "wish.search", "rare"},
		{[]string{"common"}, 0, 0, "law", "wish.search_category", "common"},
		{[]string{"common"}, 7, fewPlaces, "law", "wish.search_node_category", "common"},
		{[]string{"common"}, 7, fewPlaces + 1, "law", "wish.search_category", "common"},
	} {
		args := mysql.Args{
			"node": c.node, "before": id.OrLatest(id.Wish(0)), "nodes": make([]id.Node, c.places), "category": c.category,
		}
		query, err := s.chooseSearch(t.Context(), "wish.page_node", c.words, args)
		if must(t, err); query != c.query || args["rarest"] != c.rarest {
			t.Errorf("%q of %q at %d: %s of %s, want %s of %s", c.words, c.category, c.node, query, args["rarest"], c.query, c.rarest)
		}
	}
}
