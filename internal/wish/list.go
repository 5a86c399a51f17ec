package wish

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// ListCategories lists the categories in the order in which people see them.
func (s *Service) ListCategories(ctx context.Context) ([]CategoryInfo, error) {
	var all []CategoryInfo
	return all, s.db.Select(ctx, &all, "wish.categories", nil)
}

// Filter chooses wishes. A cursor is the id of the last wish seen.
type Filter struct {
	NodeID   id.Node // a community, or everything below a street or the county; 0: the county
	Status   state.WishStatus
	Category Category
	Words    string // all of which the title or the description has; empty: any
	Mine     bool
	Before   id.Wish // 0: from the newest
	Limit    int
}

// List returns wishes, the newest first. Others' wishes are shown while public;
// staff also lists those that wait or ended in their own nodes. Without a status
// it lists open wishes, or with Mine all of one's own. Errors:
// fault.ReasonForbidden, fault.ReasonNotACommunity, fault.ReasonInvalidInput for
// words that have no letter.
func (s *Service) List(ctx context.Context, actor id.User, f Filter) ([]Wish, error) {
	if f.Status == "" && !f.Mine {
		f.Status = state.WishOpen
	}
	f.Before = id.OrLatest(f.Before)
	args := mysql.Args{
		"owner": actor, "node": f.NodeID, "status": f.Status, "category": f.Category, "before": f.Before, "limit": f.Limit,
	}
	by := Actor{ID: actor}
	query, err := s.chooseList(ctx, &by, f, args)
	if err != nil {
		return nil, err
	}
	if of := ofCategory[query]; of != "" && f.Category != "" {
		query = of
	}
	if f.Words != "" {
		words := asked(f.Words)
		if len(words) == 0 {
			return nil, fault.BadField("q", "请写下要找的字词。")
		}
		if query, err = s.chooseSearch(ctx, query, words, args); err != nil {
			return nil, err
		}
	}
	wishes, err := s.readPage(ctx, query, f, args)
	if err != nil {
		return nil, err
	}
	hides := func(w Wish) bool { return !w.ShowsDescription(by, nil, s.db.Now()) }
	if !f.Mine && slices.ContainsFunc(wishes, hides) {
		if err := s.db.Read(ctx, covering(&by.Grants, by.ID, f.NodeID)); err != nil {
			return nil, err
		}
	}
	for i := range wishes {
		wishes[i].hide(by, nil, s.db.Now())
	}
	return wishes, nil
}

// pageKey is what a page of the hall is asked by: who agree in it get the same page.
type pageKey struct {
	query string
	Filter
}

// readPage reads a page with its pictures. Those who ask for the same page of the hall at
// once share a read, which begins after they have asked.
func (s *Service) readPage(ctx context.Context, query string, f Filter, args mysql.Args) ([]Wish, error) {
	read := func(ctx context.Context) ([]Wish, error) {
		wishes, err := s.readRows(ctx, query, f.Limit, args)
		if err != nil {
			return nil, err
		}
		return wishes, s.addPhotos(ctx, wishes)
	}
	if f.Mine || f.Words != "" {
		return read(ctx)
	}
	shared, err := s.pages.Get(ctx, pageKey{query, f}, read)
	return slices.Clone(shared), err
}

// fewPlaces is how many communities have each a look-up of its own, all in one trip. In one query for all of them, what
// a street with little of a status has is looked for among all that the county has of it.
const fewPlaces = 50

// ofOnePlace are the queries of one community that make a page of several.
var ofOnePlace = map[string]string{
	"wish.page_nodes": "wish.page_node", "wish.category_nodes": "wish.category_node",
	"wish.search_node": "wish.search_node", "wish.search_node_category": "wish.search_node_category",
}

func (s *Service) readRows(ctx context.Context, query string, limit int, args mysql.Args) (
	wishes []Wish, err error) {
	places, _ := args["nodes"].([]id.Node)
	one := ofOnePlace[query]
	if one == "" || len(places) == 0 || len(places) > fewPlaces {
		return wishes, s.db.Select(ctx, &wishes, query, args)
	}
	found := make([][]Wish, len(places))
	wants := make([]mysql.Want, len(places))
	for i, place := range places {
		at := maps.Clone(args)
		at["node"] = place
		wants[i] = mysql.Many(&found[i], one, at)
	}
	err = s.db.Read(ctx, wants...)
	wishes = slices.Concat(found...)
	slices.SortFunc(wishes, func(a, b Wish) int { return cmp.Compare(b.ID, a.ID) })
	return wishes[:min(limit, len(wishes))], err
}

