package id

type (
	dutyNoun      struct{}
	admissionNoun struct{}
)

// Duty and Admission identify a line of the streets' duty list, and a leave to give communities work that it does not
// name.
type (
	Duty      = ID[dutyNoun]
	Admission = ID[admissionNoun]
)
