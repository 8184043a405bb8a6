#!/usr/bin/env bash
# Everything that must hold before a change is good: format, lint, types, build, and all specs (the architecture
# rules are one of them). Goes through all of it, ends non-zero if anything failed, and says at the very end
# how many specs passed and how many specs or checks failed.
set -uo pipefail
cd "$(dirname "$0")/.."

# Colours are for people.
[ -t 1 ] || export NO_COLOR=1

readonly BIN=node_modules/.bin
readonly RESULTS=.cache/test-results.json
readonly CHECKS=.cache/checks.log
failed_checks=0
jest_status=0

main() {
  rm -f "$RESULTS"
  check bootstrap scripts/bootstrap.sh --with-openstack
  if [ "$failed_checks" = 0 ]; then
    # Specs wait a good deal, for servers and for silence: what needs nothing but the sources uses that time.
    check_sources >"$CHECKS" 2>&1 &
    local sources=$!
    check build node scripts/build.mjs
    heading specs
    "$BIN/jest" --ci --json --outputFile="$RESULTS" >/dev/null
    jest_status=$?
    wait "$sources"
    failed_checks=$((failed_checks + $?))
    cat "$CHECKS"
  fi
  node scripts/test-summary.mjs "$RESULTS" "$failed_checks" "$jest_status"
}

check_sources() {
  failed_checks=0
  check format nice "$BIN/prettier" --check --log-level warn .
  check lint nice "$BIN/eslint" .
  check types nice "$BIN/tsc" --noEmit -p tsconfig.json
  return "$failed_checks"
}

check() {
  local name=$1
  heading "$name"
  shift
  "$@" && return
  printf '%s: FAILED\n' "$name" >&2
  failed_checks=$((failed_checks + 1))
}

heading() {
  printf '\n== %s (%s s)\n' "$1" "$SECONDS"
}

main
