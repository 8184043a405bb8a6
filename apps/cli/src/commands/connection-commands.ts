/** Connections: a network on the ports of a gateway. */
import { Option } from 'commander';
import { findId } from '../api/find-id.js';
import { CONNECTION, GATEWAY, NETWORK } from '../api/noun.js';
import { seconds, vlan } from '../syntax/option-values.js';
import { command } from './command.js';
import { deleteCommand, listCommand, showCommand, showCreated, verb } from './common.js';
import { waitAndShow } from './wait-and-show.js';

const NAMES = { noun: 'connection', specified: 'l2-gateway-connection' };
const TIMEOUT_S = 120;

interface CreateOptions {
  readonly defaultSegmentationId?: number;
  readonly wait?: boolean;
  readonly timeout: number;
}

const create = command<CreateOptions>({
  ...verb(NAMES, 'create'),
  summary: 'Connect a network to a gateway',
  takes: [
    ['<gateway>', 'name or id'],
    ['<network>', 'name or id'],
  ],
  options: () => [
    new Option('--default-segmentation-id <vlan>', 'VLAN of the interfaces that name none').argParser(vlan),
    new Option('--wait', 'until it is ACTIVE (status 0) or ERROR (status 6), with its progress on stderr'),
    new Option('--timeout <seconds>', 'how long to wait, then status 5; implies --wait')
      .argParser(seconds)
      .default(TIMEOUT_S)
      .implies({ wait: true }),
  ],
  run: async (session, [gateway = '', network = ''], { defaultSegmentationId, wait, timeout }) => {
    const { api } = session;
    const created = await api.create(CONNECTION, {
      l2_gateway_id: await findId(api, GATEWAY, gateway),
      network_id: await findId(api, NETWORK, network),
      // The reference takes nothing but a text here.
      ...(defaultSegmentationId === undefined ? {} : { segmentation_id: String(defaultSegmentationId) }),
    });
    if (wait === true) await waitAndShow(session, created, timeout * 1000);
    else showCreated(session, CONNECTION, created);
  },
});

export const connectionCommands = [
  create,
  deleteCommand(NAMES, CONNECTION),
  listCommand(NAMES, CONNECTION),
  showCommand(NAMES, CONNECTION),
];
