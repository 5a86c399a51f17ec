package devstack

import "os"

// IsWhole tells whether a test does all that it can: whole tables and long histories, for which make test-county has
// the time. In make test the same test does a part that meets each kind.
func IsWhole() bool { return os.Getenv("XINYUAN_TEST_WHOLE") == "yes" }
