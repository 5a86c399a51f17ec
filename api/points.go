package api

import (
	"context"
	"fmt"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/leaderboard"
	"xinyuan/internal/org"
	"xinyuan/internal/report"
)

// GetMyPoints shows my balance.
func (s *server) GetMyPoints(ctx context.Context, _ GetMyPointsRequestObject) (GetMyPointsResponseObject, error) {
	b, err := s.Ledger.Balance(ctx, me(ctx))
	return GetMyPoints200JSONResponse{Balance: b.Total, ThisYear: b.ThisYear}, err
}

// ListMyPointEntries shows why each point is there.
func (s *server) ListMyPointEntries(ctx context.Context, r ListMyPointEntriesRequestObject) (
	ListMyPointEntriesResponseObject, error) {
	before, limit, err := pageOf[id.Transfer](r.Params.Cursor, r.Params.Limit)
	if err != nil {
		return nil, err
	}
	all, err := s.Reports.PointEntries(ctx, me(ctx), before, limit+1)
	if err != nil {
		return nil, err
	}
	answer := ListMyPointEntries200JSONResponse{Items: []PointEntry{}}
	for i, e := range all {
		if i == limit {
			answer.NextCursor = some(all[i-1].ID.String())
			break
		}
		answer.Items = append(answer.Items, entryJSON(e))
	}
	return answer, nil
}

func entryJSON(e report.PointEntry) PointEntry {
	cause := PointCause{
		Text:   fmt.Sprintf("办成%s %d-%04d 号心愿：%s", e.NodeName, e.Year, e.Serial, e.Title),
		WishId: some(e.WishID), ClaimId: some(e.ClaimID),
	}
	if e.Amount < e.Promised {
		cause.Text += "（已到积分上限）"
	}
	if e.Approver != "" {
		cause.ApprovedBy = some(fmt.Sprintf("%s（%s）同意认领，许愿人确认办成", e.Approver,
			postName(e.ApproverPlace, e.ApproverRole)))
	}
	return PointEntry{
		Id: e.ID, Amount: e.Amount, Kind: PointEntryKind(e.Kind), At: e.PostedAt, DeedAt: e.DeedAt,
		Rule: PointRule{Event: string(e.Event), Version: e.RuleVersion, Promised: some(e.Promised)}, Cause: cause,
	}
}

// GetLeaderboard shows a page of a board of members by points.
func (s *server) GetLeaderboard(ctx context.Context, r GetLeaderboardRequestObject) (
	GetLeaderboardResponseObject, error) {
	if !s.IndividualBoards {
		return nil, fault.New(fault.ReasonBoardsOff)
	}
	q, err := s.boardQuery(ctx, r.Params)
	if err != nil {
		return nil, err
	}
	p, err := s.Boards.Read(ctx, q)
	if err != nil {
		return nil, err
	}
	answer := GetLeaderboard200JSONResponse{Items: make([]LeaderboardEntry, len(p.Entries)), AsOf: p.AsOf}
	for i, e := range p.Entries {
		answer.Items[i] = LeaderboardEntry{Rank: e.Rank, Score: e.Score, SubjectId: some(e.User), DisplayName: e.Name}
	}
	if p.Me != nil {
		answer.Me = &LeaderboardPlace{Rank: p.Me.Rank, Score: p.Me.Score}
	}
	if p.Next != nil {
		answer.NextCursor = some(p.Next.String())
	}
	return answer, nil
}

func (s *server) boardQuery(ctx context.Context, p GetLeaderboardParams) (leaderboard.Query, error) {
	q := leaderboard.Query{
		Asker: me(ctx), Limit: 20,
		Board: leaderboard.Board{
			Metric: leaderboard.MetricPoints, Subject: leaderboard.SubjectMember,
			Period: leaderboard.MonthOf(s.DB.Now()),
		},
	}
	if p.Limit != nil {
		q.Limit = *p.Limit
	}
	if p.Period != nil {
		q.Board.Period = leaderboard.Period(*p.Period)
	}
	if !q.Board.Period.Valid() {
		return q, fault.BadField("period", "时间请写成“2026-03”这样的月份，或者 all。")
	}
	if p.Cursor != nil && *p.Cursor != "" {
		after, ok := leaderboard.ParseCursor(*p.Cursor)
		if !ok {
			return q, fault.BadField("cursor", "这一页找不到了，请从头看起。")
		}
		q.After = &after
	}
	node, err := s.nodeOrCounty(ctx, p.NodeId)
	q.Board.Node = node
	return q, err
}

// nodeOrCounty is the node asked for, or the county.
func (s *server) nodeOrCounty(ctx context.Context, asked *NodeId) (id.Node, error) {
	if asked != nil {
		n, err := s.Tree.Node(ctx, *asked)
		return n.ID, err
	}
	counties, err := s.Tree.Nodes(ctx, 0, org.KindCounty)
	if err != nil {
		return 0, err
	}
	if len(counties) == 0 {
		return 0, fault.New(fault.ReasonNotFound)
	}
	return counties[0].ID, nil
}
