/** Switches: what their agents report, and who was announced. */
import { Option } from 'commander';
import { SWITCH } from '../api/noun.js';
import { type Row, isRow, rowsIn } from '../api/row.js';
import { Unreachable } from '../failures.js';
import { command } from './command.js';
import { deleteCommand, listCommand, showCommand, verb } from './common.js';

const NAMES = { noun: 'switch' };
const MAC_COLUMNS = ['mac', 'network_id', 'ip_address', 'vtep_ip'];

const macs = command({
  ...verb(NAMES, 'macs'),
  summary: 'List the MACs that a switch has learned on its ports',
  takes: [['<switch>', 'name']],
  run: async ({ api, screen }, [name = '']) => {
    const answer = await api.request({ method: 'GET', path: [SWITCH.path, name, 'macs'] });
    const rows = rowsIn(answer, 'macs');
    if (rows === undefined) throw new Unreachable('the API answers without macs');
    screen.list(rows, MAC_COLUMNS);
  },
});

interface Announcement {
  readonly description?: string;
  readonly replicationMode?: string;
  readonly serviceNode?: readonly string[];
  readonly maxFloodLocators?: string;
  readonly tunnelIp?: string;
  readonly bfd?: boolean;
}

const announce = command<Announcement>({
  ...verb(NAMES, 'announce'),
  summary: 'Say that there is a switch, before its agent does, or what is wanted of it',
  takes: [['<switch>', 'name']],
  options: () => [
    new Option('--description <text>', 'for people'),
    new Option('--replication-mode <mode>', 'who copies flooded frames').choices(['source_node', 'service_node']),
    new Option('--service-node <ip...>', 'VTEP IPs of replicators'),
    new Option('--max-flood-locators <n>', 'how many members of a flood set it honours'),
    new Option('--tunnel-ip <ip>', 'the one of its tunnel IPs by which others reach it'),
    new Option('--bfd', 'have its tunnels watched'),
    new Option('--no-bfd', 'have them watched no more'),
  ],
  run: async ({ api, screen }, [name = ''], options) =>
    screen.object(await api.update(SWITCH, name, announcementOf(options))),
});

/** Only what was said. */
function announcementOf(said: Announcement): Readonly<Record<string, unknown>> {
  return {
    ...(said.description === undefined ? {} : { description: said.description }),
    ...(said.replicationMode === undefined ? {} : { replication_mode: said.replicationMode }),
    ...(said.serviceNode === undefined ? {} : { service_nodes: said.serviceNode }),
    ...(said.maxFloodLocators === undefined ? {} : { max_flood_locators: Number(said.maxFloodLocators) }),
    ...(said.tunnelIp === undefined ? {} : { tunnel_ip: said.tunnelIp }),
    ...(said.bfd === undefined ? {} : { bfd: { enable: said.bfd } }),
  };
}

/** What only the agent of the switch can tell: `rowsOf` finds the rows in the answer. */
const asked = (
  word: string,
  summary: string,
  rowsOf: (answer: unknown) => readonly Row[] | undefined,
  columns: readonly string[],
) =>
  command({
    ...verb(NAMES, word),
    summary,
    takes: [['<switch>', 'name']],
    run: async ({ api, screen }, [name = '']) => {
      const rows = rowsOf(await api.request({ method: 'GET', path: [SWITCH.path, name, word] }));
      if (rows === undefined) throw new Unreachable(`the API answers without ${word}`);
      screen.list(rows, columns);
    },
  });

const within = (answer: unknown, key: string): unknown => (isRow(answer) ? answer[key] : undefined);

const resync = command({
  ...verb(NAMES, 'resync'),
  summary: 'Have a switch compared with everything that it should hold, and put right',
  takes: [['<switch>', 'name']],
  run: async ({ api, screen }, [name = '']) => {
    const result = within(
      await api.request({ method: 'PUT', path: [SWITCH.path, name, 'resync'], body: {} }),
      'resync',
    );
    if (!isRow(result)) throw new Unreachable('the API answers without resync');
    screen.object(result);
  },
});

const inspecting = [
  asked(
    'transactions',
    'List the last transactions that were sent to a switch, the newest first',
    (answer) => rowsIn(answer, 'transactions'),
    ['at', 'duration_ms', 'networks', 'operations', 'error'],
  ),
  asked(
    'diff',
    'Compare a switch with what it should hold, and write nothing',
    (answer) => rowsIn(within(answer, 'diff'), 'networks'),
    ['network_id', 'state', 'insert', 'update', 'remove', 'changes', 'problems'],
  ),
  asked(
    'statistics',
    'List what a switch has counted on each VLAN of its ports',
    (answer) => rowsIn(within(answer, 'statistics'), 'bindings'),
    ['port', 'vlan', 'packets_from_local', 'bytes_from_local', 'packets_to_local', 'bytes_to_local'],
  ),
  resync,
];

export const switchCommands = [
  listCommand(NAMES, SWITCH),
  showCommand(NAMES, SWITCH),
  macs,
  announce,
  ...inspecting,
  deleteCommand(NAMES, SWITCH, 'forget'),
];
