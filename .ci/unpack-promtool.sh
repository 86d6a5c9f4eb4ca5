#!/usr/bin/env bash
# Puts promtool into .local/peers/promtool, for the test of deploy/prometheus. Unpacked and not installed: nobody needs a Prometheus that runs for it. No root needed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
target=.local/peers/promtool

give_up() { printf 'promtool: %s; the tests that need it will skip.\n' "$*"; exit 0; }

{ command -v promtool || [[ -x $target/promtool ]]; } >/dev/null && exit 0
{ command -v apt-get && command -v dpkg; } >/dev/null || give_up "not Debian or Ubuntu, so there is no package to unpack"
apt-cache show prometheus >/dev/null 2>&1 || { [[ $EUID -eq 0 ]] && apt-get update -qq >/dev/null 2>&1; }

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download prometheus) >"$work/log" 2>&1 || give_up "its package cannot be downloaded ($(tail -n 1 "$work/log"))"
dpkg -x "$work"/prometheus_*.deb "$work/unpacked" || give_up "its package cannot be unpacked"
mkdir -p "$target" && cp "$work/unpacked/usr/bin/promtool" "$target/promtool" || exit 1
"$target/promtool" --version >/dev/null 2>&1 || { rm -f "$target/promtool"; give_up "it does not start here"; }
printf 'promtool unpacked into %s.\n' "$target"
