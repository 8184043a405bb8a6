import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { watchWrites } from './support/watch-writes.js';

const BEHIND_LEFT = '02:00:00:00:ba:01';
const BEHIND_RIGHT = '02:00:00:00:ba:02';
const tor = (name: string, ip: string) => ({ name, tunnelIps: [ip], ports: ['Ethernet1', 'Ethernet2'] });

describe('Two switches in one database, with one agent, and a third', () => {
  let cloud: Cloud;
  let network: string;

  beforeAll(async () => {
    cloud = await startCloud({ name: 'shared_database', switches: [tor('third', '10.0.0.3')] });
    await cloud.addSwitches([tor('left', '10.0.0.1'), tor('right', '10.0.0.2')]);
    for (const name of ['left', 'right', 'third']) await isConnected(name);
  });
  afterAll(() => cloud?.stop());
  beforeEach(async () => {
    ({ id: network } = await cloud.api.createNetwork());
  });

  const isConnected = (name: string) =>
    eventually(async () => expect(await viewOf(name)).toMatchObject({ status: 'CONNECTED', ports: [{}, {}] }));
  const viewOf = async (name: string) =>
    ((await cloud.api.get(`/v2.0/l2-switches/${name}`)) as { l2_switch: object }).l2_switch;
  const macsOf = async (name: string) =>
    ((await cloud.api.get(`/v2.0/l2-switches/${name}/macs`)) as { macs: { mac: string }[] }).macs.map(({ mac }) => mac);
  const bindingsOf = async (name: string, port = 'Ethernet1') =>
    (await cloud.tor(name).vlanBindings(port)).map(({ vlan, logicalSwitch }) => ({ vlan, logicalSwitch }));
  const shared = () => cloud.tor('left');
  const macsInShared = async () => (await shared().remoteMacs(network)).map(({ mac, vtepIp }) => [mac, vtepIp]);
  const isSaid = (connection: string, status: string | RegExp) =>
    eventually(async () => expect(await cloud.api.statusOf(connection)).toMatch(status));

  /** Answers the connection's id. */
  const connect = async (names: readonly string[], vlan: number, port = 'Ethernet1') => {
    const devices = names.map((device_name) => ({ device_name, interfaces: [{ name: port }] }));
    return cloud.api.connect(await cloud.api.createGateway(names.join('-'), devices), network, vlan);
  };
  const disconnect = (connection: string) => cloud.api.delete(`/v2.0/l2-gateway-connections/${connection}`);

  const settle = (name: string, settings: object) =>
    cloud.api.request('PUT', `/v2.0/l2-switches/${name}`, { l2_switch: settings });

  it('are two switches to their operator, each with its own tunnel IP', async () => {
    expect(await viewOf('left')).toMatchObject({ tunnel_ips: ['10.0.0.1'] });
    expect(await viewOf('right')).toMatchObject({ tunnel_ips: ['10.0.0.2'] });
  });

  it('are bound one by one: a port of the same name on the other is not touched', async () => {
    const right = await connect(['right'], 100);
    await isSaid(right, 'ACTIVE');
    expect([await bindingsOf('left'), await bindingsOf('right')]).toEqual([
      [],
      [{ vlan: 100, logicalSwitch: network }],
    ]);
    await disconnect(right);
  });

  it('share the logical switch of a network: the last who leaves takes it away, the first does not', async () => {
    const [left, right] = [await connect(['left'], 101), await connect(['right'], 201)];
    await isSaid(left, 'ACTIVE');
    await isSaid(right, 'ACTIVE');
    await eventually(async () => expect((await shared().logicalSwitches()).map(({ name }) => name)).toEqual([network]));
    await disconnect(left);
    await eventually(async () => expect(await bindingsOf('left')).toEqual([]));
    expect(await bindingsOf('right')).toEqual([{ vlan: 201, logicalSwitch: network }]);
    await disconnect(right);
    await eventually(async () => expect(await shared().logicalSwitches()).toEqual([]));
  });

  it('have a row for a MAC behind one of them only while the other needs it', async () => {
    const [left, third] = [await connect(['left'], 102), await connect(['third'], 102)];
    await isSaid(left, 'ACTIVE');
    await isSaid(third, 'ACTIVE');
    await shared().learn(network, BEHIND_LEFT);
    await eventually(async () =>
      expect(await cloud.tor('third').remoteMacs(network)).toMatchObject([{ mac: BEHIND_LEFT }]),
    );
    await eventually(async () => expect(await shared().floodSet(network)).toEqual(['10.0.0.3']));
    expect(await macsInShared()).toEqual([]);
    const right = await connect(['right'], 102);
    await eventually(async () => expect(await macsInShared()).toEqual([[BEHIND_LEFT, '10.0.0.1']]));
    await eventually(async () =>
      expect(await shared().floodSet(network)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']),
    );
    await disconnect(right);
    await eventually(async () => expect(await macsInShared()).toEqual([]));
    await eventually(async () => expect(await shared().floodSet(network)).toEqual(['10.0.0.3']));
    await Promise.all([left, third].map(disconnect));
  });

  it('learn MACs each for itself, as the tunnel IP says that the row names', async () => {
    const both = await connect(['left', 'right'], 103);
    await isSaid(both, 'ACTIVE');
    await cloud.tor('left').learn(network, BEHIND_LEFT);
    await cloud.tor('right').learn(network, BEHIND_RIGHT);
    await eventually(async () => {
      expect([await macsOf('left'), await macsOf('right')]).toEqual([[BEHIND_LEFT], [BEHIND_RIGHT]]);
    });
    await eventually(async () =>
      expect(await macsInShared()).toEqual([
        [BEHIND_LEFT, '10.0.0.1'],
        [BEHIND_RIGHT, '10.0.0.2'],
      ]),
    );
    await disconnect(both);
  });

  it('are told apart in what is wrong: a port that one lacks does not keep the other from working', async () => {
    const [left, right] = [await connect(['left'], 104), await connect(['right'], 104, 'Ethernet2')];
    await isSaid(right, 'ACTIVE');
    await cloud.tor('right').removePort('Ethernet2');
    await isSaid(right, /^ERROR right: PORT_NOT_FOUND /);
    await isSaid(left, 'ACTIVE');
    await cloud.tor('right').addPort('Ethernet2');
    await isSaid(right, 'ACTIVE');
    await Promise.all([left, right].map(disconnect));
  });

  it('go on with one of them when the other disappears from the database, and take it back when it returns', async () => {
    const both = await connect(['left', 'right'], 105);
    await isSaid(both, 'ACTIVE');
    await cloud.tor('right').disappear();
    await isSaid(both, /^(DEGRADED|ERROR) right: /);
    await eventually(async () => expect(await viewOf('right')).toMatchObject({ status: 'MISSING' }));
    expect(await viewOf('left')).toMatchObject({ status: 'CONNECTED' });
    expect(await bindingsOf('left')).toEqual([{ vlan: 105, logicalSwitch: network }]);
    await cloud.tor('right').recreateInventory();
    await isSaid(both, 'ACTIVE');
    expect(await bindingsOf('right')).toEqual([{ vlan: 105, logicalSwitch: network }]);
    await disconnect(both);
  });

  it('hear which setting holds when they are given different ones, for their database has room for one', async () => {
    await settle('right', { replication_mode: 'service_node', service_nodes: ['192.0.2.200'] });
    const both = await connect(['left', 'right'], 106);
    await isSaid(both, /right: SETTINGS_DIFFER .*left \(replication, serviceNodes\)/);
    expect(await shared().logicalSwitches()).toMatchObject([{ replicationMode: 'source_node' }]);
    await settle('right', { replication_mode: null, service_nodes: [] });
    await isSaid(both, 'ACTIVE');
    await disconnect(both);
  });

  it('flood to another cloud by its number when both are declared to honour tunnel keys, though only one has the connection', async () => {
    const ipaddr = '198.51.100.1';
    for (const name of ['left', 'right']) await settle(name, { capabilities: ['tunnel_key'] });
    const right = await connect(['right'], 100);
    const left = await cloud.api.createGateway('border', [
      { device_name: 'left', interfaces: [{ name: 'Ethernet2' }] },
    ]);
    const connection = await cloud.api.connect(left, network, 200);
    const { l2_remote_gateway } = (await cloud.api.post('/v2.0/l2-remote-gateways', {
      l2_remote_gateway: { name: 'far', ipaddr },
    })) as { l2_remote_gateway: { id: string } };
    const { l2_remote_gateway_connection } = (await cloud.api.post('/v2.0/l2-remote-gateway-connections', {
      l2_remote_gateway_connection: {
        ...{ l2_gateway_id: left, network_id: network, remote_gateway_id: l2_remote_gateway.id },
        ...{ segmentation_id: 9002, flood: true },
      },
    })) as { l2_remote_gateway_connection: { id: string } };
    await eventually(async () => expect(await shared().floodSet(network)).toContain(`${ipaddr}@9002`));
    await settle('right', { capabilities: [] });
    await eventually(async () => expect(await shared().floodSet(network)).not.toContain(`${ipaddr}@9002`));
    await cloud.api.delete(`/v2.0/l2-remote-gateway-connections/${l2_remote_gateway_connection.id}`);
    for (const each of [right, connection]) await disconnect(each);
  });

  it('are not written to when their agent is started anew', async () => {
    const both = await connect(['left', 'right'], 107);
    await isSaid(both, 'ACTIVE');
    await cloud.tor('left').learn(network, BEHIND_LEFT);
    await eventually(async () => expect(await macsInShared()).toHaveLength(1));
    await cloud.stopAgent('left');
    const writes = await watchWrites(shared().unixEndpoint);
    await cloud.startAgent('left', undefined, { L2GW_SWITCH_NAME: 'left,right' });
    await eventually(() => expect(cloud.agent('left').output).toMatch(/"event":"converged"/));
    await cloud.tor('right').learn(network, BEHIND_RIGHT); // what comes after everything else has come through
    await eventually(async () => expect(await macsInShared()).toHaveLength(2));
    expect(writes.seen).toEqual([expect.stringContaining('Ucast_Macs_Remote')]);
    await writes.stop();
    await disconnect(both);
  });
});
