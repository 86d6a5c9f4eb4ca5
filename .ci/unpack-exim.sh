#!/usr/bin/env bash
# Puts Exim into .local/peers/exim, for tests that mail to it and from it. It is unpacked and never installed: installing it removes Postfix.
# Once per machine; where it cannot be had, it says so and the tests that need it skip. No root needed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
target=.local/peers/exim

exim() { LD_LIBRARY_PATH=$(libraries "$1") "$1/usr/sbin/exim4" "${@:2}"; }
libraries() { find "$PWD/$1" -name '*.so*' -printf '%h\n' | sort -u | paste -sd: -; }
# Without the account that it was built for, Exim ends before it does anything; that it comes so far is what is asked here.
starts() { [[ -x $1/usr/sbin/exim4 ]] && ! exim "$1" -bV 2>&1 | grep -q 'error while loading'; }
give_up() { printf 'Exim: %s; the tests that need it will skip.\n' "$*"; exit 0; }

mkdir -p .local
starts "$target" && exit 0
{ command -v apt-get && command -v dpkg; } >/dev/null || give_up "not Debian or Ubuntu, so there is no package to unpack"

apt-cache show exim4-daemon-light >/dev/null 2>&1 || { [[ $EUID -eq 0 ]] && apt-get update -qq >/dev/null 2>&1; }

# The libraries it wants that are not on the machine; libnss-wrapper gives it an account without one being made.
packages=(exim4-daemon-light exim4-base exim4-config libnss-wrapper)
leave_out=(--no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances)
mapfile -t direct < <(apt-cache depends "${leave_out[@]}" exim4-daemon-light 2>/dev/null | sed -n 's/^ *Depends: \(lib.*\)$/\1/p')
[[ ${#direct[@]} -gt 0 ]] || give_up "no package source knows it"
while IFS= read -r library; do
  dpkg -s "$library" 2>/dev/null | grep -q '^Status: install ok installed' || packages+=("$library")
done < <(apt-cache depends --recurse "${leave_out[@]}" "${direct[@]}" 2>/dev/null | grep '^lib' | sort -u)

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/debs" "$work/exim"
(cd "$work/debs" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download "${packages[@]}") >"$work/log" 2>&1 || give_up "its packages cannot be downloaded ($(tail -n 1 "$work/log"))"
for package in "$work"/debs/*.deb; do
  dpkg -x "$package" "$work/exim" || give_up "${package##*/} cannot be unpacked"
done
chmod u-s "$work/exim/usr/sbin/exim4" # what it may do is what who starts it may do
rm -rf "$target" && mkdir -p "${target%/*}" && cp -a "$work/exim" "$target" || exit 1
starts "$target" || give_up "it does not start ($(exim "$target" -bV 2>&1 | head -n 1))"
printf 'Exim unpacked into %s.\n' "$target"
