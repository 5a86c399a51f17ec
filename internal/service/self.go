package service

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
	"xinyuan/internal/org"
	"xinyuan/internal/state"
)

// Draft is service as the person reports it who served.
type Draft struct {
	NodeID     id.Node
	Title      string
	Start, End time.Time
	Note       string
}

// The limits of what people report themselves.
const (
	longestReport = 24 * time.Hour
	// reportWithin is how long after its end service may be reported.
	reportWithin = 30 * 24 * time.Hour
)

// check trims the draft and says what is wrong with it, all fields at once.
func (d *Draft) check(now time.Time) error {
	d.Title, d.Note = strings.TrimSpace(d.Title), strings.TrimSpace(d.Note)
	d.Start, d.End = d.Start.UTC().Truncate(time.Millisecond), d.End.UTC().Truncate(time.Millisecond)
	var fields []fault.Field
	bad := func(is bool, path, message string) {
		if is {
			fields = append(fields, fault.Field{Path: path, Message: message})
		}
	}
	bad(fault.Blank(d.Title), "title", "请写明做了什么，例如“给独居老人送餐”。")
	bad(len([]rune(d.Title)) > maxTitle, "title", "做了什么写得太长了，请精简一些。")
	bad(fault.Blank(d.Note), "note", "请写几句经过，社区要照着核实。")
	bad(len([]rune(d.Note)) > maxNote, "note", "经过写得太长了，请精简一些。")
	bad(d.End.After(now), "endedAt", "结束时间还没有到。")
	bad(!d.End.After(now.Add(-reportWithin)), "endedAt", "三十天以前的服务不能自己补记了，请联系社区。")
	bad(wholeMinutes(d.Start, d.End) < 1, "endedAt", "结束要比开始晚至少一分钟。")
	bad(d.End.Sub(d.Start) > longestReport, "startedAt", "一次最多记二十四小时，请分开记。")
	if len(fields) == 0 {
		return nil
	}
	e := fault.New(fault.ReasonInvalidInput)
	e.Fields = fields
	return e
}

// SelfReport writes down what the actor served; the community confirms it. What
// crosses midnight becomes two records. Phone and ID-card numbers in its text
// are hidden. Errors: fault.ReasonInvalidInput, fault.ReasonNotACommunity,
// fault.ReasonServiceOverlap with what is confirmed, or reported already.
func (s *Service) SelfReport(ctx context.Context, actor id.User, d Draft, keep mysql.Keep[[]Record]) ([]Record, error) {
	if err := d.check(s.db.Now()); err != nil {
		return nil, err
	}
	var node org.Node
	var placed bool
	if err := s.db.Read(ctx, org.WantNode(&node, &placed, d.NodeID)); err != nil {
		return nil, err
	}
	if !node.Kind.TakesWishes() {
		return nil, fault.New(fault.ReasonNotACommunity)
	}
	var made []Record
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		whole := Record{
			UserID: actor, NodeID: d.NodeID, StartedAt: d.Start, EndedAt: d.End,
			Minutes: wholeMinutes(d.Start, d.End), Source: state.SourceSelf, Title: d.Title, Note: d.Note,
		}
		made = whole.split()
		var reported []Record
		around, err := s.look(ctx, tx, d.NodeID, made, mysql.Many(&reported, "service.reported", mysql.Args{
			"user": actor, "since": d.Start, "until": d.End,
		}))
		if err != nil {
			return err
		}
		w := writing{actor: actor}
		for i := range made {
			r := &made[i]
			around.stamp(r)
			r.ID, r.RecorderID, r.RecordedAt = mysql.NewID[id.Record](tx), actor, tx.Now()
			r.Status, r.Version, r.StageNodeID, r.NodeName = state.Record.Initial, 1, d.NodeID, node.Name
			r.needs(around.Taken, around.Path, false)
			var more error
			r.Title, err = s.redact(tx, r.ID, "title", d.Title)
			r.Note, more = s.redact(tx, r.ID, "note", d.Note)
			if err = errors.Join(err, more); err != nil {
				return err
			}
			w.begin(*r, false)
		}
		if err := collisions(made, slices.Concat(around.Taken, reported)); err != nil {
			return err
		}
		if err := add(tx, made); err != nil {
			return err
		}
		_, err = s.write(ctx, tx, &w)
		return errors.Join(err, keep.Do(tx, made, err))
	})
	return made, err
}
