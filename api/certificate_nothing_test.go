package api_test

import "testing"

// Service that a correction says there was not is on no certificate, and nothing but such service is none to certify.
func TestServiceOfNothingIsOnNoCertificate(t *testing.T) {
	t.Parallel()
	w := papered(t)
	correct(w, "member-1", 90, 0)
	c := issue(w, "member-1", "hours")
	if c.Number("minutes") != 45 || c.Number("records") != 1 {
		t.Errorf("one of two records is of nothing: %s", c.Raw)
	}
	w.Call("member-1", "POST", "/api/v1/me/certificates", ask("hours")).Refused(409, "certificate_exists")
	correct(w, "member-1", 45, 0)
	w.Call("member-1", "POST", "/api/v1/me/certificates", ask("hours")).Refused(409, "no_service")
	w.Healthy()
}
