package app

import (
	"context"

	"xinyuan/internal/account"
	"xinyuan/internal/id"
	"xinyuan/internal/state"
	"xinyuan/internal/team"
)

// buildAccounts says how each matter of a person ends whose account is deleted.
func (a *App) buildAccounts() {
	a.Accounts = account.New(a.DB, a.Sealer, a.Clocks.Machine, a.Log, account.Parts{
		People: a.People, Certificates: a.Certificates, Photos: a.Photos, Contacts: a.Contacts,
		Ends: account.Ends{
			state.Wish.Noun:       account.End(a.Wishes.Withdraw),
			state.Membership.Noun: account.End(a.Memberships.Leave),
			state.Complaint.Noun:  account.End(a.Complaints.Close),
			state.Need.Noun:       account.End(a.Needs.Withdraw),
			state.Visit.Noun:      account.End(a.Visits.Withdraw),
			state.Booking.Noun:    account.End(a.Offers.Cancel),
			state.Signup.Noun: func(ctx context.Context, who id.User, activity int64) error {
				return a.Activities.CancelSignup(ctx, who, id.Activity(activity), who, nil)
			},
			state.TeamMember.Noun: func(ctx context.Context, who id.User, of int64) error {
				return a.Teams.Leave(ctx, who, team.Leaving{Team: id.Team(of), Person: who}, nil)
			},
			state.Grant.Noun: func(ctx context.Context, who id.User, grant int64) error {
				return a.Grants.Resign(ctx, who, id.Grant(grant))
			},
		},
	})
}
