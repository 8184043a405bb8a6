import { SWITCH_CAPABILITIES } from '@l2gw/contracts';
import {
  DRIFT_POLICIES,
  MOST_LOCATORS,
  MOST_MS,
  MOST_ROOM,
  REPLICATION_MODES,
} from '../../switches/switch-settings.js';
import { switchResource } from '../../switches/switch.body.js';
import { switchListing } from '../../switches/switch.view.js';
import type { Noun } from '../noun.js';
import { dictionary, flag, integer, list, mac, nullable, oneOf, record, text, time, uuid, vtepIp } from '../schema.js';
import { STAMPS, STATUS_REASON } from './common.js';

const MANAGEMENT = record(
  {
    endpoint: text('', { maxLength: 255, example: 'ssl:10.0.0.1:6640' }),
    credentials: text('Name of a secret.', { maxLength: 255 }),
  },
  ['endpoint', 'credentials'],
);
const INTERVAL = integer('Milliseconds.', { minimum: 1, maximum: MOST_MS });
const BFD = record({ enable: flag(), min_rx: INTERVAL, min_tx: INTERVAL }, ['min_rx', 'min_tx']);
const TUNNEL = record({
  remote_ip: vtepIp(),
  state: text('Of BFD; empty without.'),
  fault: text('Why it does not forward, in the switch’s words.'),
});
const DRIFT = record({ network_id: text(), count: integer(), what: text('The latest.'), at: time() });
const BINDING = record({ vlan: integer(), network_id: text() });
const LEARNED = record({ mac: mac(), network_id: uuid(), ip_address: nullable(text()), vtep_ip: nullable(text()) });

const OPERATION = record({ op: text(), table: text(), count: integer() });
const TRANSACTION = record({
  at: text("When it was sent, by the agent's clock.", { format: 'date-time' }),
  duration_ms: integer('Until the switch had answered.'),
  networks: list(text(), 'The first 20 that it was about.'),
  operations: list(OPERATION),
  error: nullable(text('In the words of the switch; null: it was applied.')),
});
const CHANGE = record({
  kind: oneOf(['insert', 'update', 'remove']),
  what: oneOf(['logical-switch', 'binding', 'flood-set', 'mac']),
  name: text('Port and VLAN of a binding, else a network or a MAC.'),
});
const DIFFERENCE = record({
  network_id: text(),
  state: oneOf(['pending', 'blocked', 'unknown']),
  insert: integer(),
  update: integer(),
  remove: integer(),
  changes: list(CHANGE, 'The first 20.'),
  problems: list(record({ code: text(), text: text() }), 'What keeps it from being written: the first 10.'),
});
const DIFF = record({ count: integer('Networks that differ.'), networks: list(DIFFERENCE, 'The first 100.') });
const RESYNC = record({
  tables_checked: flag('The API has told the agent which of its tables are current.'),
  settled: flag('Nothing is left to be written.'),
  networks: integer('That were compared.'),
  transactions: integer('That were sent meanwhile.'),
});
const COUNTERS = record({
  port: text(),
  vlan: integer(),
  packets_from_local: integer(),
  bytes_from_local: integer(),
  packets_to_local: integer(),
  bytes_to_local: integer(),
});
const STATISTICS = record({
  count: integer('Bindings that the switch counts for; often 0.'),
  bindings: list(COUNTERS, 'The first 2000.'),
});

export const l2Switch: Noun = {
  name: 'L2Switch',
  says: 'switch',
  singular: 'l2_switch',
  plural: 'l2_switches',
  resource: switchResource,
  listing: switchListing({ silent: () => false, lastSeen: () => undefined, readOnly: () => undefined }),
  attributes: {
    id: text('Its name.'),
    name: text('`Physical_Switch.name`.'),
    client_id: text('By which its agent is known on the bus.'),
    description: text('', { maxLength: 255 }),
    announced: flag('An operator said that it will come.'),
    model: text('', { maxLength: 255 }),
    capabilities: list(oneOf(SWITCH_CAPABILITIES)),
    management: { ...MANAGEMENT, description: 'How its agent reaches it.' },
    status: oneOf(['UNKNOWN', 'CONNECTED', 'DISCONNECTED', 'MISSING', 'SILENT', 'READ_ONLY']),
    status_reason: STATUS_REASON,
    replication_mode: nullable(oneOf(REPLICATION_MODES, 'As L2GW_REPLICATION says if null.')),
    service_nodes: nullable(list(vtepIp(), 'VTEP IPs of replicators.')),
    max_flood_locators: nullable(
      integer('How many members of a flood set it honours.', { minimum: 1, maximum: MOST_LOCATORS }),
    ),
    max_macs: nullable(integer('How many rows of MACs it has room for.', { minimum: 1, maximum: MOST_ROOM })),
    max_networks: nullable(integer('How many networks it has room for.', { minimum: 1, maximum: MOST_ROOM })),
    drift_policy: nullable(oneOf(DRIFT_POLICIES, 'What is to be done about changes by others.')),
    drift: list(DRIFT, 'What others have changed since its agent was started.'),
    tunnel_ip: nullable(vtepIp('The one of its tunnel IPs by which others reach it.')),
    bfd: nullable({ ...BFD, description: 'Whether its tunnels are watched; left as it is if null.' }),
    agent_alive: flag('Its active agent has given a sign of life within 30 s.'),
    last_seen: nullable(text('When it gave the last one; null: not since the API replica that answers was started.')),
    tunnel_ips: list(text()),
    vtep_ip: nullable(vtepIp('By which others reach it.')),
    tunnels: list(TUNNEL, 'As the switch sees them.'),
    management_ips: list(text()),
    schema_version: nullable(text('Of its `hardware_vtep` database.')),
    faults: list(text()),
    ports: list(
      record({
        name: text(),
        description: text(),
        faults: list(text()),
        bindings: list(BINDING, 'VLANs that are bound here.'),
        foreign_bindings: list(dictionary(), 'VLANs that somebody else has bound.'),
      }),
    ),
    ...STAMPS,
  },
  routes: {
    'PUT :id': { summary: 'Announces a switch, or changes what was said of it' },
    'DELETE :id': { summary: 'Forgets a switch' },
    'GET :id/macs': { summary: 'Lists the MACs that a switch has learned', answer: record({ macs: list(LEARNED) }) },
    'GET :id/transactions': {
      summary: 'Lists the last transactions that were sent to a switch, the newest first',
      answer: record({ transactions: list(TRANSACTION) }),
    },
    'GET :id/diff': {
      summary: 'Compares a switch with what it should hold, and writes nothing',
      answer: record({ diff: DIFF }),
    },
    'GET :id/statistics': {
      summary: 'Asks a switch what it has counted on each VLAN of its ports',
      answer: record({ statistics: STATISTICS }),
    },
    'PUT :id/resync': {
      summary: 'Has a switch compared with everything that it should hold, and put right',
      answer: record({ resync: RESYNC }),
    },
  },
};
