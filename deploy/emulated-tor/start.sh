#!/bin/sh
# Boots the switch: a database if there is none yet, its server, and the switch's own description of itself.
set -eu
: "${TOR_NAME:=tor-1}" "${TOR_TUNNEL_IP:=10.0.0.1}" "${TOR_PORTS:=Ethernet1 Ethernet2}"
: "${TOR_DIRECTORY:=/var/lib/tor}" "${TOR_LISTEN:=ptcp:6640}"
socket="$TOR_DIRECTORY/db.sock"
database="$TOR_DIRECTORY/vtep.db"

describe_itself() {
  until [ -S "$socket" ]; do sleep 0.1; done
  vtep="vtep-ctl --db=unix:$socket"
  $vtep --may-exist add-ps "$TOR_NAME" -- set Physical_Switch "$TOR_NAME" tunnel_ips="$TOR_TUNNEL_IP"
  for port in $TOR_PORTS; do $vtep --may-exist add-port "$TOR_NAME" "$port"; done
}

[ -e "$database" ] || ovsdb-tool create "$database" /usr/share/openvswitch/vtep.ovsschema
rm -f "$socket"
describe_itself &
exec ovsdb-server --remote="punix:$socket" --remote="$TOR_LISTEN" --unixctl="$TOR_DIRECTORY/control.sock" \
  -vconsole:warn -vsyslog:off "$database"
