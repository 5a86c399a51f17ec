package wish

import (
	"context"

	"xinyuan/internal/fault"
	"xinyuan/internal/grant"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Categories lists the categories in the order in which people see them.
func (s *Service) Categories(ctx context.Context) ([]CategoryInfo, error) {
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
	if f.Before == 0 {
		f.Before = 1<<63 - 1
	}
	args := mysql.Args{
		"owner": actor, "node": f.NodeID, "status": f.Status, "category": f.Category, "before": f.Before, "limit": f.Limit,
	}
	var wishes []Wish
	by := Actor{ID: actor}
	query, err := s.chooseList(ctx, &by, f, args, &wishes)
	if err != nil {
		return nil, err
	}
	if f.Words != "" {
		words := asked(f.Words)
		if len(words) == 0 {
			return nil, fault.BadField("q", "请写下要找的字词。")
		}
		query, args["mine"], args["words"], args["count"] = "wish.search", f.Mine, words, len(words)
	}
	if query != "" {
		err = s.db.Select(ctx, &wishes, query, args)
	}
	if err != nil || len(wishes) == 0 {
		return nil, err
	}
	if err := s.addPhotos(ctx, wishes); err != nil {
		return nil, err
	}
	for i := range wishes {
		wishes[i].hide(by, nil, s.db.Now())
	}
	return wishes, nil
}

// addPhotos reads the pictures of a page of wishes.
func (s *Service) addPhotos(ctx context.Context, wishes []Wish) error {
	at := make(map[id.Wish]*Wish, len(wishes))
	ids := make([]id.Wish, len(wishes))
	for i := range wishes {
		ids[i] = wishes[i].ID
		at[ids[i]] = &wishes[i]
	}
	var photos []media.Photo
	err := s.db.Read(ctx, media.Of(&photos, state.Wish.Noun, ids...))
	for _, p := range photos {
		w := at[id.Wish(p.SubjectID)]
		w.Photos = append(w.Photos, p)
	}
	return err
}

// chooseList picks the query of the page, and refuses what the person may not list.
// It reads the person's grants there, and in the same trip the page of the whole
// county or of one community: then no query is left.
func (s *Service) chooseList(ctx context.Context, by *Actor, f Filter, args mysql.Args, page *[]Wish) (
	query string, err error) {
	if f.Mine {
		return "wish.page_mine", nil
	}
	var below []id.Node
	query = "wish.page_all"
	wants := []mysql.Want{grant.CoveringCounty(&by.Grants, by.ID)}
	if f.NodeID != 0 {
		query = "wish.page_node"
		wants = []mysql.Want{grant.Covering(&by.Grants, by.ID, f.NodeID), org.WantBelow(&below, f.NodeID)}
	}
	if f.Words == "" {
		wants = append(wants, mysql.Many(page, query, args))
	}
	err = s.db.Read(ctx, wants...)
	if f.NodeID == 0 || len(below) == 1 && below[0] == f.NodeID {
		query = ""
	} else {
		query, args["nodes"] = "wish.page_nodes", below
		*page = nil
	}
	switch {
	case err != nil:
		return "", err
	case f.NodeID != 0 && len(below) == 0:
		return "", fault.New(fault.ReasonNotACommunity)
	case !(Wish{Status: f.Status}).Public() && !by.Grants.Reads(s.db.Now()):
		return "", fault.New(fault.ReasonForbidden).Saying("只有社区工作人员可以看还没公开的心愿。")
	}
	return query, nil
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
	if f.Before == 0 {
		f.Before = 1<<63 - 1
	}
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

// MayClaim counts how many more wishes a member may claim now.
func (s *Service) MayClaim(ctx context.Context, member id.User) (int, error) {
	var undelivered int
	err := s.db.Read(ctx, undeliveredOf(&undelivered, member))
	return max(0, MaxUndelivered-undelivered), err
}

func (s *Service) claimsForStaff(ctx context.Context, by *Actor, f ClaimFilter) ([]Claim, error) {
	if f.Status == "" {
		f.Status = state.Claim.Initial
	}
	overseen, err := s.grants.Overseen(ctx, by.ID)
	if err != nil {
		return nil, err
	}
	if by.Grants, err = s.grants.Of(ctx, by.ID); err != nil {
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
