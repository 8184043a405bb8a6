/** What happened between the recordings: steps that were not kept, told from what later recordings show. */
import type { ApiClient, Json } from '../../harness/api-client.js';
import type { KnownIds } from './known-ids.js';
import { recordedExchanges } from './recordings.js';

interface Step {
  /** The first recording that shows it. */
  readonly before: string;
  /** The id that what it creates has in the recordings. */
  readonly id?: string;
  run(api: ApiClient, ids: KnownIds): Promise<unknown>;
}

const NETWORK_A = '26fee13a-a007-4812-8fcc-f706747d9304';
const NETWORK_B = '060454be-93b2-48a1-b852-1d1829600e54';
const GATEWAY_1 = '8eaf4425-fc53-4d3d-9773-0a896d0e3c97';
const GATEWAY_2 = '91ef4648-403e-4d52-8bcd-aa34a785ebb1';
const GATEWAY_4 = 'a4bfbbaa-2f2d-4e48-8a51-c7ad67aece54';

const STEPS: readonly Step[] = [
  {
    before: '001',
    id: '96c30ab9-7661-4a3e-a1a1-7a20cd41b79a',
    run: async (api) => ((await api.post('/v2.0/agents', { agent: recordedAgent() })) as { agent: Json }).agent['id'],
  },
  {
    before: '009',
    id: '0a1ccc87-a401-4b7b-a663-700e7406aa7f',
    run: async (api) => {
      const flat = { 'provider:network_type': 'flat', 'provider:physical_network': 'external' };
      return (await api.createNetwork({ name: 'netflat', mtu: 1500, ...flat })).id;
    },
  },
  {
    before: '017',
    id: '870a37d1-3f82-4730-8474-b1b6927f8329',
    run: async (api, ids) => {
      const subnet = { network_id: ids.translate(NETWORK_A), cidr: '10.10.0.0/16', ip_version: 4, name: 'suba' };
      return ((await api.post('/v2.0/subnets', { subnet })) as { subnet: Json }).subnet['id'];
    },
  },
  {
    before: '021',
    id: '233df160-5e33-4622-9d60-acfca2f23fa0',
    run: (api, ids) => api.createPort({ network_id: ids.translate(NETWORK_A), name: 'bare1' }),
  },
  {
    before: '029',
    id: '0d2174d2-3853-4c7f-9321-3c71dabb6438',
    run: (api) =>
      api.createGateway('gw3', [{ device_name: 'tor1', interfaces: [{ name: 'eth4', segmentation_id: ['100'] }] }]),
  },
  {
    before: '049',
    run: (api, ids) => {
      const devices = [{ device_name: 'tor1', interfaces: [{ name: 'eth2' }, { name: 'eth12' }] }];
      return api.put(`/v2.0/l2-gateways/${ids.translate(GATEWAY_2)}`, { l2_gateway: { devices } });
    },
  },
  {
    before: '061',
    id: '8ef9bca7-3aad-4102-8e83-21b36294919e',
    run: (api, ids) => api.connect(ids.translate(GATEWAY_1), ids.translate(NETWORK_B), 101),
  },
  {
    before: '065',
    id: '28596142-c42a-4460-b58f-99eea8596c1b',
    run: (api, ids) => api.connect(ids.translate(GATEWAY_4), ids.translate(NETWORK_A)),
  },
  {
    before: '069',
    id: 'e2087a6d-2ba3-4555-a8ee-b1ef337f3c4f',
    run: (api) => api.createGateway('gwx', [{ device_name: 'nosuch', interfaces: [{ name: 'eth1' }] }]),
  },
  // The reference has deleted this network although it was connected, we have not; from here on it is gone in both.
  {
    before: '223',
    run: async (api, ids) => {
      const network = ids.translate(NETWORK_B);
      const { l2_gateway_connections: left } = (await api.get(
        `/v2.0/l2-gateway-connections?network_id=${network}`,
      )) as { l2_gateway_connections: readonly Json[] };
      for (const { id } of left) await api.delete(`/v2.0/l2-gateway-connections/${String(id)}`);
      await api.delete(`/v2.0/networks/${network}`);
    },
  },
  { before: '231', run: (api, ids) => api.put(`/v2.0/networks/${ids.translate(NETWORK_A)}/tags`, { tags: ['x'] }) },
];

/** What the agent of the recordings said of itself. */
function recordedAgent(): Json {
  const listed = recordedExchanges().find(({ name }) => name === '232-network-agent-list-host');
  const [agent] = (listed?.answer as { readonly agents: readonly Json[] }).agents;
  const told = ['host', 'agent_type', 'binary', 'topic', 'configurations'];
  return Object.fromEntries(Object.entries(agent ?? {}).filter(([name]) => told.includes(name)));
}

/** Takes the steps in their turn, each once. */
export class Unrecorded {
  private readonly left = [...STEPS];

  constructor(
    private readonly api: ApiClient,
    private readonly ids: KnownIds,
  ) {}

  due(recording: string): boolean {
    return this.left[0] !== undefined && this.left[0].before <= recording;
  }

  async takeUntil(recording: string): Promise<void> {
    while (this.due(recording)) {
      const step = this.left.shift();
      const ours = await step?.run(this.api, this.ids);
      if (step?.id !== undefined) this.ids.learn(step.id, String(ours));
    }
  }
}
