import { type Bus, connectBus } from '@l2gw/bus';
import { switchClientId, switchQuestion } from '@l2gw/contracts';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { connectedCloud } from './support/connected-cloud.js';

const PATH = '/v2.0/l2-switches/tor-1';
const QUESTIONS = ['transactions', 'diff', 'statistics'] as const;

describe('An operator looks into a switch', () => {
  let cloud: Cloud;
  let bus: Bus;
  let network: string;
  beforeAll(async () => {
    cloud = await startCloud({
      name: 'inspection',
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] }],
    });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    await cloud.api.put('/v2.0/l2-switches/absent', { l2_switch: {} });
    const made = await connectedCloud(cloud, 'tor-1');
    ({ network } = made);
    await eventually(async () => expect(await cloud.api.statusOf(made.connection)).toBe('ACTIVE'));
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  it('and sees whether its agent lives, and when it gave its last sign', async () => {
    await eventually(async () => {
      const { l2_switch } = (await cloud.api.get(PATH)) as { l2_switch: { last_seen: string } };
      expect(l2_switch).toMatchObject({ agent_alive: true, status: 'CONNECTED' });
      expect(Date.now() - Date.parse(l2_switch.last_seen)).toBeLessThan(30_000);
    });
    expect(await cloud.api.get('/v2.0/l2-switches/absent')).toMatchObject({
      l2_switch: { agent_alive: false, last_seen: null },
    });
  });

  it('and sees what was sent to it', async () => {
    const { transactions } = (await cloud.api.get(`${PATH}/transactions`)) as { transactions: unknown[] };
    expect(transactions).toContainEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      duration_ms: expect.any(Number) as number,
      networks: [network],
      operations: expect.arrayContaining([{ op: 'insert', table: 'Logical_Switch', count: 1 }]) as unknown[],
      error: null,
    });
  });

  it('and finds it as it should be, before and after it was compared once more', async () => {
    expect(await cloud.api.get(`${PATH}/diff`)).toEqual({ diff: { count: 0, networks: [] } });
    expect(await cloud.api.put(`${PATH}/resync`, {})).toEqual({
      resync: { tables_checked: true, settled: true, networks: 1, transactions: 0 },
    });
    expect(await cloud.api.get(`${PATH}/statistics`)).toEqual({ statistics: { count: 0, bindings: [] } });
  });

  it('gets the same over the bus', async () => {
    const { body } = await bus.request('l2gw.v1.rpc.switch.diff', JSON.stringify({ id: 'tor-1' }), { timeoutMs: 5000 });
    expect(JSON.parse(body)).toMatchObject({ diff: { count: 0 } });
  });

  it('is told at once that there is no such switch, or that no agent answers for it', async () => {
    for (const question of QUESTIONS) {
      expect(await cloud.api.request('GET', `/v2.0/l2-switches/nowhere/${question}`)).toMatchObject({
        status: 404,
        body: { NeutronError: { type: 'L2SwitchNotFound' } },
      });
      expect(await cloud.api.request('GET', `/v2.0/l2-switches/absent/${question}`)).toMatchObject({
        status: 503,
        body: {
          NeutronError: { type: 'L2SwitchAgentUnavailable', message: expect.stringMatching(/absent.*lock/) as string },
        },
      });
    }
    expect(await cloud.api.request('PUT', '/v2.0/l2-switches/absent/resync', {})).toMatchObject({ status: 503 });
  });

  it('is told when the agent does not answer in time', async () => {
    const agent = bus.serve(
      switchQuestion.subject(switchClientId('absent'), 'diff'),
      'agent',
      () => new Promise(() => {}),
    );
    await bus.flush();
    expect(await cloud.api.request('GET', '/v2.0/l2-switches/absent/diff')).toMatchObject({
      status: 504,
      body: { NeutronError: { type: 'L2SwitchAgentTimeout' } },
    });
    agent.stop();
  });

  it('is told in the agent’s words why it cannot tell, and of nonsense that the agent cannot tell it', async () => {
    const subject = switchQuestion.subject(switchClientId('absent'), 'diff');
    const replies = [
      switchQuestion.encodeReply({ failure: 'the disk is full' }),
      '{"answer": {"count": "many"}}',
      'no JSON',
    ];
    const agent = bus.serve(subject, 'agent', async () => ({ body: replies.shift() ?? '' }));
    await bus.flush();
    expect(await cloud.api.request('GET', '/v2.0/l2-switches/absent/diff')).toMatchObject({
      status: 503,
      body: {
        NeutronError: { type: 'L2SwitchAgentFailed', message: expect.stringMatching(/the disk is full/) as string },
      },
    });
    for (let n = 0; n < 2; n += 1) {
      expect(await cloud.api.request('GET', '/v2.0/l2-switches/absent/diff')).toMatchObject({
        status: 503,
        body: { NeutronError: { type: 'L2SwitchAgentFailed' } },
      });
    }
    agent.stop();
  });
});
