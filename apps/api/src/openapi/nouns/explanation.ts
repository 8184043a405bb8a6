import type { Noun } from '../noun.js';
import { dictionary, flag, integer, ip, list, mac, nullable, oneOf, record, text, time, uuid } from '../schema.js';

const CANDIDATE = {
  ...record(
    {
      kind: oneOf(['port', 'learned', 'static']),
      vtep: nullable(ip('Where it would be, in this cloud.')),
      ips: list(ip()),
      claim: integer('The later one is right.'),
      competes: flag(),
      is_chosen: flag(),
      reason: text('Why it does not compete.'),
      port_id: uuid(),
      host: text(),
      device_owner: text(),
      updated_at: time(),
      switch: text(),
      row: text('`_uuid` of the row on the switch.'),
      since: time(),
      remote_mac_id: uuid(),
      rgw_connection: uuid(),
    },
    [
      ...['reason', 'port_id', 'host', 'device_owner', 'updated_at'],
      ...['switch', 'row', 'since', 'remote_mac_id', 'rgw_connection'],
    ],
  ),
  description: 'Who it is depends on the kind.',
};
const HOP = {
  next_hop: nullable(ip('The VTEP to which frames for it are sent.')),
  is_local: flag('It is behind the same VTEP.'),
  relays: list(ip(), 'One of these passes the frames on.'),
};
const CHOSEN = record(
  { kind: oneOf(['port', 'learned', 'static']), vtep: ip(), connection: uuid(), ips: list(ip()), rule: text() },
  ['vtep', 'connection'],
);
const DERIVED = record({
  row: nullable(dictionary()),
  revision: integer(),
  written_at: time(),
  is_current: flag('It is what the candidates amount to now.'),
});

const EXPLANATION = record({
  network_id: uuid(),
  network_name: text(),
  mac: mac(),
  text: text('The same in a sentence.'),
  candidates: list(CANDIDATE),
  chosen: nullable(CHOSEN),
  derived: nullable(DERIVED),
  switches: list(
    record({ switch: text(), tunnel_ips: list(ip()), ...HOP, status: text(), status_reason: text() }, ['relays']),
  ),
  hosts: list(record({ host: text(), tunnel_ip: nullable(ip()), ...HOP }, ['relays'])),
});

/** Answers to one question. */
export const explanation: Noun = {
  name: 'L2Explanation',
  says: 'explanation',
  singular: 'l2_explanation',
  plural: 'l2_explanations',
  attributes: {},
  routes: {
    'GET ': {
      summary: 'Explains where a MAC is, or the MACs that have an IP',
      answer: record({ l2_explanations: list(EXPLANATION), text: text('Why there are none, or not all.') }),
      query: {
        mac: mac('This or `ip`.'),
        ip: ip(),
        network: uuid('Every network in which somebody claims it if absent.'),
      },
    },
  },
};
