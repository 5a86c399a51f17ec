.PHONY: run test check generate servers clean

PATH := $(PATH):/usr/sbin:/usr/local/sbin
export PATH

# Nothing that is compiled names the folder where it lies, so that a second clone finds it ready.
export GOFLAGS := $(filter-out -trimpath,$(shell go env GOFLAGS)) -trimpath

# Programs that live for a minute need not collect their garbage before it is 2 GB: a third of a compiler's time is that.
test check mutants test-mysql test-county test-races: export GOGC := off
test check mutants test-mysql test-county test-races: export GOMEMLIMIT := 2GiB

web := miniprogram/web/app/index.html
weixin := miniprogram/dist/build/mp-weixin/app.json
client := $(shell find miniprogram/src -type f) miniprogram/vite.config.ts miniprogram/package.json $(wildcard miniprogram/package/*)

run: servers $(web) ## the demo on http://127.0.0.1:8080 (PORT=… for another)
	go build -o .data/bin/xinyuan .
	exec .data/bin/xinyuan demo --with-parent

test: servers browser poppler nginx guide miniprogram/node_modules/.ready ## every test, on real servers; of the long ones a part
	@demo=$$(mktemp -d -p "$$(scripts/roomy.sh)" xinyuan-filled-XXXXXX) && trap 'rm -rf "$$demo"' EXIT && \
	XINYUAN_TEST_BINARY=$(CURDIR)/.data/bin/xinyuan XINYUAN_TEST_DEMO=$$demo \
	$(MAKE) --no-print-directory -j3 test-browser test-go test-units test-built

# What make test begins with, the longest way first. By hand, each test makes its own.
.PHONY: binary demo-folder
binary: $(if $(XINYUAN_TEST_BINARY),$(web))
	$(if $(XINYUAN_TEST_BINARY),go build -o $(XINYUAN_TEST_BINARY) .,@:)
demo-folder: binary
	$(if $(XINYUAN_TEST_DEMO),scripts/filled-demo.sh $(XINYUAN_TEST_BINARY) $(XINYUAN_TEST_DEMO),@:)

.PHONY: test-browser
test-browser: demo-folder $(weixin) # the pages, from the binary
	cd miniprogram && npm run --silent test:browser

.PHONY: gateway
gateway: # the store of pictures that tests start; compiling it takes minutes on an empty cache, more than a test waits
	@go tool -modfile=tools/s3/go.mod versitygw --version >/dev/null

.PHONY: test-go
test-go: demo-folder gateway # the Go tests, with -race where the code starts goroutines; make check vets the code and has the tests about it; -search: nobody's contact stands in a file then
	go run ./internal/devstack/withstack -search go run ./internal/tidy/gotest -vet=off -p=3 -parallel=4 -timeout=40m

.PHONY: test-units
test-units: # the client's; they are in no hurry
	cd miniprogram && nice npm test --silent

.PHONY: test-built
test-built: $(web) $(weixin) # what the client is built into
	cd miniprogram && nice npm run --silent test:build

.PHONY: test-whole
test-whole: test-county test-races test-pages test-compile ## whole, what make test has a part of

.PHONY: test-races
test-races: servers gateway ## with -race, the tests that race through code which starts no goroutine itself; make test runs them without
	go run ./internal/devstack/withstack go run ./internal/tidy/gotest -races -vet=off -count=1 -parallel=4 -timeout=40m

.PHONY: test-compile
test-compile: $(weixin) miniprogram/compile-check/node_modules/.ready ## the mini-program through WeChat's own compiler, as make package ends
	cd miniprogram && npm run --silent test:compile

.PHONY: pictures
pictures: servers browser $(web) $(weixin) ## the walk through the pages, which keeps a picture of each in miniprogram/artefacts
	go build -o .data/bin/xinyuan .
	cd miniprogram && XINYUAN_TEST_PICTURES=yes npm run --silent test:pages

.PHONY: test-pages
test-pages: servers browser $(web) $(weixin) ## the walk through the pages in both views and both sizes, and the ways in the browser that make test leaves out
	go build -o .data/bin/xinyuan .
	cd miniprogram && npm run --silent test:pages

.PHONY: test-county
test-county: servers ## the county's year whole, with doctor over it, demos at all hours, and the tables of rights whole; make test has a part of each
	XINYUAN_TEST_WHOLE=yes go run ./internal/devstack/withstack go test -count=1 -timeout 40m -v \
	-run '^(TestCounty|TestSameNumberSameData|TestAtAnyTime|TestRightsOfEveryRole|TestWhoeverIsListedMayDecide|TestAgainstTheModel|TestNeedsAgainstTheModel)$$' ./internal/seed ./api

check: servers miniprogram/node_modules/.ready ## formatting, linters (vet among them), the tests about the code itself, generated files fresh
	@$(MAKE) --no-print-directory -j2 check-go check-client

.PHONY: check-go
check-go:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "run gofmt -w on these"; exit 1; }
	go tool -modfile=tools/go.mod golangci-lint run ./...
	go run ./internal/devstack/withstack go test ./internal/tidy

.PHONY: check-client
check-client:
	cd miniprogram && npm run --silent lint && npm run --silent type-check && npm run --silent fresh:api

miniprogram/node_modules/.ready: miniprogram/package-lock.json # the client's tools
	@command -v npm >/dev/null || { echo "the client is built with Node 20 or newer: install nodejs and npm"; exit 1; }
	cd miniprogram && npm ci --no-audit --no-fund
	@touch $@

miniprogram/compile-check/node_modules/.ready: miniprogram/compile-check/package-lock.json # WeChat's compiler, 276 MB
	cd miniprogram/compile-check && npm ci --no-audit --no-fund --ignore-scripts
	@touch $@

$(web): miniprogram/node_modules/.ready $(client) miniprogram/index.html
	cd miniprogram && npm run build:h5
	@touch $@

$(weixin): miniprogram/node_modules/.ready $(client)
	cd miniprogram && npm run --silent build:mp-weixin
	@touch $@

.PHONY: package
package: miniprogram/node_modules/.ready miniprogram/compile-check/node_modules/.ready ## a county's mini-program: COUNTY=its file, as miniprogram/package/county.example.json (docs/launch.md)
	node miniprogram/package/build.mjs "$(COUNTY)"
	cd miniprogram && node compile-check/check.cjs dist/county

generate: ## write what is made from openapi.yaml and the lifecycles
	go generate ./...

servers: # install MariaDB and Redis where they are missing
	@{ command -v mariadbd || command -v mysqld; } >/dev/null && { command -v redis-server || command -v valkey-server; } >/dev/null || { \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends mariadb-server-core redis-server; }

.PHONY: browser
browser: # install Chromium without a screen, and Chinese letters, where they are missing; Chromium with one takes twice the time
	@{ command -v chromium-headless-shell && fc-list :lang=zh 2>/dev/null | grep -q .; } >/dev/null || { \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
	chromium-headless-shell fonts-noto-cjk fontconfig; } || command -v chromium >/dev/null

.PHONY: poppler
poppler: # install what reads PDFs in tests, where it is missing
	@command -v pdftotext >/dev/null || { \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends poppler-utils; }

.PHONY: nginx
nginx: # install the proxy that tests the example in deploy/, where it is missing
	@command -v nginx >/dev/null || { \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends nginx-light; }

.PHONY: guide
guide: # install what the guide for operators uses, where it is missing; systemd, which reads the units, need not run
	@{ command -v systemd-analyze && command -v mariadb-dump; } >/dev/null || { \
	sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	$$sudo apt-get update -qq && \
	$$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends systemd mariadb-client; }

.PHONY: bench
bench: servers ## our operations beside bare versions of them, in turns, on a database that flushes: a table, and .data/bench.json
	@mkdir -p .data
	XINYUAN_TEST_BENCH=$(CURDIR)/.data/bench.json go test -count=1 -timeout 20m -v -run TestBench ./internal/bench

.PHONY: mutants
mutants: servers miniprogram/node_modules/.ready ## plants each mistake of internal/mutants/mutants.txt, whose test must then fail
	go run ./internal/devstack/withstack go run ./internal/mutants/run $(NAMES)

clean: ## throw the demo's data away
	rm -rf .data

.PHONY: fuzz
fuzz: servers ## 20,000 random requests over openapi.yaml (SEED=… for others); make test sends 1,500
	XINYUAN_TEST_FUZZ_REQUESTS=$(or $(REQUESTS),20000) XINYUAN_TEST_FUZZ_SEED=$(or $(SEED),1) \
	go run ./internal/devstack/withstack go test -count=1 -timeout 20m -v -run TestFuzzedRequests ./api

.PHONY: audit
audit: ## govulncheck and npm audit where their services answer, saying so where not (docs/security.md explains the findings)
	@scripts/audit.sh

.PHONY: test-galera
test-galera: servers ## the races of bookings on a Galera cluster of three nodes (Debian only)
	scripts/galera.sh go test -count=1 -run '^(TestEachHalfHourIsOnes|TestNobodyBooksWhatEnds)$$' ./internal/offer

.PHONY: test-mysql
test-mysql: servers poppler nginx guide ## the Go tests on a genuine MySQL (Debian only; elsewhere set XINYUAN_TEST_MYSQL_DSN)
	scripts/real-mysql.sh go run ./internal/devstack/withstack go run ./internal/tidy/gotest -vet=off -parallel=4 -timeout=30m
