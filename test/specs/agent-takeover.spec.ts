import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import type { Program } from '../harness/program.js';
import { watchWrites } from './support/watch-writes.js';

const MACS = ['02:00:00:00:00:01', '02:00:00:00:00:02'];

describe('When the active agent of a switch is no more, the one that stands by takes over', () => {
  let cloud: Cloud;
  let network: string;
  let connection: string;
  let first: Program;
  let second: Program;

  beforeEach(async () => {
    cloud = await startCloud({
      name: 'takeover',
      switches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] }],
    });
    await eventually(async () =>
      expect(await cloud.api.get('/v2.0/l2-switches/tor-1')).toMatchObject({ l2_switch: { ports: [{}] } }),
    );
    await cloud.stopAgent('tor-1');
    first = await cloud.startAgent('tor-1', cloud.tor('tor-1').tcpEndpoint);
    await cloud.api.registerHost('host-1', '10.0.0.11');
    ({ id: network } = await cloud.api.createNetwork());
    for (const mac_address of MACS)
      await cloud.api.createPort({ network_id: network, mac_address, 'binding:host_id': 'host-1' });
    const devices = [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet1' }] }];
    connection = await cloud.api.connect(await cloud.api.createGateway('g', devices), network, 100);
    await eventually(async () => expect(await cloud.api.statusOf(connection)).toBe('ACTIVE'));
    second = await cloud.startAgent('tor-1', cloud.tor('tor-1').tcpEndpoint);
    await eventually(() => expect(saw(second, 'switch-standby')).toBe(true));
  });
  afterEach(async () => {
    await first.kill();
    await cloud.stop();
  });

  const saw = (agent: Program, event: string) => agent.events.some((each) => each.event === event);
  const newMac = async () => {
    await cloud.api.createPort({
      network_id: network,
      mac_address: '02:00:00:00:00:03',
      'binding:host_id': 'host-1',
    });
    await eventually(async () => expect(await cloud.tor('tor-1').remoteMacs(network)).toHaveLength(3));
  };

  it('because it was killed: at once, without a write, and the connection stays ACTIVE', async () => {
    const writes = await watchWrites(cloud.tor('tor-1').unixEndpoint);
    const begun = performance.now();
    await first.kill();
    await eventually(() => expect(saw(second, 'converged')).toBe(true));
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(writes.seen).toEqual([]);
    await writes.stop();
    expect(await cloud.api.statusOf(connection)).toBe('ACTIVE');
    await newMac();
  });

  it('because it hangs: when the switch has given it up, and when it wakes it writes nothing more', async () => {
    first.pause();
    await eventually(() => expect(saw(second, 'switch-active')).toBe(true));
    await newMac();
    const dump = await cloud.tor('tor-1').server.dump();
    first.resume();
    await eventually(() => expect(saw(first, 'switch-down')).toBe(true));
    await eventually(() => expect(saw(first, 'switch-standby')).toBe(true));
    expect(await cloud.tor('tor-1').server.dump()).toBe(dump);
    expect(await cloud.api.statusOf(connection)).toBe('ACTIVE');
  }, 90_000);
});
