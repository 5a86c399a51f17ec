#!/bin/sh
# What the public lists of weaknesses say of what we use: govulncheck for Go, npm audit for the client and for WeChat's
# compiler. docs/security.md explains each finding. It ends with 0 where everything was checked and nothing found, with 1
# where something is found, and with 3 where a service did not answer: then nothing is known of that part.
cd "$(dirname "$0")/.." || exit 2
found='' unchecked=''
out=$(mktemp)
trap 'rm -f "$out"' EXIT

# silent WHAT WORDS: says that the service said nothing, with the last lines that have the words.
silent() {
	echo "NOT CHECKED: no answer that could be read:"
	grep -iE "$2" "$out" | tail -2
	unchecked="$unchecked, $1"
}

echo "== govulncheck (vuln.go.dev)"
if go run golang.org/x/vuln/cmd/govulncheck@v1.1.4 ./... > "$out" 2>&1; then
	tail -3 "$out"
elif grep -qE 'Vulnerability #[0-9]' "$out"; then
	cat "$out"
	found="$found, govulncheck"
else
	silent govulncheck .
fi

for folder in miniprogram miniprogram/compile-check; do
	echo "== npm audit ($folder)"
	if (cd "$folder" && npm audit --package-lock-only --omit=optional) > "$out" 2>&1; then
		tail -2 "$out"
	elif grep -qE '^[0-9]+ .*vulnerabilit' "$out"; then
		cat "$out"
		found="$found, $folder"
	else
		silent "$folder" 'ERR|warn|error'
	fi
done

echo "=="
[ -z "$found" ] || echo "FOUND in ${found#, }: docs/security.md says of each finding what it means here"
[ -z "$unchecked" ] || echo "NOT CHECKED: ${unchecked#, }. Run it again where vuln.go.dev and npm's advisories answer."
[ -z "$found" ] || exit 1
[ -z "$unchecked" ] || exit 3
echo "everything was checked, and nothing is found"
