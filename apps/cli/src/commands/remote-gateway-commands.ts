/** Remote gateways: VTEPs of other clouds. */
import { parseIp } from '@l2gw/l2';
import { Option } from 'commander';
import { findId } from '../api/find-id.js';
import { REMOTE_GATEWAY } from '../api/noun.js';
import { UsageError } from '../failures.js';
import { argument } from '../syntax/argument.js';
import { ip } from '../syntax/option-values.js';
import { command } from './command.js';
import { deleteCommand, listCommand, showCommand, showCreated, verb } from './common.js';

const NAMES = { noun: 'remote-gateway', specified: 'l2-remote-gateway' };

const create = command({
  ...verb(NAMES, 'create'),
  summary: 'Create a remote gateway',
  takes: [
    ['<name>', 'what the remote gateway is called'],
    ['<ip-address>', 'the end point of its tunnels'],
  ],
  run: async (session, [name = '', address = '']) => {
    const attributes = { name, ipaddr: argument(address, parseIp) };
    showCreated(session, REMOTE_GATEWAY, await session.api.create(REMOTE_GATEWAY, attributes));
  },
});

const update = command<{ readonly name?: string; readonly ipAddress?: string }>({
  ...verb(NAMES, 'update'),
  summary: 'Change the name or the IP address of a remote gateway',
  takes: [['<remote-gateway>', 'name or id']],
  options: () => [
    new Option('--name <name>', 'a new name'),
    new Option('--ipaddr, --ip-address <ip>', 'a new end point of its tunnels').argParser(ip),
  ],
  run: async ({ api, screen }, [given = ''], { name, ipAddress }) => {
    if (name === undefined && ipAddress === undefined) {
      throw new UsageError('nothing to change: give --name or --ip-address');
    }
    const attributes = {
      ...(name === undefined ? {} : { name }),
      ...(ipAddress === undefined ? {} : { ipaddr: ipAddress }),
    };
    screen.object(await api.update(REMOTE_GATEWAY, await findId(api, REMOTE_GATEWAY, given), attributes));
  },
});

export const remoteGatewayCommands = [
  create,
  update,
  deleteCommand(NAMES, REMOTE_GATEWAY),
  listCommand(NAMES, REMOTE_GATEWAY),
  showCommand(NAMES, REMOTE_GATEWAY),
];
