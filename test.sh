#!/usr/bin/env bash
# Everything that must hold before a change lands. README and CI call this same script.
#   ./test.sh            web lint, types, format, unit tests and build; then dotnet test: some 35 minutes on two cores
#   ./test.sh --fast     without tests of category Slow and E2E
#   ./test.sh --slow     with the long ones too: categories Chaos, Fuzz and Load
#   ./test.sh --check    no tests: format, analyzers, lint and types, licences, known vulnerabilities
#   ./test.sh --install  only installs what the tests need (Debian or Ubuntu, as root)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

results=TestResults
client=Mail.Web/ClientApp
failed_steps=()

say() { printf '\n== %s\n' "$*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# step NAME COMMAND...: runs it, remembers a failure and goes on, so that one run shows all of them.
step() {
  local name=$1 started=$SECONDS
  shift
  say "$name"
  if "$@"; then
    printf '   %s: ok, %s s\n' "$name" "$((SECONDS - started))"
  else
    printf '   %s: FAILED\n' "$name"
    failed_steps+=("$name")
    return 1
  fi
}

check_tools() {
  command -v dotnet >/dev/null || die "The .NET 10 SDK is missing: https://dot.net/download"
  dotnet --version >/dev/null 2>&1 || die "global.json asks for a .NET 10 SDK; installed: $(cd / && dotnet --list-sdks | tr '\n' ' ')"
  { command -v node && command -v npm; } >/dev/null || die "Node.js (20.19 or later of 20, or 22.12 and later) with npm is missing: https://nodejs.org"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' ||
    die "Node.js $(node --version) is too old: 20.19 or later of 20, or 22.12 and later, is needed."
}

# What tests run that is neither .NET nor npm, by Debian's package names. A test whose tool is absent skips and says so.
has() {
  case $1 in
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    fonts-liberation) compgen -G '/usr/share/fonts/*/*/*' || compgen -G '/System/Library/Fonts/*' ;; # any will do: without one a browser shows no text
    postgresql) command -v postgres || ls /usr/lib/postgresql/*/bin/postgres ;;
    redis-server) command -v redis-server ;;
    postfix) PATH=$PATH:/usr/sbin command -v postfix ;;
    swaks) command -v swaks ;;
    opendkim) PATH=$PATH:/usr/sbin command -v opendkim ;;
    opendkim-tools) PATH=$PATH:/usr/sbin command -v opendkim-testmsg ;;
    python3-dkim) /usr/bin/python3 -c 'import dkim' ;;
    dnsmasq-base) PATH=$PATH:/usr/sbin command -v dnsmasq ;;
    libmail-dkim-perl) perl -MMail::DKIM -e 1 ;;
    python3-django) /usr/bin/python3 -c 'import django' ;;
    python3-icalendar) /usr/bin/python3 -c 'import icalendar, dateutil' ;;
    dovecot-pop3d) ls /usr/lib/dovecot/pop3 ;;
  esac >/dev/null 2>&1
}

missing_packages() {
  local package
  for package in chromium fonts-liberation postgresql redis-server postfix swaks opendkim opendkim-tools python3-dkim libmail-dkim-perl dnsmasq-base python3-django python3-icalendar dovecot-pop3d; do
    has "$package" || printf '%s ' "$package"
  done
}

# Nothing is asked and no daemon is started: tests start their own servers, on ports and folders of their own.
apt_install() {
  local policy=/usr/sbin/policy-rc.d added=false package
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || return 1
  apt-get install -y -qq --no-install-recommends debconf >/dev/null
  echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy" && added=true
  fi
  for package in "$@"; do
    # --no-remove: another mail server that is in use here stays, and the tests that need postfix skip.
    apt-get install -y -qq --no-install-recommends --no-remove "$package" >"$results/apt.log" 2>&1 || { echo "   $package could not be installed:"; tail -n 3 "$results/apt.log"; }
  done
  [[ $added == false ]] || rm -f "$policy"
}

install_packages() {
  local missing
  missing=$(missing_packages)
  if [[ -n $missing && $EUID -eq 0 ]] && command -v apt-get >/dev/null; then
    say "Installing $missing"
    # shellcheck disable=SC2086 # a list of words
    apt_install $missing
    missing=$(missing_packages)
  fi
  [[ -z $missing ]] || printf '\nMissing here, so the tests that need it will skip: %s\n   As root on Debian: ./test.sh --install\n' "$missing"
  .ci/unpack-exim.sh
  .ci/unpack-promtool.sh
}

# npm ci in a folder, unless what is there came from this very lock file.
npm_ci() {
  # The local host's own mark (NodePackages.cs): it would install the packages anew beside the tests that use them.
  local stamp=$1/node_modules/.installed version
  version=$(node -p 'require("crypto").createHash("sha256").update(require("fs").readFileSync(process.argv[1])).digest("hex")' "$1/package-lock.json") || return 1
  [[ -f $stamp && $(<"$stamp") == "$version" ]] && return 0
  (cd "$1" && npm ci --no-fund --no-audit) && printf '%s' "$version" >"$stamp"
}

npm_run() { (cd "$client" && npm run --silent "$@"); }

web_checks() {
  step "web packages" npm_ci "$client" || return 1
  step "web lint" npm_run lint
  step "web types" npm_run typecheck
  step "web format" npm_run format:check
  return 0
}

# dotnet_tests FILTER LIMIT: a test that takes longer than LIMIT is named and ends the run.
dotnet_tests() {
  dotnet_run dotnet "$1" "$2" && return
  # Few that failed run once more, alone: .ci/results.mjs lists those that pass then as unsteady, each with why it failed.
  local again
  again=$(node .ci/results.mjs "$results" --failed-filter) && [[ -n $again ]] || return 1
  say "again, alone: $again"
  dotnet_run again "$again" "$2"
}

dotnet_run() {
  dotnet test Mail.Aspire.sln --no-build ${2:+--filter "$2"} --results-directory "$results" --logger "trx;LogFileName=$1.trx" \
    --blame-hang --blame-hang-timeout "$3" --blame-hang-dump-type none
}

run_checks() {
  step "build with analyzers" dotnet build Mail.Aspire.sln -v quiet && step "dotnet format" dotnet format Mail.Aspire.sln --no-restore --verify-no-changes
  web_checks
  step "licences" node .ci/sbom.mjs --licences --check
  step "vulnerabilities" node .ci/audit.mjs
  if [[ ${#failed_steps[@]} -gt 0 ]]; then
    printf '\nFailed: %s\n' "$(printf '%s; ' "${failed_steps[@]}")"
    exit 1
  fi
  printf '\nAll checks passed.\n'
}

run_tests() {
  install_packages
  local lock
  while IFS= read -r lock; do
    step "packages of ${lock%/*}" npm_ci "${lock%/*}" </dev/null
  done < <(find templates Mail.Tests \( -name node_modules -o -name bin -o -name obj \) -prune -o -name package-lock.json -print)
  if web_checks; then
    step "web build" npm_run build && step "web first load" npm_run size
    step "web tests" npm_run test -- --reporter=default --reporter=json --outputFile.json="$PWD/$results/vitest.json"
  fi
  if step "build" dotnet build Mail.Aspire.sln -v quiet; then
    step "bill of materials" node .ci/sbom.mjs
    step "dotnet tests" dotnet_tests "$1" "${2:-10m}"
  fi
  node .ci/results.mjs "$results" ${failed_steps[@]+"${failed_steps[@]}"}
}

mode=${1:-}
[[ $# -le 1 ]] || die "One option at most: --fast, --slow, --check or --install."
rm -rf "$results" && mkdir -p "$results" || exit 1
case $mode in
  --install) [[ $EUID -eq 0 ]] || die "--install needs root." ; install_packages ;;
  --check) check_tools; run_checks ;;
  '') check_tools; run_tests 'Category!=Chaos&Category!=Fuzz&Category!=Load' ;;
  --fast) check_tools; run_tests 'Category!=Chaos&Category!=Fuzz&Category!=Load&Category!=Slow&Category!=E2E' ;;
  --slow) check_tools; run_tests '' 40m ;;
  *) die "Unknown option $mode: --fast, --slow, --check or --install." ;;
esac
