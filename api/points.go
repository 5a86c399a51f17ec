package api

import (
	"bytes"
	"context"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/org"
	"xinyuan/internal/paper"
	"xinyuan/internal/points"
	"xinyuan/internal/report"
)

// GetMyPoints shows my balance.
func (s *server) GetMyPoints(ctx context.Context, _ GetMyPointsRequestObject) (GetMyPointsResponseObject, error) {
	b, minutes, err := s.Ledger.ListBalances(ctx, me(ctx))
	return GetMyPoints200JSONResponse{
		Balance: b.Total, ThisYear: b.ThisYear, Minutes: minutes.Total, MinutesThisYear: minutes.ThisYear,
	}, err
}

// ListMyPointEntries shows why each point is there.
func (s *server) ListMyPointEntries(ctx context.Context, r ListMyPointEntriesRequestObject) (
	ListMyPointEntriesResponseObject, error) {
	items, next, err := page(r.Params.Cursor, r.Params.Limit,
		func(before id.Transfer, n int) ([]report.PointEntry, error) {
			return s.Reports.ListPointEntries(ctx, me(ctx), before, n)
		}, func(one report.PointEntry) id.Transfer { return one.ID }, entryJSON)
	return ListMyPointEntries200JSONResponse{Items: items, NextCursor: next}, err
}

func entryJSON(e report.PointEntry) PointEntry {
	cause := PointCause{Text: e.Cause(), Title: some(e.Title), ApprovedBy: some(e.Assent())}
	if e.Event == points.ServiceHours {
		cause.Minutes, cause.RecordId = some(e.Minutes), some(e.RecordID)
	} else {
		cause.WishId, cause.ClaimId = some(e.WishID), some(e.ClaimID)
	}
	return PointEntry{
		Id: e.ID, Amount: e.Amount, Kind: PointEntryKind(e.Kind), At: e.PostedAt, DeedAt: e.DeedAt,
		Rule: PointRule{
			Event: string(e.Event), Version: e.RuleVersion, Promised: some(e.Promised), Share: some(e.Share()),
			Text: some(e.Reckoning()),
		}, Cause: cause,
	}
}

// GetLeaderboard shows a page of a board.
func (s *server) GetLeaderboard(ctx context.Context, r GetLeaderboardRequestObject) (
	GetLeaderboardResponseObject, error) {
	board, err := s.board(ctx, asked{r.Params.Metric, r.Params.Subject, r.Params.NodeId, r.Params.Period})
	if err != nil {
		return nil, err
	}
	q := leaderboard.Query{Board: board, Around: r.Params.Around != nil}
	if q.Asker, err = s.standsFor(ctx, board.Subject); err != nil {
		return nil, err
	}
	// The board itself knows what comes next: equal scores share a rank.
	q.After, q.Limit, err = paging[*leaderboard.Cursor]{r.Params.Cursor, r.Params.Limit, func(text string) (
		*leaderboard.Cursor, bool) {
		after, ok := s.openCursor(text)
		return &after, ok && !q.Around
	}}.read()
	if err != nil {
		return nil, err
	}
	p, err := s.Boards.GetPage(ctx, q)
	if err != nil {
		return nil, err
	}
	page := boardPage{Page: p, seal: s.sealCursor}
	if r.Params.Rights != nil && *r.Params.Rights {
		page.mayExport = new(bool)
		*page.mayExport, err = s.Grants.Reads(ctx, me(ctx), board.Node)
	}
	return page, err
}

// exportLines is how many lines an export has at most.
const exportLines = 10000

