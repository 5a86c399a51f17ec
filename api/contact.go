package api

import (
	"context"
	"net/http"

	"xinyuan/internal/contact"
)

func keptJSON(k *contact.Kept) KeptContact {
	if k == nil {
		return KeptContact{}
	}
	return KeptContact{Contact: &Contact{Name: k.Name, Phone: k.Phone, Address: k.Address}, ConsentedAt: &k.ConsentedAt}
}

// GetMyContact shows the contact that is kept for my next wish.
func (s *server) GetMyContact(ctx context.Context, _ GetMyContactRequestObject) (GetMyContactResponseObject, error) {
	k, err := s.Contacts.GetKept(ctx, me(ctx))
	return GetMyContact200JSONResponse(keptJSON(k)), err
}

// KeepMyContact keeps my contact for my next wish.
func (s *server) KeepMyContact(ctx context.Context, r KeepMyContactRequestObject) (KeepMyContactResponseObject, error) {
	k, err := s.Contacts.Keep(ctx, me(ctx), contactOf(*r.Body), keep(ctx, s, http.StatusOK,
		func(k contact.Kept) KeepMyContact200JSONResponse { return KeepMyContact200JSONResponse{k.ConsentedAt} }))
	return KeepMyContact200JSONResponse{k.ConsentedAt}, err
}

// ForgetMyContact deletes what is kept of my contact.
func (s *server) ForgetMyContact(ctx context.Context, _ ForgetMyContactRequestObject) (
	ForgetMyContactResponseObject, error) {
	return ForgetMyContact204Response{}, s.Contacts.Forget(ctx, me(ctx), keepDone(ctx, s))
}
