#!/usr/bin/env bash
# Says where large files of a run may lie: in memory where there are 4 GB, or where TMPDIR says.
set -euo pipefail
free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || true)
if [ -z "${TMPDIR:-}" ] && [ "${free:-0}" -ge 4194304 ]; then echo /dev/shm; else echo "${TMPDIR:-/tmp}"; fi
