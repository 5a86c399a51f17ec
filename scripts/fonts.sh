#!/usr/bin/env bash
# Makes the fonts of internal/paper anew from Debian's packages of LXGW WenKai and Hanazono (docs/operations.md):
#   scripts/fonts.sh        needs root or sudo for apt-get
# What it writes is committed, so that building the program needs none of this.
set -euo pipefail
cd "$(dirname "$0")/.."
sudo=; [ "$(id -u)" = 0 ] || sudo=sudo
$sudo apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
  python3-fonttools fonts-lxgw-wenkai fonts-hanazono
/usr/bin/python3 scripts/fonts.py /usr/share/fonts/truetype internal/paper/fonts
