package assignment

import (
	"xinyuan/internal/fault"
	"xinyuan/internal/org"
)

// Body is what sends or owes an assignment.
type Body string

// The bodies.
const (
	BodyCommunity Body = "community" // a community or a village
	BodyStreet    Body = "street"
	BodyCounty    Body = "county"
	BodyUnit      Body = "unit"   // a department of the county, or any other unit
	BodyVendor    Body = "vendor" // who serves by contract: a property company, home care
	BodyGroup     Body = "group"
	BodyMeeting   Body = "meeting"
)

// Bodies lists every body.
func Bodies() []Body {
	return []Body{BodyCommunity, BodyStreet, BodyCounty, BodyUnit, BodyVendor, BodyGroup, BodyMeeting}
}

// bodyOf is what a node of the tree is; empty for what neither sends nor owes.
func bodyOf(k org.Kind) Body {
	switch k {
	case org.KindCommunity, org.KindVillage:
		return BodyCommunity
	case org.KindStreet:
		return BodyStreet
	case org.KindCounty:
		return BodyCounty
	case org.KindUnit:
		return BodyUnit
	case org.KindGroup:
		return BodyGroup
	case org.KindGrid, org.KindBuilding:
	}
	return ""
}

// Kind is what the receiver owes.
type Kind string

// The kinds.
const (
	KindLead Kind = "lead" // to do it
	KindHelp Kind = "help" // to help who does
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{KindLead, KindHelp} }

// Basis is what an assignment stands on beside the direction, on the day of its sending.
type Basis struct {
	Duty     bool // the duty list names the receiver for such a thing
	Admitted bool // an admission of the sender's is in force
	Contract bool // the two have one
	Accepted bool // the receiver's own seat has accepted it in the meeting
}

// rule is what one direction takes.
type rule string

const (
	never      rule = "never"
	always     rule = "always"
	helpOnly   rule = "help"     // lead stays with who asks
	byDuty     rule = "duty"     // what the duty list says
	byDutyDown rule = "street"   // never past the street
	byAdmitted rule = "admitted" // what the duty list or an admission says
	byContract rule = "contract" // what a contract says
	byOwnSeat  rule = "own seat" // what its own seat has accepted
)

// directions says who may give whom work: the heart of the reform of the streets' duties.
var directions = map[Body]map[Body]rule{
	BodyCommunity: {
		BodyCommunity: never, BodyStreet: helpOnly, BodyCounty: never, BodyUnit: always, BodyVendor: byContract,
		BodyGroup: always, BodyMeeting: never,
	},
	BodyStreet: {
		BodyCommunity: byDuty, BodyStreet: never, BodyCounty: helpOnly, BodyUnit: always, BodyVendor: byContract,
		BodyGroup: always, BodyMeeting: never,
	},
	BodyCounty: {
		BodyCommunity: byDutyDown, BodyStreet: byDuty, BodyCounty: never, BodyUnit: always, BodyVendor: byContract,
		BodyGroup: always, BodyMeeting: never,
	},
	BodyUnit: {
		BodyCommunity: byAdmitted, BodyStreet: byAdmitted, BodyCounty: never, BodyUnit: helpOnly, BodyVendor: never,
		BodyGroup: never, BodyMeeting: never,
	},
	BodyMeeting: {
		BodyCommunity: byOwnSeat, BodyStreet: byOwnSeat, BodyCounty: byOwnSeat, BodyUnit: byOwnSeat,
		BodyVendor: byOwnSeat, BodyGroup: byOwnSeat, BodyMeeting: never,
	},
	// Who serves by contract and groups have nobody below them.
	BodyVendor: nil, BodyGroup: nil,
}

// notAdmitted is what a department reads.
const notAdmitted = "这件事不在社区的职责清单里，也没有经过准入。社区可以不办。要让社区帮忙，请先向县里申请准入。"

// CheckDirection refuses work that the sender may not give the receiver. Error: fault.ReasonNotAdmitted.
func CheckDirection(from, to Body, kind Kind, b Basis) error {
	refuse := func(why string) error { return fault.New(fault.ReasonNotAdmitted).Saying("%s", why) }
	switch directions[from][to] {
	case always:
		return nil
	case helpOnly:
		if kind != KindHelp {
			return refuse("这里只能请对方帮忙，不能交给对方牵头。")
		}
		return nil
	case byDuty:
		if !b.Duty {
			return refuse("这件事不在对方的职责清单里，不能交办。")
		}
		return nil
	case byDutyDown:
		return refuse("县里的事请交给街道，由街道按职责清单安排，不直接派给社区。")
	case byAdmitted:
		if !b.Duty && !b.Admitted {
			return refuse(notAdmitted)
		}
		return nil
	case byContract:
		if !b.Contract {
			return refuse("和对方没有签约，不能交办。")
		}
		return nil
	case byOwnSeat:
		if !b.Accepted {
			return refuse("对方的代表在会上没有认领这件事，不能交办。")
		}
		return nil
	case never:
	}
	return refuse("不能向对方交办。请派给单位，或者请上一级来办。")
}