// addPhotos reads the pictures of a page of wishes. A page without any costs no trip.
func (s *Service) addPhotos(ctx context.Context, wishes []Wish) error {
	at := map[id.Wish]*Wish{}
	var ids []id.Wish
	for i, w := range wishes {
		if w.HasPhotos {
			ids, at[w.ID] = append(ids, w.ID), &wishes[i]
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var photos []media.Photo
	err := s.db.Read(ctx, media.Of(&photos, state.Wish.Noun, ids...))
	for _, p := range photos {
		w := at[id.Wish(p.SubjectID)]
		w.Photos = append(w.Photos, p)
	}
	return err
}

// covering wants the person's grants at the node, or at the county.
func covering(dest *grant.Grants, person id.User, node id.Node) mysql.Want {
	if node == 0 {
		return grant.CoveringCounty(dest, person)
	}
	return grant.Covering(dest, person, node)
}

// ofCategory are the queries of a page of one category, and of a search of what many wishes have. Those of one's own
// wishes need none.
var ofCategory = map[string]string{
	"wish.page_all": "wish.category_all", "wish.page_node": "wish.category_node", "wish.page_nodes": "wish.category_nodes",
	"wish.search": "wish.search_category", "wish.search_node": "wish.search_node_category",
}

// chooseList picks the query of the page, and refuses what the person may not list,
// by their grants, which it reads only where not everybody may.
func (s *Service) chooseList(ctx context.Context, by *Actor, f Filter, args mysql.Args) (query string, err error) {
	switch {
	case f.Mine:
		return "wish.page_mine", nil
	case f.NodeID == 0:
		query = "wish.page_all"
	default:
		if query, err = s.choosePlace(ctx, f.NodeID, args); err != nil {
			return "", err
		}
	}
	if (Wish{Status: f.Status}).IsPublic() {
		return query, nil
	}
	if err := s.db.Read(ctx, covering(&by.Grants, by.ID, f.NodeID)); err != nil {
		return "", err
	}
	if !by.Grants.Reads(s.db.Now()) {
		return "", fault.New(fault.ReasonForbidden).Saying("只有社区工作人员可以看还没公开的心愿。")
	}
	return query, nil
}

// choosePlace picks the query of a page of one community, or of those below the node.
// What is a community by itself stays one, so each is looked for once.
func (s *Service) choosePlace(ctx context.Context, node id.Node, args mysql.Args) (query string, err error) {
	if _, known := s.communities.Load(node); known {
		return "wish.page_node", nil
	}
	var below []id.Node
	if err := s.db.Read(ctx, org.WantBelow(&below, node)); err != nil {
		return "", err
	}
	switch {
	case len(below) == 0:
		return "", fault.New(fault.ReasonNotACommunity)
	case len(below) == 1 && below[0] == node:
		s.communities.Store(node, true)
		return "wish.page_node", nil
	}
	args["nodes"] = below
	return "wish.page_nodes", nil
}

// ClaimFilter chooses claims.
type ClaimFilter struct {
	Mine   bool // one's own; otherwise those at one's own nodes, for staff
	Status state.ClaimStatus
	// Undelivered keeps, with Mine, those that count towards MaxUndelivered.
	Undelivered bool
	Before      id.Claim
	Limit       int
}

// ListClaims returns claims with their wishes, the newest first. Without Mine
// it is for staff and lists one status, by default those that wait for a
// decision. Error: fault.ReasonForbidden.
func (s *Service) ListClaims(ctx context.Context, actor id.User, f ClaimFilter) ([]Matter, error) {
	f.Before = id.OrLatest(f.Before)
	var (
		claims []Claim
		err    error
		by     = Actor{ID: actor}
	)
	if f.Mine {
		err = s.db.Select(ctx, &claims, "wish.claims_mine", mysql.Args{
			"claimant": actor, "status": f.Status, "undelivered": f.Undelivered, "before": f.Before, "limit": f.Limit,
		})
	} else {
		claims, err = s.claimsForStaff(ctx, &by, f)
	}
	if err != nil || len(claims) == 0 {
		return nil, err
	}
	wishes := make([]id.Wish, len(claims))
	for i, c := range claims {
		wishes[i] = c.WishID
	}
	var found []Wish
	if err := s.db.Select(ctx, &found, "wish.by_ids", mysql.Args{"wishes": wishes}); err != nil {
		return nil, err
	}
	byID := map[id.Wish]Wish{}
	for _, w := range found {
		byID[w.ID] = w
	}
	matters := make([]Matter, len(claims))
	for i, c := range claims {
		w := byID[c.WishID]
		w.hide(by, &c, s.db.Now())
		matters[i] = Matter{w, c}
	}
	return matters, nil
}

// CountClaimable counts how many more wishes a member may claim now.
func (s *Service) CountClaimable(ctx context.Context, member id.User) (int, error) {
	var undelivered int
	err := s.db.Read(ctx, undeliveredOf(&undelivered, member))
	return max(0, MaxUndelivered-undelivered), err
}

func (s *Service) claimsForStaff(ctx context.Context, by *Actor, f ClaimFilter) ([]Claim, error) {
	if f.Status == "" {
		f.Status = state.Claim.Initial
	}
	overseen, err := s.grants.ListOverseen(ctx, by.ID)
	if err != nil {
		return nil, err
	}
	if by.Grants, err = s.grants.ListOf(ctx, by.ID); err != nil {
		return nil, err
	}
	if len(overseen.Communities) == 0 {
		return nil, fault.New(fault.ReasonForbidden)
	}
	var claims []Claim
	err = s.db.Select(ctx, &claims, "wish.claims_at", mysql.Args{
		"status": f.Status, "nodes": overseen.Communities, "before": f.Before, "limit": f.Limit,
	})
	return claims, err
}

// Show wants what a list of tasks shows of wishes.
func Show(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "wish.show", mysql.Args{"ids": ids})
}

// ShowClaims wants what a list of tasks shows of claims.
func ShowClaims(dest *[]matter.Shown, ids []int64) mysql.Want {
	return mysql.Many(dest, "wish.show_claims", mysql.Args{"ids": ids})
}
