package api

import (
	"errors"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"xinyuan/internal/clock"
)

// The formats of times and days have bounds that everything behind them can hold:
// DATETIME, JSON, arithmetic with years, the paper of a certificate. What comes from
// outside passes here, and so does every answer in a test.
func init() {
	openapi3.DefineStringFormatValidator("date-time", openapi3.NewCallbackValidator(func(text string) error {
		var at time.Time
		if err := at.UnmarshalText([]byte(text)); err != nil { // stricter than time.Parse, and as the handlers read it
			return errInstant
		}
		return within(at)
	}))
	openapi3.DefineStringFormatValidator("date", openapi3.NewCallbackValidator(func(text string) error {
		day, err := time.ParseInLocation(time.DateOnly, text, clock.Shanghai)
		if err != nil {
			return errInstant
		}
		return within(day)
	}))
}

var errInstant = errors.New("no time, or one that is too far away")

func within(at time.Time) error {
	if at.Before(clock.Earliest) || !at.Before(clock.Latest) {
		return errInstant
	}
	return nil
}
