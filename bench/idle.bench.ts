/** What a cloud of 1,000 switches costs when nothing happens: the share of a core that the API and the bus take. */
import type { ApiClient } from '../test/harness/api-client.js';
import { type Cloud, startCloud } from '../test/harness/cloud.js';
import { startOwnPostgres } from '../test/harness/postgres.js';
import { cpuMilliseconds } from './support/cpu-time.js';
import type { Figure } from './support/figures.js';
import { type IdleAgent, startIdleAgent } from './support/idle-agent.js';
import { Samples } from './support/samples.js';

const SWITCHES = 1000;
const NETWORKS = 20;
const AT_ONCE = 20;
const SETTLE_MS = 30_000;
const ROUNDS = 5;
const ROUND_MS = 30_000;

export async function idle(): Promise<readonly Figure[]> {
  const postgres = await startOwnPostgres({ fsync: true });
  const cloud = await startCloud({ name: 'bench idle', databaseUrl: await postgres.createDatabase('bench idle') });
  const { api } = cloud;
  const agents: IdleAgent[] = [];
  try {
    await inTurn(SWITCHES, async (index) => {
      agents.push(await startIdleAgent({ natsUrl: cloud.natsUrl, ...switchOf(index) }));
    });
    const networks = await Promise.all(Array.from({ length: NETWORKS }, () => api.createNetwork()));
    await inTurn(SWITCHES, (index) => connect(api, index, networks[index % NETWORKS]?.id ?? ''));
    await after(SETTLE_MS);
    return await measure(cloud);
  } finally {
    await Promise.all(agents.map((agent) => agent.stop()));
    await cloud.stop();
    await postgres.stop();
  }
}

function switchOf(index: number): { readonly switchName: string; readonly tunnelIp: string; readonly port: string } {
  return { switchName: `tor-${index}`, tunnelIp: `10.1.${index >> 8}.${index & 255}`, port: 'Ethernet1' };
}

async function connect(api: ApiClient, index: number, network: string): Promise<void> {
  const { switchName, port } = switchOf(index);
  const devices = [{ device_name: switchName, interfaces: [{ name: port, segmentation_id: [100] }] }];
  await api.connect(await api.createGateway(`gw-${index}`, devices), network);
}

async function measure({ replicas: [api], nats }: Cloud): Promise<readonly Figure[]> {
  if (api === undefined) throw new Error('no API');
  const samples = new Samples();
  const now = () => ({ api: cpuMilliseconds(api.pid), bus: cpuMilliseconds(nats.pid), at: performance.now() });
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = now();
    await after(ROUND_MS);
    const end = now();
    const share = (from: number, to: number) => ((to - from) / (end.at - before.at)) * 100;
    const [apiShare, busShare] = [share(before.api, end.api), share(before.bus, end.bus)];
    samples.add(`${SWITCHES} idle switches: API`, '% of a core', apiShare);
    samples.add(`${SWITCHES} idle switches: nats-server`, '% of a core', busShare);
    samples.add(`${SWITCHES} idle switches: both`, '% of a core', apiShare + busShare);
  }
  return samples.figures;
}

async function inTurn(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The one thing here that is about time. */
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
