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
failed_checks=0
jest_status=0

main() {
  rm -f "$RESULTS"
  check bootstrap scripts/bootstrap.sh --with-openstack
  if [ "$failed_checks" = 0 ]; then
    check format "$BIN/prettier" --check --log-level warn .
    check lint "$BIN/eslint" .
    check types "$BIN/tsc" --noEmit -p tsconfig.json
    check build node scripts/build.mjs
    heading specs
    "$BIN/jest" --ci --json --outputFile="$RESULTS" >/dev/null
    jest_status=$?
  fi
  node scripts/test-summary.mjs "$RESULTS" "$failed_checks" "$jest_status"
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
