import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { watchWrites } from './support/watch-writes.js';

const SERVER = '02:00:00:00:ba:1e';
const SHARED = '10.0.0.1';

describe('Two switches that share a tunnel IP (MLAG), and a third', () => {
  let cloud: Cloud;
  let network: string;
  let connection: string;

  beforeAll(async () => {
    const tor = (name: string, ip: string) => ({ name, tunnelIps: [ip], ports: ['Ethernet1'] });
    cloud = await startCloud({
      name: 'mlag',
      agent: { L2GW_OVSDB_PROBE_MS: '1000' },
      switches: [tor('left', SHARED), tor('right', SHARED), tor('third', '10.0.0.3')],
    });
    const names = ['left', 'right', 'third'];
    for (const name of names) {
      await eventually(async () =>
        expect(await cloud.api.get(`/v2.0/l2-switches/${name}`)).toMatchObject({ l2_switch: { ports: [{}] } }),
      );
    }
    ({ id: network } = await cloud.api.createNetwork());
    const devices = names.map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet1' }] }));
    connection = await cloud.api.connect(await cloud.api.createGateway('all', devices), network, 100);
    await eventually(async () => expect(await cloud.api.statusOf(connection)).toBe('ACTIVE'));
  });
  afterAll(() => cloud?.stop());

  const onThird = () => cloud.tor('third').remoteMacs(network);
  const behindThePair = [{ mac: SERVER, vtepIp: SHARED }];

  it('are one VTEP to the third, and neither floods to the other', async () => {
    await eventually(async () => expect(await cloud.tor('third').floodSet(network)).toEqual([SHARED]));
    for (const name of ['left', 'right'])
      await eventually(async () => expect(await cloud.tor(name).floodSet(network)).toEqual(['10.0.0.3']));
  });

  it('never get each other’s MACs as remote ones', async () => {
    await cloud.tor('left').learn(network, SERVER);
    await eventually(async () => expect(await onThird()).toMatchObject(behindThePair));
    for (const name of ['left', 'right']) expect(await cloud.tor(name).remoteMacs(network)).toEqual([]);
  });

  it('withdraw a MAC when neither has it any more, and not before: the third is not even written to', async () => {
    await cloud.tor('right').learn(network, SERVER);
    await eventually(async () => {
      const { macs } = (await cloud.api.get('/v2.0/l2-switches/right/macs')) as { macs: object[] };
      expect(macs).toMatchObject([{ mac: SERVER }]);
    });
    const writes = await watchWrites(cloud.tor('third').unixEndpoint);
    await cloud.tor('left').forget(network, SERVER);
    await eventually(async () => {
      const { macs } = (await cloud.api.get('/v2.0/l2-switches/left/macs')) as { macs: object[] };
      expect(macs).toEqual([]);
    });
    await cloud.tor('left').learn(network, '02:00:00:00:ba:1f'); // what comes after it has come through
    await eventually(async () => expect(await onThird()).toHaveLength(2));
    expect(writes.seen.filter((each) => each.startsWith('Ucast_Macs_Remote'))).toHaveLength(1);
    await writes.stop();
    await cloud.tor('left').forget(network, '02:00:00:00:ba:1f');
    await cloud.tor('right').forget(network, SERVER);
    await eventually(async () => expect(await onThird()).toEqual([]));
  });

  it('go on with one of them: its MACs stay, and the connection says which one is missing', async () => {
    await cloud.tor('right').learn(network, SERVER);
    await eventually(async () => expect(await onThird()).toMatchObject(behindThePair));
    cloud.tor('left').server.pause();
    try {
      await eventually(async () =>
        expect(await cloud.api.statusOf(connection)).toMatch(/^DEGRADED left: NOT_CONNECTED /),
      );
      expect(await onThird()).toMatchObject(behindThePair);
    } finally {
      cloud.tor('left').server.resume();
    }
    await eventually(async () => expect(await cloud.api.statusOf(connection)).toBe('ACTIVE'));
  });
});
