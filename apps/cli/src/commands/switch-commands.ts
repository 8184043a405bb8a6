/** Switches: what their agents report, and who was announced. */
import { Option } from 'commander';
import { SWITCH } from '../api/noun.js';
import { rowsIn } from '../api/row.js';
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

export const switchCommands = [
  listCommand(NAMES, SWITCH),
  showCommand(NAMES, SWITCH),
  macs,
  announce,
  deleteCommand(NAMES, SWITCH, 'forget'),
];
