import { MAC_KINDS, exportTable, networkTable } from '@l2gw/contracts';
import { CONFLICT_KINDS } from '../../forwarding/conflicts.js';
import { RULE_NAMES } from '../../forwarding/select-best.js';
import type { Noun } from '../noun.js';
import {
  type Schema,
  flag,
  integer,
  ip,
  list,
  mac,
  nullable,
  oneOf,
  record,
  reference,
  text,
  time,
  uuid,
} from '../schema.js';
import { CONNECTION_STATUS, STATUS_REASON } from './common.js';

const KIND = oneOf(MAC_KINDS);

/** What is there only of the kinds that have it. */
const ORIGIN: Readonly<Record<string, Schema>> = {
  port_id: uuid(),
  host: text(),
  device_owner: text(),
  updated_at: time(),
  switch: text('That has learned it.'),
  row: uuid("Of the row in the switch's database."),
  remote_mac_id: uuid(),
  rgw_connection: uuid(),
  sync_peer_id: uuid('Of the cloud that says so.'),
  cloud: text('Its id.'),
  static: flag('It cannot move.'),
  path: list(text(), 'Clouds: where it is, then those that have passed it on.'),
  since: time(),
  reason: text('Why it does not compete.'),
  immutable: list(ip(), 'Those of its IPs that no other MAC can have.'),
  routers: list(ip(), "Those of its IPs that are a router's."),
};

const CANDIDATE = record(
  {
    kind: KIND,
    ...ORIGIN,
    vtep: nullable(ip()),
    ips: list(ip()),
    claim: integer('A later claim is a higher number.'),
    sequence: integer('How often it had moved between clouds.'),
    competes: flag(),
    is_chosen: flag(),
  },
  Object.keys(ORIGIN),
);

const PLACE = { vtep: ip(), connection: uuid('In another cloud, behind this remote gateway connection.') };
const CHOSEN = record(
  {
    kind: KIND,
    ...PLACE,
    ips: list(ip()),
    rule: oneOf(RULE_NAMES, 'That told it from the next.'),
  },
  Object.keys(PLACE),
);

const [MAC_ROWS] = networkTable.rows.filter(({ key }) => key.startsWith('mac/'));
const [EXPORT_ROW] = exportTable.rows;
const DERIVED = record({
  row: nullable({ ...MAC_ROWS?.row, description: 'That agents get.' }),
  revision: integer(),
  written_at: time(),
  is_current: flag('False until the compiler has come to the latest facts.'),
});

const NEXT_HOP = {
  next_hop: nullable(ip('Where it sends frames for the MAC.')),
  is_local: flag('Behind its own VTEP.'),
  relays: list(ip(), 'One of these passes the frames on.'),
};

const EXPLANATION = record({
  network_id: uuid(),
  network_name: text(),
  mac: mac(),
  text: text('The answer in a sentence.'),
  candidates: list(CANDIDATE, 'Who claims the MAC.'),
  chosen: nullable(CHOSEN),
  conflicts: list(
    record({ subject: text('The MAC, or one of its IPs.'), kind: oneOf(CONFLICT_KINDS), reason: text() }),
    'On what of it clouds do not agree.',
  ),
  exported: nullable({ ...EXPORT_ROW?.row, description: 'What other clouds are told of it.' }),
  derived: nullable(DERIVED),
  switches: list(
    record(
      {
        switch: text(),
        tunnel_ips: list(ip()),
        ...NEXT_HOP,
        status: CONNECTION_STATUS,
        status_reason: STATUS_REASON,
      },
      ['relays'],
    ),
  ),
  hosts: list(record({ host: text(), tunnel_ip: nullable(ip()), ...NEXT_HOP }, ['relays'])),
});

export const explanation: Noun = {
  name: 'L2Explanation',
  says: 'explanation',
  singular: 'l2_explanation',
  plural: 'l2_explanations',
  attributes: {},
  schemas: { L2Explanation: EXPLANATION },
  routes: {
    'GET ': {
      summary: 'Explains where a MAC is, who says so and why he is believed',
      refers: true,
      query: {
        mac: mac('Either this'),
        ip: ip('or this: the MACs that have the address.'),
        network: uuid('Absent: every network in which somebody claims it.'),
      },
      answer: record({ l2_explanations: list(reference('L2Explanation')), text: text('What is true of all of them.') }),
    },
  },
};
