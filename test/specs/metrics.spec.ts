import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../harness/binaries.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { connectedCloud } from './support/connected-cloud.js';

const documented = readFileSync(join(repositoryRoot, 'docs/operations.md'), 'utf8');

describe('Prometheus', () => {
  let cloud: Cloud;
  let network: string;
  beforeAll(async () => {
    cloud = await startCloud({
      name: 'metrics',
      agent: { L2GW_HTTP_LISTEN: '127.0.0.1:0' },
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] }],
    });
    const made = await connectedCloud(cloud, 'tor-1');
    ({ network } = made);
    await eventually(async () => expect(await cloud.api.statusOf(made.connection)).toBe('ACTIVE'));
  });
  afterAll(() => cloud?.stop());

  const read = async (url: string): Promise<string> => {
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; .*version=0\.0\.4/);
    return answer.text();
  };
  const api = () => read(cloud.replicas[0]?.url ?? '');
  const agent = () => read(cloud.agent('tor-1').url);
  const valueOf = (text: string, sample: string): number => {
    const line = text.split('\n').find((each) => each.startsWith(`${sample} `));
    if (line === undefined) throw new Error(`there is no ${sample}`);
    return Number(line.slice(sample.length + 1));
  };

  it('reads from the agent that it holds the lock, what it has written and what is on the switch', async () => {
    const text = await agent();
    for (const name of ['session', 'lock_held', 'bus_connected', 'wanted_confirmed'])
      expect([name, valueOf(text, `l2gw_agent_${name}`)]).toEqual([name, 1]);
    for (const name of ['macs_waiting', 'macs_waiting_seconds', 'wanted_stale', 'sessions_ended_total'])
      expect([name, valueOf(text, `l2gw_agent_${name}`)]).toEqual([name, 0]);
    expect(valueOf(text, 'l2gw_agent_queue{loop="macs"}')).toBe(0);
    expect(valueOf(text, 'l2gw_agent_rows{table="Ucast_Macs_Remote"}')).toBe(3);
    expect(valueOf(text, 'l2gw_agent_operations_total{op="insert",table="Logical_Switch"}')).toBe(1);
    expect(valueOf(text, 'l2gw_agent_transaction_seconds_count')).toBeGreaterThan(0);
  });

  it('reads how often somebody else had changed what is ours, and our own changes do not count', async () => {
    expect(valueOf(await agent(), 'l2gw_agent_mac_corrections_total')).toBe(0);
    const { server } = cloud.tor('tor-1');
    await server.transact([{ op: 'delete', table: 'Ucast_Macs_Remote', where: [['MAC', '==', '02:00:00:00:00:01']] }]);
    await eventually(async () => expect(await cloud.tor('tor-1').remoteMacs(network)).toHaveLength(3));
    await eventually(async () => {
      expect(valueOf(await agent(), 'l2gw_agent_mac_corrections_total')).toBe(1);
      expect(valueOf(await agent(), 'l2gw_agent_drift_total')).toBe(1);
    });
  });

  it('reads that a session ended, and that there is another', async () => {
    await cloud.tor('tor-1').server.restart();
    await eventually(async () => {
      const text = await agent();
      expect(valueOf(text, 'l2gw_agent_sessions_ended_total')).toBe(1);
      expect(valueOf(text, 'l2gw_agent_lock_held')).toBe(1);
    });
  });

  it('reads from the API its requests by route and never by id, its rounds, its pool and the agents that live', async () => {
    expect((await cloud.api.request('GET', `/v2.0/networks/${network}`)).status).toBe(200);
    expect((await cloud.api.request('GET', '/v2.0/networks/nope')).status).toBe(404);
    expect((await cloud.api.request('GET', '/v2.0/nothing')).status).toBe(404);
    await eventually(async () => {
      const text = await api();
      const requests = (route: string, status: number) =>
        valueOf(text, `l2gw_api_requests_total{method="GET",route="${route}",status="${status}"}`);
      expect(requests('/v2.0/networks/:id', 200)).toBe(1);
      expect(requests('/v2.0/networks/:id', 404)).toBe(1);
      expect(requests('none', 404)).toBe(1);
      expect(text).not.toContain(network);
      expect(valueOf(text, 'l2gw_api_compiler_marks_total')).toBeGreaterThan(3);
      expect(valueOf(text, 'l2gw_api_compiler_round_seconds_count')).toBeGreaterThan(0);
      expect(valueOf(text, 'l2gw_api_published_deltas_total')).toBeGreaterThan(0);
      expect(valueOf(text, 'l2gw_api_pool_connections')).toBeGreaterThan(0);
      expect(valueOf(text, 'l2gw_api_agents_alive')).toBe(1);
    });
  });

  it('finds every metric in the manual', async () => {
    const names = [...`${await api()}\n${await agent()}`.matchAll(/^# TYPE (l2gw_\w+)/gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
  });
});
