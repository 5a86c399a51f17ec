package moderation

import (
	"context"
	"errors"

	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/matter"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// About is what somebody reports: a matter with its words, or one picture of it.
type About struct {
	Noun    string
	Subject int64
	Photo   id.Photo // 0: the words
}

// reasonWords say why, as staff reads it.
var reasonWords = map[Reason]string{
	ReasonPolitics: "时政有害", ReasonPorn: "色情低俗", ReasonGambling: "赌博", ReasonFraud: "诈骗", ReasonAds: "广告",
	ReasonAbuse: "辱骂、欺负人", ReasonPrivacy: "泄露别人的隐私", ReasonOther: "别的问题",
}

// Report brings what somebody sees before staff (举报), once however many report it; the
// others are told with the first what became of it. What staff has decided about a
// picture is not asked again. Whether the person sees it is for who calls to ask. Who
// wrote it decides nothing and hears nothing of a report that changes nothing. Error:
// fault.ReasonNotFound.
func (s *Service) Report(ctx context.Context, by id.User, about About, why Reason,
	onCommit mysql.OnCommit[struct{}]) error {
	report := func() error {
		return s.db.Tx(ctx, func(tx *mysql.Tx) error {
			err := s.report(ctx, tx, by, about, why)
			return errors.Join(err, onCommit.Do(tx, struct{}{}, err))
		})
	}
	err := report()
	if mysql.IsDuplicate(err, "content_cases_report") || mysql.IsDuplicate(err, "content_cases_photo") {
		err = report() // somebody was faster: this one joins them
	}
	return err
}

func (s *Service) report(ctx context.Context, tx *mysql.Tx, by id.User, about About, why Reason) error {
	var before []Case
	var place []content.Place
	args := mysql.Args{"noun": about.Noun, "subject": about.Subject, "photo": about.Photo}
	if err := tx.Read(ctx, mysql.Many(&before, "moderation.lock_reported", args),
		mysql.Many(&place, "moderation.reported", args)); err != nil {
		return err
	}
	if len(place) == 0 {
		return fault.New(fault.ReasonNotFound)
	}
	reporter := mysql.Args{"user": by, "reason": why, "at": tx.Now()}
	switch {
	case len(before) == 0:
		c := Case{
			Kind: KindReport, Noun: about.Noun, Subject: about.Subject, PhotoID: about.Photo, WriterID: place[0].Writer,
			NodeID: place[0].Node, DeskID: place[0].Desk, Status: state.Case.Initial,
			Reason: "有人举报：" + reasonWords[why], CreatedAt: tx.Now(), Version: 1,
		}
		if about.Photo != 0 {
			c.Kind = KindPicture
		}
		opened, err := s.openWith(ctx, tx, c, Party{by, true})
		reporter["case"] = opened
		return errors.Join(err, tx.Add("moderation.report", reporter))
	case before[0].Status != state.CaseOpen: // of a picture: staff has looked at it
		return nil
	}
	return s.join(ctx, tx, before[0], by, reporter)
}

// join adds somebody to who has reported it already.
func (s *Service) join(ctx context.Context, tx *mysql.Tx, c Case, by id.User, reporter mysql.Args) error {
	var people []Party
	if err := tx.Select(ctx, &people, "moderation.parties", mysql.Args{"case": c.ID}); err != nil {
		return err
	}
	for _, p := range people {
		if p.UserID == by && p.Reported {
			return nil
		}
	}
	before := c.matter(people)
	reporter["case"] = c.ID
	err := errors.Join(c.move(state.EventReport), tx.Add("moderation.report", reporter))
	after := people[:0:0]
	for _, p := range people {
		if p.UserID != by {
			after = append(after, p)
		}
	}
	after = append(after, Party{by, true})
	return errors.Join(err, s.save(tx, before, c, matter.Step{Name: state.EventReport}, after))
}

// takeDown hides the words of what was reported. Of whoever has deleted the account there are none any more.
func (s *Service) takeDown(ctx context.Context, tx *mysql.Tx, c Case) error {
	query := map[string]string{
		state.Wish.Noun: "moderation.hide_wish", state.Claim.Noun: "moderation.hide_comment",
		state.Activity.Noun: "moderation.hide_activity", state.Team.Noun: "moderation.hide_team",
		state.Need.Noun: "moderation.hide_need",
	}[c.Noun]
	if query == "" {
		return nil
	}
	var erased bool
	if err := tx.Get(ctx, &erased, "moderation.erased", mysql.Args{"noun": c.Noun, "subject": c.Subject}); err != nil ||
		erased {
		return err
	}
	var err error
	if c.Noun == state.Need.Noun {
		err = tx.Add("moderation.withhold_need", mysql.Args{
			"id": mysql.NewID[id.Text](tx), "subject": c.Subject, "at": tx.Now(),
		})
	}
	err = errors.Join(err, tx.Add(query, mysql.Args{"subject": c.Subject, "shown": content.Removed}))
	if c.Noun == state.Claim.Noun {
		return err
	}
	return errors.Join(err, matter.Retitle(tx, c.Noun, c.Subject, content.Removed))
}
