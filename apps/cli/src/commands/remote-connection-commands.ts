/** Remote gateway connections: a connected network, stretched to a remote gateway. */
import { Option } from 'commander';
import { findId } from '../api/find-id.js';
import { GATEWAY, NETWORK, REMOTE_CONNECTION, REMOTE_GATEWAY } from '../api/noun.js';
import { trueOrFalse, vni } from '../syntax/option-values.js';
import { command } from './command.js';
import { deleteCommand, listCommand, showCommand, showCreated, verb } from './common.js';

const NAMES = { noun: 'remote-connection', specified: 'l2-remote-gateway-connection' };

interface CreateOptions {
  readonly segId?: number;
  readonly flood?: 'true' | 'false';
}

const create = command<CreateOptions>({
  ...verb(NAMES, 'create'),
  summary: 'Stretch a connected network to a remote gateway',
  takes: [
    ['<gateway>', 'name or id of the local gateway'],
    ['<network>', 'name or id'],
    ['<remote-gateway>', 'name or id'],
  ],
  options: () => [
    new Option('--seg-id <vni>', "tunnel key between the gateways; without it the network's own").argParser(vni),
    new Option('--flood <True|False>', 'whether unknown and broadcast MACs are sent there').argParser(trueOrFalse),
  ],
  run: async (session, [gateway = '', network = '', remoteGateway = ''], { segId, flood }) => {
    const { api } = session;
    const created = await api.create(REMOTE_CONNECTION, {
      l2_gateway_id: await findId(api, GATEWAY, gateway),
      network_id: await findId(api, NETWORK, network),
      remote_gateway_id: await findId(api, REMOTE_GATEWAY, remoteGateway),
      ...(segId === undefined ? {} : { segmentation_id: segId }),
      ...(flood === undefined ? {} : { flood: flood === 'true' }),
    });
    showCreated(session, REMOTE_CONNECTION, created);
  },
});

export const remoteConnectionCommands = [
  create,
  deleteCommand(NAMES, REMOTE_CONNECTION),
  listCommand(NAMES, REMOTE_CONNECTION),
  showCommand(NAMES, REMOTE_CONNECTION),
];
