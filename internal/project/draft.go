package project

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"xinyuan/internal/ballot"
	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/state"
)

// Draft is what is proposed.
type Draft struct {
	NodeID  id.Node
	UnitID  id.Node // for which the actor proposes it; 0: for the community
	Title   string
	Text    string
	ForAll  bool      // it is for the whole community
	Needs   []id.Need // what residents said that it is for
	BrandID id.Brand  // of the community, to which it belongs; 0: none

	brandName string
}

// check trims the texts and refuses what is for nobody. Error: fault.ReasonInvalidInput.
func (d *Draft) check() error {
	err := errors.Join(fault.NeedText(&d.Title, "title", "项目名称", letters.ProjectTitle),
		fault.NeedText(&d.Text, "text", "要做什么", letters.ProjectText))
	slices.Sort(d.Needs)
	switch {
	case len(d.Needs) > letters.ProjectNeeds:
		return errors.Join(err, fault.BadField("needIds", "一个项目最多从十件事来，请分开写。"))
	case len(d.Needs) == 0 && !d.ForAll:
		return errors.Join(err, fault.BadField("needIds", "请选居民说的事，或者选为全社区办。"))
	case len(slices.Compact(slices.Clone(d.Needs))) < len(d.Needs):
		return errors.Join(err, fault.BadField("needIds", "同一件事选了两遍。"))
	}
	return err
}

// wanted is what is read of a need that a project is for.
type wanted struct {
	ID     id.Need          `db:"id"`
	NodeID id.Node          `db:"node_id"`
	Public bool             `db:"is_public"`
	Status state.NeedStatus `db:"status"`
	Taken  bool             `db:"is_taken"` // a live project names it
}

// checkNeeds refuses needs that others do not read, that have an end, or that a project has already. Error:
// fault.ReasonInvalidInput.
func (d Draft) checkNeeds(all []wanted) error {
	for i, one := range d.Needs {
		at := slices.IndexFunc(all, func(w wanted) bool { return w.ID == one })
		path := fmt.Sprintf("needIds.%d", i)
		switch {
		case at < 0 || all[at].NodeID != d.NodeID || !all[at].Public || !goesOn(all[at].Status):
			return fault.BadField(path, "请选这个社区公开的、还没有办结的事。")
		case all[at].Taken:
			return fault.BadField(path, "这件事已经有项目了。")
		}
	}
	return nil
}

// goesOn tells whether everybody may read a public need in the status, and it has no end.
func goesOn(s state.NeedStatus) bool {
	switch s {
	case state.NeedHandling, state.NeedWaiting, state.NeedAnswered, state.NeedUnsolved:
		return true
	case state.NeedSubmitted, state.NeedClosed, state.NeedRejected, state.NeedMerged, state.NeedWithdrawn,
		state.NeedHanded:
		return false
	}
	return false
}

// checkRoll refuses what is for so few that nobody could vote about it. Error: fault.ReasonInvalidInput.
func checkRoll(roll []id.User) error {
	if len(roll) < ballot.Least {
		return fault.BadField("needIds", fmt.Sprintf(
			"这件事现在只关系到 %d 个人，不到 %d 个人的不算项目，请发成微心愿。", len(roll), ballot.Least))
	}
	return nil
}

// latest is how far ahead a milestone may be.
const latest = 366 * 24 * time.Hour

// checkMilestones trims the texts and refuses what is no plan. Error: fault.ReasonInvalidInput.
func checkMilestones(all []Milestone, now time.Time) error {
	var wrong []error
	for i := range all {
		m, at := &all[i], func(field string) string { return fmt.Sprintf("milestones.%d.%s", i, field) }
		m.Position = i
		wrong = append(wrong, fault.NeedText(&m.Text, at("text"), "这一步做什么", letters.Milestone))
		switch {
		case m.DueAt.Before(clock.Day(now)):
			wrong = append(wrong, fault.BadField(at("due"), "日子不能早于今天。"))
		case m.DueAt.After(now.Add(latest)):
			wrong = append(wrong, fault.BadField(at("due"), "一个项目最多办十二个月。"))
		}
	}
	switch {
	case len(all) == 0:
		wrong = append(wrong, fault.BadField("milestones", "请写上第一步做什么、到哪一天。"))
	case len(all) > letters.Milestones:
		wrong = append(wrong, fault.BadField("milestones", "一个项目最多五步。"))
	}
	return errors.Join(wrong...)
}

// checkUnits refuses milestones of units that neither lead nor help. Error: fault.ReasonInvalidInput.
func checkUnits(all []Milestone, units []id.Node) error {
	for i, m := range all {
		if !slices.Contains(units, m.UnitID) {
			return fault.BadField(fmt.Sprintf("milestones.%d.unitId", i), "请选牵头的单位，或者一起办的单位。")
		}
	}
	return nil
}
