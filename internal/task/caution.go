package task

// Caution is why a matter is looked at before it is decided, and not in a batch.
type Caution string

// The cautions.
const (
	CautionSensitive Caution = "sensitive"   // of a category that is
	CautionUnseen    Caution = "unseen"      // a record of one of too many unseen people, who are decided about together
	CautionSample    Caution = "sample"      // a record that was drawn
	CautionLong      Caution = "long_report" // over service.LongReport, reported by oneself
	CautionSameName  Caution = "same_name"   // a report-in under the name of another person
	CautionFlagged   Caution = "flagged"     // with a text that was not passed
)

// Cautions lists every caution.
func Cautions() []Caution {
	return []Caution{CautionSensitive, CautionUnseen, CautionSample, CautionLong, CautionSameName, CautionFlagged}
}
