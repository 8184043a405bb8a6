/** Peers: clouds with which networks are shared. */
import { Option } from 'commander';
import type { ApiClient } from '../api/api-client.js';
import { NETWORK, PEER } from '../api/noun.js';
import { findId } from '../api/find-id.js';
import { type Row, isRow, rowsIn } from '../api/row.js';
import { Unreachable, UsageError } from '../failures.js';
import { trueOrFalse } from '../syntax/option-values.js';
import { command } from './command.js';
import { deleteCommand, listCommand, showCommand, showCreated, verb } from './common.js';

const NAMES = { noun: 'peer' };

interface Said {
  readonly name?: string;
  readonly key?: readonly string[];
  readonly server?: readonly string[];
  readonly credentials?: string;
  readonly remoteGateway?: readonly string[];
  readonly enabled?: 'true' | 'false';
  readonly staleSeconds?: string;
  readonly onTunnelDown?: string;
  readonly transit?: 'true' | 'false';
  readonly nextHopSelf?: 'true' | 'false';
}

const options = (): Option[] => [
  new Option('--key <base64...>', 'its Ed25519 public keys'),
  new Option('--server <url...>', 'addresses of its bus, such as tls://nats.example.org:4222'),
  new Option('--credentials <name>', 'the name of a secret of remote-sync, never the secret'),
  new Option('--remote-gateway <name-or-id...>', 'the remote gateways that lead there, all of them'),
  new Option('--enabled <boolean>', 'whether anything is shared with it').argParser(trueOrFalse),
  new Option('--stale-seconds <n>', 'how long what it said is kept while it is silent; -1: it stays'),
  new Option('--on-tunnel-down <policy>', 'whether its MACs stay on a switch whose tunnel there is down').choices([
    'keep',
    'flush',
  ]),
  new Option(
    '--transit <boolean>',
    'whether what it says is passed on to other such peers, and theirs to it',
  ).argParser(trueOrFalse),
  new Option('--next-hop-self <boolean>', 'whether what is passed on to it leads to this cloud').argParser(trueOrFalse),
];

const create = command<Said>({
  ...verb(NAMES, 'create'),
  summary: 'Name another cloud with which networks are shared',
  takes: [
    ['<name>', 'what the peer is called'],
    ['<cloud>', 'its cloud id'],
  ],
  options,
  run: async (session, [name = '', cloud = ''], said) => {
    if (said.key === undefined) throw new UsageError('give at least one public key of the peer by --key');
    showCreated(session, PEER, await session.api.create(PEER, { ...attributesOf(said), name, cloud }));
  },
});

const update = command<Said>({
  ...verb(NAMES, 'update'),
  summary: 'Change what is known or wanted of a peer',
  takes: [['<peer>', 'name or id']],
  options: () => [new Option('--name <name>', 'a new name'), ...options()],
  run: async ({ api, screen }, [given = ''], said) => {
    const attributes = attributesOf(said);
    if (Object.keys(attributes).length === 0) throw new UsageError('nothing to change: see --help');
    screen.object(await api.update(PEER, await findId(api, PEER, given), attributes));
  },
});

interface Narrowed {
  readonly network?: string;
  readonly mac?: string;
  readonly ip?: string;
}

const narrowing = (mac = 'only this one'): Option[] => [
  new Option('--network <network>', 'only those of this network: name or id'),
  new Option('--mac <mac>', mac),
];

async function queryOf(api: ApiClient, { network, mac, ip }: Narrowed): Promise<URLSearchParams> {
  const query = new URLSearchParams({ ...(mac === undefined ? {} : { mac }), ...(ip === undefined ? {} : { ip }) });
  if (network !== undefined) query.set('network', await findId(api, NETWORK, network));
  return query;
}

const clear = command<Narrowed>({
  ...verb(NAMES, 'clear-duplicates'),
  summary: 'Let MACs and IPs move again that clouds have claimed by turns',
  options: () => [...narrowing('only this one, and the IPs that it claims'), new Option('--ip <ip>', 'only this one')],
  run: async ({ api, screen }, _given, narrowed) => {
    const query = await queryOf(api, narrowed);
    const answer = await api.request({ method: 'POST', path: [PEER.path, 'clear-duplicates'], query });
    if (!isRow(answer)) throw new Unreachable('the API answers without a count');
    screen.object(answer);
  },
});

const refresh = command({
  ...verb(NAMES, 'refresh'),
  summary: 'Have everything compared with a peer now, and what differs fetched',
  takes: [['<peer>', 'name or id']],
  run: async ({ api, screen }, [given = '']) => {
    const path = [PEER.path, await findId(api, PEER, given), 'refresh'];
    const answer = await api.request({ method: 'POST', path });
    const result = isRow(answer) ? answer['refresh'] : undefined;
    if (!isRow(result)) throw new Unreachable('the API answers without refresh');
    screen.object(result);
  },
});

const ribIn = command<Narrowed>({
  ...verb(NAMES, 'rib-in'),
  summary: 'List what a peer says now, and what became of it',
  takes: [['<peer>', 'name or id']],
  options: () => narrowing(),
  run: async ({ api, screen }, [given = ''], narrowed) => {
    const path = [PEER.path, await findId(api, PEER, given), 'rib-in'];
    const query = await queryOf(api, narrowed);
    const rows: Row[] = [];
    for (let more = true; more;) {
      const answer = await api.request({ method: 'GET', path, query });
      const page = rowsIn(answer, 'rib_in');
      if (page === undefined) throw new Unreachable('the API answers without rib_in');
      rows.push(...page);
      more = isRow(answer) && answer['rib_in_links'] !== undefined;
      query.set('marker', String(page.at(-1)?.['id']));
    }
    screen.list(rows, ['rgw_connection', 'mac', 'ips', 'sequence', 'outcome', 'reason']);
  },
});

/** Only what was said. */
function attributesOf(said: Said): Readonly<Record<string, unknown>> {
  return {
    ...(said.name === undefined ? {} : { name: said.name }),
    ...(said.key === undefined ? {} : { keys: said.key }),
    ...(said.server === undefined ? {} : { servers: said.server }),
    ...(said.credentials === undefined ? {} : { credentials: said.credentials }),
    ...(said.remoteGateway === undefined ? {} : { remote_gateways: said.remoteGateway }),
    ...(said.enabled === undefined ? {} : { enabled: said.enabled === 'true' }),
    ...(said.staleSeconds === undefined ? {} : { stale_seconds: said.staleSeconds }),
    ...(said.onTunnelDown === undefined ? {} : { on_tunnel_down: said.onTunnelDown }),
    ...(said.transit === undefined ? {} : { transit: said.transit === 'true' }),
    ...(said.nextHopSelf === undefined ? {} : { next_hop_self: said.nextHopSelf === 'true' }),
  };
}

export const peerCommands = [
  create,
  update,
  deleteCommand(NAMES, PEER),
  listCommand(NAMES, PEER),
  showCommand(NAMES, PEER),
  clear,
  refresh,
  ribIn,
];
