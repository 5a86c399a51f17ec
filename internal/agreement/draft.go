package agreement

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/clock"
	"xinyuan/internal/content"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// Draft is what a community writes.
type Draft struct {
	NodeID, UnitID id.Node
	Body           Body // as which the community agrees; empty: its party organisation
	Year           int
	Lines          []Line
}

// checkYear refuses a year that is nobody's to agree on now. Error: fault.ReasonInvalidInput.
func (d Draft) checkYear(now time.Time) error {
	if this := clock.Year(now); d.Year != this && d.Year != this+1 {
		return fault.BadField("year", "协议签今年的或者明年的。")
	}
	return nil
}

// checkLines trims the texts and refuses lines that nobody can count. Error: fault.ReasonInvalidInput.
func checkLines(all []Line) error {
	var wrong []error
	counted := map[string]bool{}
	for i := range all {
		l, at := &all[i], func(field string) string { return fmt.Sprintf("lines.%d.%s", i, field) }
		wrong = append(wrong, fault.NeedText(&l.Text, at("text"), "答应的事", letters.AgreementLine))
		if l.Text == content.Placeholder { // as the page has a line that is held back
			wrong = append(wrong, fault.BadField(at("text"), "这一行还在核对，请等核对完再改，或者重新写一句。"))
		}
		key := fmt.Sprint(l.OfferID, l.Quarter)
		switch {
		case l.Kind.HasOffer() && l.OfferID == 0:
			wrong = append(wrong, fault.BadField(at("offerId"), "请选是单位开放的哪一样，约了用了才算数。"))
		case !l.Kind.HasOffer() && l.OfferID != 0:
			wrong = append(wrong, fault.BadField(at("offerId"), "服务和岗位按时长算，不用选开放的地方。"))
		case counted[key]:
			wrong = append(wrong, fault.BadField(at("quarter"), "同一件事到同一个季度，请写成一行。"))
		}
		counted[key] = true
	}
	switch {
	case len(all) == 0:
		wrong = append(wrong, fault.BadField("lines", "请写上单位答应做的事。"))
	case len(all) > letters.AgreementLines:
		wrong = append(wrong, fault.BadField("lines", "一份协议最多写八件事。"))
	}
	return errors.Join(wrong...)
}

// offered is what is read of an offer that a line names.
type offered struct {
	ID     id.Offer          `db:"id"`
	HostID id.Node           `db:"host_id"`
	Status state.OfferStatus `db:"status"`
}

// checkOffers refuses lines of what the unit does not open. Error: fault.ReasonInvalidInput.
func checkOffers(lines []Line, unit id.Node, all []offered) error {
	open := map[id.Offer]bool{0: true}
	for _, o := range all {
		open[o.ID] = o.HostID == unit && (o.Status == state.OfferOpen || o.Status == state.OfferPaused)
	}
	for i, l := range lines {
		if !open[l.OfferID] {
			return fault.BadField(fmt.Sprintf("lines.%d.offerId", i), "请选这个单位正在开放的地方。")
		}
	}
	return nil
}

// checkDue refuses lines whose quarter is over: nobody keeps them any more. Where another version was signed before,
// what was done in time counts for this one, too. Error: fault.ReasonInvalidInput.
func (a Agreement) checkDue(lines []Line, before bool, now time.Time) error {
	for i, l := range lines {
		if !before && !now.Before(a.Due(l)) {
			return fault.BadField(fmt.Sprintf("lines.%d.quarter", i), "这个季度已经过去了，请选后面的。")
		}
	}
	return nil
}

// requireReady refuses a signature under lines that nobody can read yet, or keep any more. Error:
// fault.ReasonAgreementState.
func requireReady(ctx context.Context, tx *mysql.Tx, a Agreement) error {
	var (
		lines  []Line
		held   []content.Text
		open   []offered
		before int
	)
	if err := tx.Read(ctx, wantLines(&lines, a.ID), wantBefore(&before, a),
		content.Own(&held, state.Agreement.Noun, int64(a.ID))); err != nil {
		return err
	}
	if err := tx.Read(ctx, wantOffered(&open, lines)); err != nil {
		return err
	}
	refused := fault.New(fault.ReasonAgreementState)
	switch {
	case slices.ContainsFunc(held, func(t content.Text) bool { return t.Withheld }):
		return refused.Saying("有一行字还在核对，等核对完再签。")
	case checkOffers(lines, a.UnitID, open) != nil:
		return refused.Saying("有一行要用的地方，单位已经不开放了。请先把这一行改了再签。")
	case a.checkDue(lines, before > 0, tx.Now()) != nil:
		return refused.Saying("有一行的季度已经过去了。请先把这一行改了再签。")
	}
	return nil
}
