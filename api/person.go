package api

import (
	"context"
	"strconv"
)

// GetMyNumber tells the number by which staff finds me.
func (s *server) GetMyNumber(ctx context.Context, _ GetMyNumberRequestObject) (GetMyNumberResponseObject, error) {
	number, err := s.People.DrawNumber(ctx, me(ctx))
	return GetMyNumber200JSONResponse{Number: number}, err
}

// FindPerson finds who shows a number.
func (s *server) FindPerson(ctx context.Context, r FindPersonRequestObject) (FindPersonResponseObject, error) {
	if err := s.lookUp(ctx); err != nil {
		return nil, err
	}
	f, err := s.People.FindByNumber(ctx, me(ctx), r.Params.Number)
	found := FoundPerson{
		Id: f.ID, DisplayName: f.DisplayName, HomeName: some(f.Home), UnitName: some(f.Unit), Roles: []RoleGrant{},
	}
	for _, g := range f.Grants {
		found.Roles = append(found.Roles, RoleGrant{Role: g.Role, NodeId: g.NodeID, NodeName: g.NodeName})
	}
	return FindPerson200JSONResponse(found), err
}

// ListMyTodos shows all that is my turn.
func (s *server) ListMyTodos(ctx context.Context, _ ListMyTodosRequestObject) (ListMyTodosResponseObject, error) {
	all, err := s.Tasks.ListTodos(ctx, me(ctx))
	items := make([]Todo, len(all))
	for i, t := range all {
		items[i] = Todo{
			Turn: t.Turn, Noun: some(t.Noun), WishId: some(t.WishID), Title: t.Title, Who: t.Who,
			Since: t.Since, Count: some(t.Count), Late: some(t.Late),
		}
		if t.ID != 0 {
			items[i].Id = some(strconv.FormatInt(t.ID, 10))
		}
	}
	return ListMyTodos200JSONResponse{Items: items}, err
}
