package account

import "xinyuan/internal/state"

// How certificates end is in revokeAll: those of joined people are another holder's.
var _ = belongs(Belonging{
	Noun: state.Certificate.Noun, IDs: "account.certificates", Erase: []string{"account.erase_codes"}, Whole: true,
	Names: []SealedName{{"certificates", "holder_name", "account.erase_certificate"}},
	Tables: []Table{
		{700, "服务证明", "account.sheet_certificates"}, {710, "服务证明的内容", "account.sheet_certificate_items"},
	},
	Columns: map[string]string{
		"certificates.holder_name": "证明上的姓名", "holder_label": "查验时看到的姓名", "issuer": "出具单位",
		"handler": "经办人", "contact": "联系方式", "issued_at": "开具于", "revoked_at": "作废于",
	},
	Words: map[string]string{"issued": "有效", "revoked": "作废了"},
})
