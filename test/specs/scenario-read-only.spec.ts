import { type Cloud, startCloud } from '../harness/cloud.js';
import { type EmulatedTor, startTor } from '../harness/emulated-tor.js';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { type Program, startProgram } from '../harness/program.js';

const SWITCH = '/v2.0/l2-switches/tor-1';

describe('A switch whose database lets itself only be read', () => {
  let cloud: Cloud;
  let tor: EmulatedTor;
  let standby: OvsdbServer;
  let connection: string;
  const agents: Program[] = [];

  beforeAll(async () => {
    cloud = await startCloud({ name: 'readonly', replicas: 2 });
    tor = await startTor({ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] });
    standby = await startOvsdbServer({ args: [`--sync-from=${tor.tcpEndpoint}`] });
    await eventually(async () => expect(await standby.dump()).toMatch(/tor-1/));
    await cloud.api.put(SWITCH, { l2_switch: {} });
    const { id: network } = await cloud.api.createNetwork();
    const device = { device_name: 'tor-1', interfaces: [{ name: 'Ethernet1' }] };
    connection = await cloud.api.connect(await cloud.api.createGateway('gateway', [device]), network, 100);
  });
  afterAll(async () => {
    await Promise.all(agents.map((agent) => agent.stop()));
    await standby?.stop();
    await tor?.stop();
    await cloud?.stop();
  });

  const startAgent = async (endpoint: string): Promise<void> => {
    const settings = { L2GW_SWITCH_NAME: 'tor-1', L2GW_OVSDB_ENDPOINT: endpoint, L2GW_NATS_URL: cloud.natsUrl };
    agents.push(await startProgram('gateway-agent', settings));
  };

  it('says so, and so do its connections, at every replica', async () => {
    await startAgent(standby.unixEndpoint);
    for (const replica of [0, 1]) {
      const api = cloud.clientOf(replica);
      await eventually(async () =>
        expect(await api.get(SWITCH)).toMatchObject({
          l2_switch: {
            status: 'READ_ONLY',
            status_reason: expect.stringMatching(/read only/) as string,
            agent_alive: false,
          },
        }),
      );
      expect(await api.statusOf(connection)).toMatch(
        /^BUILD tor-1: READ_ONLY .*read only.*: give the agent write access/,
      );
    }
  });

  it('is as good as any while another agent may write to it', async () => {
    await startAgent(tor.unixEndpoint);
    await eventually(async () => expect(await cloud.api.statusOf(connection)).toBe('ACTIVE'));
    await eventually(async () =>
      expect(await cloud.api.get(SWITCH)).toMatchObject({ l2_switch: { status: 'CONNECTED', agent_alive: true } }),
    );
  });
});
