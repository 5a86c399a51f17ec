package api

import (
	"fmt"
	"html/template"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"xinyuan/internal/certificate"
	"xinyuan/internal/clock"
	"xinyuan/internal/fault"
	"xinyuan/internal/state"
	"xinyuan/internal/words"
)

// verifyView is what the page says to whoever has a certificate's code.
type verifyView struct {
	State   string // "good", "changed", "revoked", "unknown", or "busy"
	Serial  string
	From    string // the days, both included
	Until   string
	Name    string // empty where the holder does not show it, and so below
	Source  string // where the name comes from
	Number  string
	Hours   string
	Now     string // the hours as they are now, where a correction has changed them
	Items   []verifyItem
	Issuer  string
	Contact string
	Issued  string
	Revoked string
	Alone   bool // not in the national system
}

type verifyItem struct{ Day, Title, Place, Hours string }

// registerVerify adds the public page where a certificate is checked: without a
// session, as large as elders want it, in plain HTML, and never kept anywhere.
func (s *server) registerVerify(e *echo.Echo) {
	page := template.Must(template.ParseFS(pages, "pages/verify.html"))
	e.GET("/verify/:code", func(c echo.Context) error {
		view, status, err := s.verify(c)
		if err != nil {
			return err
		}
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		h.Set("X-Robots-Tag", "noindex")
		h.Set(echo.HeaderContentType, echo.MIMETextHTMLCharsetUTF8)
		c.Response().WriteHeader(status)
		return page.Execute(c.Response(), view)
	})
}

func (s *server) verify(c echo.Context) (verifyView, int, error) {
	ctx := c.Request().Context()
	if !certificate.IsCode(c.Param("code")) { // a slip while typing: it costs nothing, and counts for nothing
		return verifyView{State: "unknown"}, http.StatusNotFound, nil
	}
	if err := s.count(c, budget{"verify:" + c.RealIP(), s.Rates.Verify}); err != nil {
		busy, ok := fault.Of(err)
		if !ok || busy.Kind != fault.TooMany {
			return verifyView{}, http.StatusInternalServerError, err
		}
		c.Response().Header().Set("Retry-After", retryAfter(busy.RetryAfter))
		return verifyView{State: "busy"}, http.StatusTooManyRequests, nil
	}
	found, items, err := s.Certificates.Check(ctx, c.Param("code"))
	if fault.Has(err, fault.ReasonNotFound) {
		return verifyView{State: "unknown"}, http.StatusNotFound, nil
	}
	return verifyWords(found, items), http.StatusOK, err
}

func verifyWords(c certificate.Certificate, items []certificate.Item) verifyView {
	v := verifyView{
		State: "good", Serial: c.Serial, Issuer: c.Issuer, Contact: c.Contact, Issued: chineseDay(c.IssuedAt),
		From: chineseDay(c.From), Until: chineseDay(c.Until.Add(-time.Millisecond)), Alone: !c.Connected,
	}
	if c.Status == state.CertificateRevoked {
		v.State, v.Revoked = "revoked", chineseDay(*c.RevokedAt)
		return v
	}
	if c.Shows.Has(certificate.FieldName) {
		v.Name, v.Source = c.HolderLabel, c.NameSource.String()
	}
	if c.Shows.Has(certificate.FieldNumber) {
		v.Number = c.Number
	}
	if c.Shows.Has(certificate.FieldHours) {
		v.Hours = fmt.Sprintf("%s，%d 次", words.Duration(c.Minutes), c.Records)
	}
	if c.IsSuperseded() {
		if v.State = "changed"; v.Hours != "" {
			v.Now = words.Duration(c.MinutesNow)
		}
	}
	for _, i := range items {
		v.Items = append(v.Items, verifyItem{chineseDay(i.StartedAt), i.Title, i.Place, words.Duration(i.Minutes)})
	}
	return v
}

func chineseDay(t time.Time) string {
	return words.Day(t.In(clock.Shanghai).Date())
}
