// Gotest runs the Go tests of the module, with -race where goroutines are, but
// for those about the code itself, which make check runs:
//
//	go run ./internal/tidy/gotest [FLAG…]
//
// A package whose code starts goroutines runs with -race; of another, the tests
// that start some, by themselves or through functions beside them. The rest runs
// without, which is several times faster. Nobody keeps a list: the source says
// it. The flags go to both runs of go test.
package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	code, err := testAll(".", os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
	}
	os.Exit(code)
}

// testAll runs the plain tests and the raced ones, those also where a plain one
// fails, and returns the worse exit code.
func testAll(root string, flags []string) (int, error) {
	p, err := makePlan(root)
	if err != nil {
		return 1, err
	}
	names := "^(" + strings.Join(slices.Sorted(maps.Keys(p.raced)), "|") + ")$"
	plain := slices.Concat([]string{"test"}, flags, []string{"-skip", names}, p.plainPackages())
	raced := slices.Concat([]string{"test", "-race"}, flags, []string{"-run", names}, p.racedPackages())
	first, err := run(plain)
	if err != nil {
		return 1, err
	}
	fmt.Fprintln(os.Stderr, "with -race, where goroutines are:")
	second, err := run(raced)
	return max(first, second), err
}

func run(args []string) (code int, err error) {
	cmd := exec.Command("go", args...) //nolint:gosec,noctx // till it ends
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil // a signal counts as -1
	}
	return 0, err
}
