package attendance

import (
	"slices"
	"time"
)

// Portion is a part of a person's service in one go.
type Portion struct {
	Span
	Minutes int // at least 1, at most the whole ones of the span
}

// subtract is what is left of the spans beside the busy ones.
func subtract(spans, busy []Span) []Span {
	for _, b := range busy {
		var left []Span
		for _, s := range spans {
			if !s.From.Before(b.Until) || !b.From.Before(s.Until) {
				left = append(left, s)
				continue
			}
			if s.From.Before(b.From) {
				left = append(left, Span{s.From, b.From})
			}
			if b.Until.Before(s.Until) {
				left = append(left, Span{b.Until, s.Until})
			}
		}
		spans = left
	}
	return spans
}

// place lays the minutes into what is free, which is in order and apart: into
// what the check-ins say of it, the first one first; and where that is too short,
// into all that is free, first about the check-ins and then from the start. It
// returns nothing where there is not enough free time.
func place(checkIns, free []Span, minutes int) []Portion {
	var seen []Span
	for _, f := range free {
		for _, c := range checkIns {
			if both := f.intersect(c); both.From.Before(both.Until) {
				seen = append(seen, both)
			}
		}
	}
	all, left := fill(seen, minutes, func(s Span, _ int) Span { return s })
	if left == 0 {
		return all
	}
	order := slices.Clone(free)
	slices.SortStableFunc(order, func(a, b Span) int { return a.seenLast(seen) - b.seenLast(seen) })
	all, left = fill(order, minutes, func(s Span, need int) Span { return s.about(seen, need) })
	if left > 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b Portion) int { return a.From.Compare(b.From) })
	return all
}

// fill lays the minutes into the spans in their order, each cut to what cut says
// of its share, and returns what did not fit.
func fill(spans []Span, minutes int, cut func(Span, int) Span) (all []Portion, left int) {
	left = minutes
	for _, s := range spans {
		if m := min(left, s.Minutes()); m > 0 {
			all = append(all, Portion{cut(s, m), m})
			left -= m
		}
	}
	return all, left
}

func (s Span) intersect(other Span) Span {
	if other.From.After(s.From) {
		s.From = other.From
	}
	if other.Until.Before(s.Until) {
		s.Until = other.Until
	}
	return s
}

// seenLast orders spans for filling: 0 where one of the seen spans lies in this
// one, and otherwise 1.
func (s Span) seenLast(seen []Span) int {
	if _, _, found := s.hull(seen); found {
		return 0
	}
	return 1
}

// hull is from when until when others lie in the span.
func (s Span) hull(others []Span) (from, until time.Time, found bool) {
	for _, o := range others {
		if o.From.Before(s.From) || o.Until.After(s.Until) {
			continue
		}
		if !found {
			from = o.From
		}
		until, found = o.Until, true
	}
	return from, until, found
}

// about is a stretch of the span that has so many minutes and is close to the
// others that lie in it: from the first of them on, or as late as there is room.
func (s Span) about(others []Span, minutes int) Span {
	from, until, found := s.hull(others)
	if !found {
		from, until = s.From, s.From
	}
	need := time.Duration(minutes) * time.Minute
	if latest := s.Until.Add(-need); from.After(latest) {
		from = latest
	}
	if end := from.Add(need); end.After(until) {
		until = end
	}
	return Span{from, until}
}
