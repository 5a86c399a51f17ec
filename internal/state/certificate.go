package state

// CertificateStatus is where a certificate of service stands.
type CertificateStatus string

// The statuses of a certificate. That a correction has changed the hours since is
// no status: whoever checks it is told so.
const (
	CertificateIssued  CertificateStatus = "issued"
	CertificateRevoked CertificateStatus = "revoked"
)

// Certificate is the lifecycle of a certificate of service.
var Certificate = Machine[CertificateStatus]{
	Noun:    "certificate",
	Table:   "certificates",
	Initial: CertificateIssued,
	Transitions: []Transition[CertificateStatus]{
		{CertificateIssued, EventOpen, CertificateIssued, []Party{PartyDecider},
			"staff reads the paper, which has the real name; the holder is told"},
		{CertificateIssued, EventRevoke, CertificateRevoked, []Party{PartyOwner, PartyDecider}, "with a reason"},
	},
	Messages: []Message{
		{EventCreate, []Party{PartyOwner}},
		{EventOpen, []Party{PartyOwner}},
		{EventRevoke, []Party{PartyOwner, PartyDecider}},
	},
}
