// Gotest runs the Go tests of the module, with -race where goroutines are, but
// for those about the code itself, which make check runs:
//
//	go run ./internal/tidy/gotest [-races] [FLAG…]
//
// A package whose code starts goroutines runs with -race, unless all of the
// program comes together in it. The rest runs without, which is several times
// faster. With -races run, with -race, the tests of the rest that start
// goroutines, by themselves or through functions beside them, and those of the
// packages that have all of the program; nothing else. Nobody keeps a list: the source says it. The flags go to
// each run of go test.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
)

func main() {
	code, err := testAll(".", os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "gotest:", err)
	}
	os.Exit(code)
}

// longest are the packages that begin first, the last one before all others: what begins last is waited for alone.
var longest = []string{"./internal/doctor", "./.", "./internal/seed", "./api"}

// testAll runs the plain tests and the raced ones, those also where a plain one
// fails, and returns the worse exit code. Where the first flag is -races, it
// runs the tests that race in packages whose code does not.
func testAll(root string, flags []string) (int, error) {
	p, err := makePlan(root)
	if err != nil {
		return 1, err
	}
	if len(flags) > 0 && flags[0] == "-races" {
		return run(slices.Concat([]string{"test", "-race"}, flags[1:], []string{"-run", p.racingNames()}, p.racingPackages()))
	}
	slices.SortStableFunc(p.plain, func(a, b string) int {
		return slices.Index(longest, b) - slices.Index(longest, a)
	})
	first, err := run(slices.Concat([]string{"test"}, flags, p.plain))
	if err != nil {
		return 1, err
	}
	fmt.Fprintln(os.Stderr, "with -race, where goroutines are:")
	second, err := run(slices.Concat([]string{"test", "-race"}, flags, p.concurrent))
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
