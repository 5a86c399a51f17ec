// Code generated from x-letters and x-counts of api/openapi.yaml by `go generate ./internal/letters`. DO NOT EDIT.

package letters

// How many characters each text may have.
const (
	WishTitle           = 30  // of a wish
	WishDescription     = 500 // of a wish
	Estate              = 12  // where a resident lives, shown to all
	ContactName         = 20  // how a resident is called
	ContactAddress      = 100 // where a resident lives
	DeliveryNote        = 500 // what was done for a wish
	Comment             = 300 // what a resident says of it
	Reason              = 200 // of any step
	Complaint           = 500 // what somebody complains of or suggests
	Answer              = 300 // to a complaint, and why it is not enough
	TeamName            = 20  // of a team
	TeamIntro           = 200 // what a team does
	ActivityTitle       = 30  // of an activity
	ActivityDescription = 500 // of an activity
	Place               = 40  // where people meet
	Need                = 60  // what volunteers should be able to do
	NeedText            = 600 // what somebody needs to be solved
	NeedAnswer          = 300 // what came of it
	Clause              = 60  // of a duty list
	Assignment          = 200 // what a body is asked to do
	VisitSubject        = 60  // what a leader comes to hear, and who was there
	Promise             = 60  // what a leader promises about one thing
	OfferName           = 30  // of what a body opens
	OfferRule           = 40  // of it
	OfferMatter         = 20  // that a desk can do
	OfferStop           = 20  // what a stop of a route is called
	OfferSeen           = 60  // what is to be seen there
	BookingPurpose      = 60  // what somebody books it for
	AgreementLine       = 40  // what a unit promises in one line
	ProjectTitle        = 30  // of what a unit does for many
	ProjectText         = 200 // what it is
	Milestone           = 40  // what is done of it by a day
	BrandName           = 20  // of a lasting service of a community
	BrandText           = 60  // what it is, in a sentence
	BrandForWhom        = 30  // for whom it is
	BookingInstead      = 60  // where people may come in its place
	Objection           = 300 // why hours or an absence are wrong
	ReportTitle         = 30  // what somebody did, in a report of one's own
	ReportNote          = 300 // how it was done
	DisplayName         = 20  // as others see it
	RealName            = 30  // as in an ID document
)

// How many there may be.
const (
	WishPhotos     = 3  // pictures of a wish
	NeedPhotos     = 3  // pictures of the thing that a need is about
	VisitLines     = 8  // things that are written down of one visit
	VisitPromises  = 5  // of them with a promise
	OfferRules     = 5  // sentences on how something is used
	OfferMatters   = 8  // that a desk can do
	OfferStops     = 12 // of a route
	AgreementLines = 8  // that a unit promises in one agreement
	ProjectNeeds   = 10 // out of which one project comes
	Milestones     = 5  // of a project
	ProjectUnits   = 5  // that do one project
	BrandUnits     = 5  // that build one brand
	BookingWeeks   = 5  // in a row that are booked at once
	DeliveryPhotos = 9  // pictures of a deed
	ReportPhotos   = 6  // pictures of a self-report
	Participants   = 9  // beside the claimant
	CheckIns       = 3  // of a person within an activity and a day
)
