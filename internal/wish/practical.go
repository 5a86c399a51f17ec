package wish

import (
	"regexp"
	"strings"

	"xinyuan/internal/fault"
	"xinyuan/internal/letters"
)

// Practical is what decides whether a member claims a wish. All of it is free to
// be left out, and none of it says that somebody is at home, or alone.
type Practical struct {
	Effort Effort `db:"effort"`
	Suits  Suits  `db:"suits"`
	// Estate is the housing estate, where the asker agrees to show it; never in a
	// sensitive category.
	Estate string `db:"estate"`
}

// Effort is about how long the deed takes.
type Effort string

// The efforts; empty where nothing was said.
const (
	EffortHalfHour Effort = "half_hour"
	EffortHalfDay  Effort = "half_day"
)

// Efforts lists all of them.
func Efforts() []Effort { return []Effort{EffortHalfHour, EffortHalfDay} }

// Suits is when a visit suits.
type Suits string

// The times; empty where nothing was said.
const (
	SuitsDaytime Suits = "daytime"
	SuitsEvening Suits = "evening"
	SuitsWeekend Suits = "weekend"
	SuitsByPhone Suits = "by_phone" // as agreed on the phone
)

// AllSuits lists all of them.
func AllSuits() []Suits { return []Suits{SuitsDaytime, SuitsEvening, SuitsWeekend, SuitsByPhone} }

// sayings are what a card says of an effort and of a time, as words/practical.ts of the client writes it.
var (
	effortSayings = map[Effort]string{EffortHalfHour: "半小时左右", EffortHalfDay: "要半天"}
	suitsSayings  = map[Suits]string{
		SuitsDaytime: "平时白天方便", SuitsEvening: "平时晚上方便", SuitsWeekend: "周末方便", SuitsByPhone: "电话里约时间",
	}
)

// shown is what a card says of it, one saying a line.
func (p *Practical) shown() string {
	return strings.Join([]string{effortSayings[p.Effort], suitsSayings[p.Suits], p.Estate}, "\n")
}

// MaxEstate is the longest name of an estate, in characters.
const MaxEstate = letters.Estate

// door is what tells more than the estate: digits, or the words of a door number.
var door = regexp.MustCompile(`[0-9０-９一二三四五六七八九十]+ *(号|栋|幢|座|单元|室|楼|门)|[0-9０-９]{2,}`)

func (p *Practical) wrongPractical() []fault.Field {
	if trim(&p.Estate) == "" {
		return nil
	}
	message := fault.WrongText(p.Estate, "小区名", MaxEstate)
	if message == "" && door.MatchString(p.Estate) {
		message = "这里大家都看得见，只写小区名，不写楼号和门牌。"
	}
	if message == "" {
		return nil
	}
	return []fault.Field{{Path: "estate", Message: message}}
}
