package wish

import (
	"context"
	"slices"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// common is how many wishes have a word that is not rare.
const common = 1000

// chooseSearch picks the query of a page of wishes that have all of the words, instead of the page's own. What few have
// is looked for among those; what many have, among the wishes of a community or a category, where it soon fills a page.
// In one query that holds all words against each other, both read all that have any of them.
func (s *Service) chooseSearch(ctx context.Context, page string, words []string, args mysql.Args) (string, error) {
	args["words"], args["count"] = words, len(words)
	if page == "wish.page_mine" {
		return "wish.search_mine", nil
	}
	having := make([]int, len(words))
	wants := make([]mysql.Want, len(words))
	for i, word := range words {
		wants[i] = mysql.One(&having[i], "wish.having", mysql.Args{"word": word, "before": args["before"], "most": common})
	}
	if err := s.db.Read(ctx, wants...); err != nil {
		return "", err
	}
	rarest := slices.Index(having, slices.Min(having))
	args["rarest"] = words[rarest]
	query := "wish.search"
	if having[rarest] < common {
		return query, nil
	}
	if places, _ := args["nodes"].([]id.Node); args["node"] != id.Node(0) && len(places) <= fewPlaces {
		query = "wish.search_node"
	}
	if args["category"] != Category("") {
		query = ofCategory[query]
	}
	return query, nil
}
