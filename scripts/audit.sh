#!/bin/sh
# What the public lists of weaknesses say of what we use: govulncheck for Go, npm audit for the client and for WeChat's
# compiler. Where a service does not answer, that is said, and is no finding. docs/security.md explains each finding.
cd "$(dirname "$0")/.." || exit 2
found=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT

echo "== govulncheck (vuln.go.dev)"
if go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./... > "$out" 2>&1; then
	tail -3 "$out"
elif grep -qE 'Vulnerability #[0-9]' "$out"; then
	cat "$out"
	found=1
else
	echo "not checked: the service does not answer:"
	tail -2 "$out"
fi

for folder in miniprogram miniprogram/compile-check; do
	echo "== npm audit ($folder)"
	(cd "$folder" && npm audit --package-lock-only --omit=optional) > "$out" 2>&1
	case $? in
	0) tail -2 "$out" ;;
	*)
		if grep -qE '^[0-9]+ .*vulnerabilit' "$out"; then
			cat "$out"
			found=1
		else
			echo "not checked: the service does not answer:"
			grep -m1 -iE 'ERR|warn' "$out"
		fi
		;;
	esac
done
[ $found = 0 ] && echo "nothing is found in what was checked" || echo "docs/security.md says of each finding what it means here"
exit 0
