package api

import (
	"context"
	"net/http"
	"strconv"

	"xinyuan/internal/contact"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
)

func keptJSON(k *contact.Kept) KeptContact {
	if k == nil {
		return KeptContact{}
	}
	return KeptContact{
		Contact:       &Contact{Name: k.Name, Phone: k.Phone, Address: k.Address},
		PhoneVerified: some(k.Mark), ConsentedAt: &k.ConsentedAt,
	}
}

// contactOf is a contact as somebody writes it, with the number that WeChat said is theirs where they want that one. On
// behalf of a resident nobody gives their own number, unless as who answers the phone.
// Error: fault.ReasonInvalidInput, also where WeChat has said no number.
func (s *server) contactOf(ctx context.Context, c Contact, behalf bool) (contact.Contact, error) {
	read := contact.Contact{Name: c.Name, Phone: c.Phone, Address: c.Address, Helper: value(c.Helper)}
	if !value(c.MyPhone) {
		return read, nil
	}
	if behalf && read.Helper == "" {
		return read, fault.BadField("contact.phone", "这是替别人说的，请填居民的电话。")
	}
	own, err := s.People.GetPhone(ctx, me(ctx))
	if err == nil && own == "" {
		err = fault.BadField("contact.phone", "请先点“用微信手机号”，或者自己填写号码。")
	}
	read.Phone = own
	return read, err
}

func knownJSON(c contact.Contact) KnownContact {
	return KnownContact{
		Name: c.Name, Phone: c.Phone, Address: c.Address, Helper: some(c.Helper), PhoneVerified: some(c.Mark),
	}
}

// RecordSpoken writes down that staff has spoken to whose contact it is.
func (s *server) RecordSpoken(ctx context.Context, r RecordSpokenRequestObject) (RecordSpokenResponseObject, error) {
	one, _ := strconv.ParseInt(r.Body.Id, 10, 64) // the contract has looked at it
	done := keepDone(ctx, s)
	if r.Body.About == RecordSpokenJSONBodyAboutNeed {
		return RecordSpoken204Response{}, s.Needs.RecordSpoken(ctx, me(ctx), id.Need(one), r.Body.How, done)
	}
	return RecordSpoken204Response{}, s.Wishes.RecordSpoken(ctx, me(ctx), id.Wish(one), r.Body.How, done)
}

// GetMyContact shows the contact that is kept for my next wish.
func (s *server) GetMyContact(ctx context.Context, _ GetMyContactRequestObject) (GetMyContactResponseObject, error) {
	k, err := s.Contacts.GetKept(ctx, me(ctx))
	return GetMyContact200JSONResponse(keptJSON(k)), err
}

// KeepMyContact keeps my contact for my next wish.
func (s *server) KeepMyContact(ctx context.Context, r KeepMyContactRequestObject) (KeepMyContactResponseObject, error) {
	c, err := s.contactOf(ctx, *r.Body, false)
	if err != nil {
		return nil, err
	}
	k, err := s.Contacts.Keep(ctx, me(ctx), c, keep(ctx, s, http.StatusOK,
		func(k contact.Kept) KeepMyContact200JSONResponse { return KeepMyContact200JSONResponse{k.ConsentedAt} }))
	return KeepMyContact200JSONResponse{k.ConsentedAt}, err
}

// ForgetMyContact deletes what is kept of my contact.
func (s *server) ForgetMyContact(ctx context.Context, _ ForgetMyContactRequestObject) (
	ForgetMyContactResponseObject, error) {
	return ForgetMyContact204Response{}, s.Contacts.Forget(ctx, me(ctx), keepDone(ctx, s))
}
