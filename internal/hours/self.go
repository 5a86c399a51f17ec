package hours

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"xinyuan/internal/fault"
	"xinyuan/internal/id"
	"xinyuan/internal/letters"
	"xinyuan/internal/media"
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
	Photos     []id.Photo
}

// The limits of what people report themselves.
const (
	longestReport = 24 * time.Hour
	// reportWithin is how long after its end service may be reported.
	reportWithin = 30 * 24 * time.Hour
	// MaxPhotos is how many pictures show what was done.
	MaxPhotos = letters.ReportPhotos
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
	need := func(path, text, what, empty string, longest int) {
		message := fault.WrongText(text, what, longest)
		if fault.IsBlank(text) {
			message = empty
		}
		bad(message != "", path, message)
	}
	need("title", d.Title, "做了什么", "请写明做了什么，例如“给独居老人送餐”。", maxTitle)
	need("note", d.Note, "经过", "请写几句经过，社区要照着核实。", maxNote)
	bad(len(d.Photos) > MaxPhotos, "photoIds", fmt.Sprintf("最多放 %d 张图片。", MaxPhotos))
	bad(d.End.After(now), "endedAt", "结束时间还没有到。")
	bad(!d.End.After(now.Add(-reportWithin)), "endedAt", "三十天以前的服务不能自己补记了，请联系社区。")
	long := d.End.Sub(d.Start) > longestReport
	bad(long, "startedAt", "一次最多记二十四小时，请分开记。")
	bad(!long && len(d.records(0)) == 0, "endedAt", "结束要比开始晚至少一分钟。")
	if len(fields) == 0 {
		return nil
	}
	e := fault.New(fault.ReasonInvalidInput)
	e.Fields = fields
	return e
}

// records are what the draft says that the person served, as they are before
// anybody looked at them; none where no day has a whole minute.
func (d Draft) records(by id.User) []Record {
	minutes := wholeMinutes(d.Start, d.End)
	if minutes < 1 { // a record without minutes is a correction's alone
		return nil
	}
	return Record{
		UserID: by, RecorderID: by, NodeID: d.NodeID, StageNodeID: d.NodeID, StartedAt: d.Start, EndedAt: d.End,
		Minutes: minutes, Source: state.SourceSelf, Title: d.Title, Note: d.Note,
		Status: state.Record.Initial, Version: 1,
	}.split()
}

// SelfReport writes down what the actor served; the community confirms it. What
// crosses midnight becomes two records, which share the pictures. Phone and
// ID-card numbers in its text are hidden. Errors: fault.ReasonInvalidInput,
// fault.ReasonNotACommunity, fault.ReasonServiceOverlap with what is confirmed,
// or reported already, and those of media.Choice.To.
func (s *Service) SelfReport(ctx context.Context, actor id.User, d Draft,
	onCommit mysql.OnCommit[[]Record]) ([]Record, error) {
	if err := d.check(s.db.Now()); err != nil {
		return nil, err
	}
	var node org.Node
	var placed bool
	if err := s.db.Read(ctx, org.WantNode(ctx, &node, &placed, d.NodeID)); err != nil {
		return nil, err
	}
	if !node.Kind.TakesWishes() {
		return nil, fault.New(fault.ReasonNotACommunity)
	}
	var made []Record
	err := s.db.Tx(ctx, func(tx *mysql.Tx) error {
		made = d.records(actor)
		for i := range made {
			made[i].NodeName = node.Name
		}
		err := s.report(ctx, tx, made, d.Photos)
		return errors.Join(err, onCommit.Do(tx, made, err))
	})
	return made, err
}

// report judges and writes the records of one report.
func (s *Service) report(ctx context.Context, tx *mysql.Tx, made []Record, chosen []id.Photo) error {
	actor, node := made[0].UserID, made[0].NodeID
	photos := media.Choose(actor, chosen)
	var reported []Record
	around, err := s.look(ctx, tx, node, made, append(photos.Wants(), mysql.Many(&reported, "hours.reported", mysql.Args{
		"user": actor, "since": made[0].StartedAt, "until": made[len(made)-1].EndedAt,
	}))...)
	if err != nil {
		return err
	}
	w := writing{tx: tx, actor: actor}
	for i := range made {
		r := &made[i]
		around.stamp(r)
		r.ID, r.RecordedAt = mysql.NewID[id.Record](tx), tx.Now()
		r.needs(around.Taken, around.Path, false)
		var more error
		r.Title, err = s.redact(tx, r.ID, "title", r.Title)
		r.Note, more = s.redact(tx, r.ID, "note", r.Note)
		if err = errors.Join(err, more); err != nil {
			return err
		}
		w.begin(*r, false)
	}
	if err := checkOverlaps(made, slices.Concat(around.Taken, reported)); err != nil {
		return err
	}
	if err := errors.Join(add(tx, made), photos.To(tx, state.Record.Noun, int64(made[0].ID))); err != nil {
		return err
	}
	return s.write(ctx, &w)
}
