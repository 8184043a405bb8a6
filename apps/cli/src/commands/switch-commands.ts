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

const announce = command<{ readonly description?: string }>({
  ...verb(NAMES, 'announce'),
  summary: 'Say that there is a switch, before its agent does',
  takes: [['<switch>', 'name']],
  options: () => [new Option('--description <text>', 'for people')],
  run: async ({ api, screen }, [name = ''], { description }) =>
    screen.object(await api.update(SWITCH, name, description === undefined ? {} : { description })),
});

export const switchCommands = [
  listCommand(NAMES, SWITCH),
  showCommand(NAMES, SWITCH),
  macs,
  announce,
  deleteCommand(NAMES, SWITCH, 'forget'),
];
