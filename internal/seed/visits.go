package seed

import (
	"context"
	"time"

	"xinyuan/internal/contact"
	"xinyuan/internal/id"
	"xinyuan/internal/need"
	"xinyuan/internal/visit"
)

// listened is what the home community told its leader, and what came of it.
var listened = []struct {
	days    int // ago
	subject string
	with    string
	lines   []visit.Line
	isDone  bool // each of its needs has an end
}{
	{16, "冬天供暖怎么样", "3 号楼和 5 号楼的九位居民", []visit.Line{
		{Draft: need.Draft{Category: need.CategoryUtilities, Place: "5 号楼 2 单元", Text: "顶层暖气总有气，摸着不热。"},
			Promise: "请供热公司来放气"},
		{Draft: need.Draft{Category: need.CategoryRoads, Place: "3 号楼前", Text: "雪化了结冰，老人出门怕摔。"},
			Promise: "当天撒上防滑沙"},
	}, true},
	{3, "", "广场上的十来位居民", []visit.Line{
		{Draft: need.Draft{Category: need.CategoryBusiness, Place: "早市", Text: "早市散了没人扫，味道很大。"},
			Promise: "和城管商量收市的时间"},
		{Draft: need.Draft{Category: need.CategoryParking, Place: "小区西门", Text: "西门的道闸坏了一个月，车都从人行道走。",
			Contact: &contact.Contact{Name: "周建国", Phone: "13900001105", Address: "茂山新村 6 号楼 2 单元 301"}},
			Promise: "这周请物业来修"},
		{Draft: need.Draft{Category: need.CategoryCare, Place: "2 号楼", Text: "老人白天一个人在家，想有人陪着说说话。"}},
	}, false},
}

// planEvenings has the leader who answers for the street come in the evenings, and be asked for.
func (w *world) planEvenings() {
	leader := func() id.User { return w.people["area-leader"] }
	home := w.nodes[homeCode]
	meeting := func(day time.Time, place, subject string) visit.Meeting {
		start := day.Truncate(24 * time.Hour).Add(11 * time.Hour) // 19:00 here
		return visit.Meeting{Place: place, Subject: subject, StartsAt: start, EndsAt: start.Add(90 * time.Minute)}
	}
	for i, l := range listened {
		one := new(id.Visit)
		w.at(w.morning(l.days+2, 40+i), func(ctx context.Context) error {
			v, err := w.visits.Plan(ctx, leader(), home, meeting(w.morning(l.days, 0), "邻里驿站", l.subject), nil)
			*one = v.ID
			return err
		})
		w.at(w.morning(l.days, 0).Add(12*time.Hour), func(ctx context.Context) error {
			_, err := w.visits.Hold(ctx, leader(), *one, visit.Notes{WithWhom: l.with, Lines: l.lines}, nil)
			return err
		})
		w.at(w.morning(l.days-1, 41), func(ctx context.Context) error { return w.tendVisit(ctx, *one, l.isDone) })
		w.at(w.morning(l.days-1, 42), w.sweepVisits)
	}
	w.at(w.morning(4, 45), func(ctx context.Context) error { // of the evening before today, not written down yet
		_, err := w.visits.Plan(ctx, leader(), home, meeting(w.morning(1, 0), "小区门口", "物业费涨价的事"), nil)
		return err
	})
	w.at(w.morning(1, 43), func(ctx context.Context) error {
		_, err := w.visits.Plan(ctx, leader(), home, meeting(w.morning(-1, 0), "3 号楼活动室", "小区停车怎么停"), nil)
		return err
	})
	w.at(w.morning(1, 44), func(ctx context.Context) error {
		_, err := w.visits.Invite(ctx, w.people["resident-2"], home, visit.Meeting{
			Place: "8 号楼楼下", Subject: "楼上楼下的吵闹，想请领导来听听",
		}, nil)
		return err
	})
}

// tendVisit has the secretary lead what a visit brought, and close it where it is done.
func (w *world) tendVisit(ctx context.Context, one id.Visit, isDone bool) error {
	v, err := w.visits.Get(ctx, w.people["area-leader"], one)
	if err != nil {
		return err
	}
	secretary := w.staff[w.nodes[homeCode]]
	for i, b := range v.Brought {
		if !isDone && i > 1 {
			continue
		}
		if _, err := w.needs.Review(ctx, secretary, b.NeedID, need.Review{Accept: true}, nil); err != nil || !isDone {
			if err != nil {
				return err
			}
			continue
		}
		if _, err := w.needs.Answer(ctx, secretary, b.NeedID, need.Reply{
			Result: need.ResultSolved, Text: "当天就去办了，现在已经好了。",
		}, nil); err != nil {
			return err
		}
		if _, err := w.needs.Confirm(ctx, w.people["grid"], b.NeedID, need.Word{
			Solved: need.SolvedYes, OnBehalf: true, How: "上门问的",
		}, nil); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) sweepVisits(ctx context.Context) error { return w.visits.Sweep(ctx) }
