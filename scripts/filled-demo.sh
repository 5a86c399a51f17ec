#!/usr/bin/env bash
# Fills a demo's folder and stops its servers, so that tests begin with a copy instead of filling each its own:
#
#   scripts/filled-demo.sh PROGRAM FOLDER
set -euo pipefail

[ $# = 2 ] || { echo "usage: filled-demo.sh PROGRAM FOLDER" >&2; exit 2; }
mkdir -p "$2"
exec 3< <(exec "$1" --data "$2" demo --port 0 2>&1)
demo=$!
said=
while read -r line <&3; do
  said+=$line$'\n'
  if [[ $line == *http://127.0.0.1:* ]]; then
    kill -INT "$demo"
    cat <&3 >/dev/null
    wait "$demo"
    exit
  fi
done
echo "filled-demo.sh: the demo did not start: $said" >&2
exit 1