// ExportLeaderboard writes a board as a table.
func (s *server) ExportLeaderboard(ctx context.Context, r ExportLeaderboardRequestObject) (
	ExportLeaderboardResponseObject, error) {
	board, err := s.board(ctx, asked{r.Params.Metric, r.Params.Subject, r.Params.NodeId, r.Params.Period})
	if err != nil {
		return nil, err
	}
	if err := s.requireReads(ctx, board.Node); err != nil {
		return nil, err
	}
	p, err := s.Boards.GetPage(ctx, leaderboard.Query{Board: board, Limit: exportLines})
	if err != nil {
		return nil, err
	}
	head := []any{"名次", "名称", map[leaderboard.Metric]string{
		leaderboard.MetricPoints: "积分", leaderboard.MetricMinutes: "时长（分钟）",
	}[board.Metric]}
	lines := make([][]any, 0, len(p.Entries))
	for _, e := range p.Entries {
		lines = append(lines, []any{e.Rank, e.Name, e.Score})
	}
	if r.Params.Format != nil && *r.Params.Format == ExportLeaderboardParamsFormatXlsx {
		sheet, err := paper.Sheet(paper.Table{Name: "排行榜", Head: head, Rows: lines})
		return ExportLeaderboard200ApplicationvndOpenxmlformatsOfficedocumentSpreadsheetmlSheetResponse{
			Body: bytes.NewReader(sheet), ContentLength: int64(len(sheet)),
		}, err
	}
	text, err := paper.CSV(append([][]any{head}, lines...))
	if err != nil {
		return nil, err
	}
	return ExportLeaderboard200TextcsvResponse{Body: bytes.NewReader(text), ContentLength: int64(len(text))}, nil
}

// asked is which board somebody asks for.
type asked struct {
	metric  *BoardMetric
	subject *BoardSubject
	node    *NodeId
	period  *string
}

// board is the board asked for: by default the county's members in this month.
// Errors: fault.ReasonBoardsOff, fault.ReasonInvalidInput, fault.ReasonNotFound.
func (s *server) board(ctx context.Context, a asked) (leaderboard.Board, error) {
	b := leaderboard.Board{
		Metric: leaderboard.MetricPoints, Subject: leaderboard.SubjectMember, Period: leaderboard.MonthOf(s.DB.Now()),
	}
	if a.metric != nil {
		b.Metric = *a.metric
	}
	if a.subject != nil {
		b.Subject = *a.subject
	}
	if b.Subject == leaderboard.SubjectMember && !s.IndividualBoards {
		return b, fault.New(fault.ReasonBoardsOff)
	}
	if a.period != nil {
		b.Period = leaderboard.Period(*a.period)
	}
	if !b.Period.IsValid() {
		return b, fault.BadField("period", "时间请写成“2026-03”“2026Q1”“2026”，或者 all。")
	}
	var err error
	b.Node, err = s.nodeOrCounty(ctx, a.node)
	return b, err
}

// standsFor is who stands on the board for me: myself, the team that I joined
// first, my unit or my community; nobody for who has none.
func (s *server) standsFor(ctx context.Context, subject leaderboard.Subject) (id.Subject, error) {
	switch subject {
	case leaderboard.SubjectMember:
		return id.Subject(me(ctx)), nil
	case leaderboard.SubjectTeam:
		team, err := s.Boards.FindTeam(ctx, me(ctx))
		return id.Subject(team), err
	case leaderboard.SubjectUnit, leaderboard.SubjectCommunity:
	}
	m, _, err := s.Memberships.FindActive(ctx, me(ctx))
	if subject == leaderboard.SubjectUnit {
		return id.Subject(m.UnitID), err
	}
	return id.Subject(m.NodeID), err
}

// nodeOrCounty is the node asked for, which is there (see requirePlaces), or the county.
func (s *server) nodeOrCounty(ctx context.Context, asked *NodeId) (id.Node, error) {
	if asked != nil {
		return *asked, nil
	}
	if county := s.county.Load(); county != 0 {
		return id.Node(county), nil
	}
	counties, err := s.Tree.ListNodes(ctx, 0, org.KindCounty)
	if err != nil {
		return 0, err
	}
	if len(counties) == 0 {
		return 0, fault.New(fault.ReasonNotFound)
	}
	s.county.Store(int64(counties[0].ID))
	return counties[0].ID, nil
}
