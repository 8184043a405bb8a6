import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { type OwnPostgres, startOwnPostgres } from '../harness/postgres.js';
import type { MacEntry } from '../harness/tor-witness.js';
import { type ExpectedSwitch, expectedSwitch, readFacts } from './support/expected-switch.js';
import { Random } from './support/random.js';
import { watchWrites } from './support/watch-writes.js';

const SWITCHES = ['tor-1', 'tor-2'];
const HOSTS = ['host-1', 'host-2', 'host-3'];
const CHANGES = 300;
/** Another story: `CHAOS_SEED=7 npm run spec -- chaos`. */
const seed = Number(process.env['CHAOS_SEED'] ?? 1);

describe(`A cloud in which everything changes and everything breaks (CHAOS_SEED=${seed})`, () => {
  const random = new Random(seed);
  let postgres: OwnPostgres;
  let cloud: Cloud;
  let networks: string[];
  let gateways: string[];
  let remoteGateways: string[];
  let macs = 0;

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    cloud = await startCloud({
      name: 'chaos',
      databaseUrl: await postgres.createDatabase('chaos'),
      replicas: 2,
      switches: SWITCHES.map((name, index) => ({
        name,
        tunnelIps: [`10.0.0.${index + 1}`],
        ports: ['Ethernet1', 'Ethernet2'],
      })),
    });
    for (const [index, host] of HOSTS.entries()) await cloud.api.registerHost(host, `10.0.1.${index + 1}`);
    networks = await Promise.all([1, 2, 3].map(async () => (await cloud.api.createNetwork()).id));
    await eventually(async () => {
      for (const name of SWITCHES)
        expect(await cloud.api.get(`/v2.0/l2-switches/${name}`)).toMatchObject({ l2_switch: { ports: [{}, {}] } });
    });
    gateways = [
      await cloud.api.createGateway(
        'both',
        SWITCHES.map((device_name) => ({ device_name, interfaces: [{ name: 'Ethernet1' }] })),
      ),
      await cloud.api.createGateway('first', [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet2' }] }]),
    ];
    remoteGateways = [await remoteGateway(1), await remoteGateway(2)];
  });
  const remoteGateway = async (n: number) => {
    const body = { l2_remote_gateway: { name: `far-${n}`, ipaddr: `198.51.100.${n}` } };
    return String(((await cloud.api.post('/v2.0/l2-remote-gateways', body))['l2_remote_gateway'] as { id: string }).id);
  };
  afterAll(async () => {
    await cloud?.stop();
    await postgres?.stop();
  });

  const mac = () =>
    `02:00:00:00:${[macs >> 8, (macs += 1) & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
  const ids = async (path: string, plural: string) =>
    ((await cloud.api.get(path))[plural] as { id: string; device_owner?: string }[])
      .filter((each) => !each.device_owner)
      .map((each) => each.id);

  const stretches = () => ids('/v2.0/l2-remote-gateway-connections', 'l2_remote_gateway_connections');
  const portMacs = async () =>
    ((await cloud.api.get('/v2.0/ports'))['ports'] as { mac_address: string }[]).map((each) => each.mac_address);
  const state = async (stated: string) =>
    cloud.api.request('POST', '/v2.0/l2-remote-macs', {
      l2_remote_mac: {
        mac: stated,
        ip: `192.0.2.${random.below(200) + 1}`,
        rgw_connection: random.pick(await stretches()),
      },
    });

  const connect = () => cloud.api.connect(random.pick(gateways), random.pick(networks), random.below(5) + 100);
  const stretch = () =>
    cloud.api.request('POST', '/v2.0/l2-remote-gateway-connections', {
      l2_remote_gateway_connection: {
        gateway: random.pick(gateways),
        network: random.pick(networks),
        remote_gateway: random.pick(remoteGateways),
        seg_id: random.pick([null, 9000 + random.below(3)]),
        flood: random.pick([true, false]),
      },
    });
  const stateNew = () => state(mac());
  const stateKnown = async () => state(random.pick(await portMacs()));
  const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

  /** Whatever the API answers, or whether it answers at all: only what it says in the end counts. */
  const changes: readonly (() => Promise<unknown>)[] = [
    ...times(3, connect),
    ...times(4, stretch),
    ...times(4, stateNew),
    ...times(2, stateKnown),
    () =>
      cloud.api.createPort({
        network_id: random.pick(networks),
        mac_address: mac(),
        'binding:host_id': random.pick(HOSTS),
        fixed_ips: [{ ip_address: `192.0.2.${random.below(200) + 1}` }],
      }),
    () =>
      cloud.api.createPort({
        network_id: random.pick(networks),
        mac_address: mac(),
        'binding:host_id': random.pick(HOSTS),
      }),
    async () =>
      cloud.api.request('PUT', `/v2.0/ports/${random.pick(await ids('/v2.0/ports', 'ports'))}`, {
        port: { 'binding:host_id': random.pick(HOSTS) },
      }),
    async () => cloud.api.request('DELETE', `/v2.0/ports/${random.pick(await ids('/v2.0/ports', 'ports'))}`),
    () => cloud.api.registerHost(random.pick(HOSTS), `10.0.1.${random.below(20) + 1}`),
    async () =>
      cloud.api.request(
        'DELETE',
        `/v2.0/l2-gateway-connections/${random.pick(await ids('/v2.0/l2-gateway-connections', 'l2_gateway_connections'))}`,
      ),
    () => cloud.tor(random.pick(SWITCHES)).learn(random.pick(networks), mac(), '192.0.2.250'),
    async () => cloud.api.request('DELETE', `/v2.0/l2-remote-gateway-connections/${random.pick(await stretches())}`),
    async () =>
      cloud.api.request(
        'DELETE',
        `/v2.0/l2-remote-macs/${random.pick(await ids('/v2.0/l2-remote-macs', 'l2_remote_macs'))}`,
      ),
    () =>
      cloud.api.request('PUT', `/v2.0/l2-remote-gateways/${random.pick(remoteGateways)}`, {
        l2_remote_gateway: { ipaddr: `198.51.100.${random.below(9) + 1}` },
      }),
    () =>
      cloud.api.request('PUT', `/v2.0/l2-switches/${random.pick(SWITCHES)}`, {
        l2_switch: { capabilities: ['tunnel_key', 'relays_unicast'].filter(() => random.below(3) > 0) },
      }),
  ];

  const faults: readonly (() => Promise<unknown>)[] = [
    async () => {
      const name = random.pick(SWITCHES);
      await cloud.killAgent(name);
      await cloud.startAgent(name);
    },
    () => cloud.nats.restart(),
    async () => {
      await cloud.tor('tor-2').server.wipe();
      await cloud.tor('tor-2').recreateInventory();
    },
    () => cloud.tor(random.pick(SWITCHES)).server.restart(),
    async () => {
      await postgres.kill();
      await postgres.restart();
    },
    async () => {
      const [killed] = cloud.replicas.splice(random.below(2), 1);
      await killed?.kill();
      await cloud.startApi();
    },
  ];

  it('holds on every switch exactly what it should, once there is quiet', async () => {
    for (let change = 0; change < CHANGES; change += 1) {
      await Promise.allSettled([random.pick(changes)()]);
      if (change % 15 === 14) await random.pick(faults)();
    }
    for (const change of [...times(5, connect), ...times(5, stretch), ...times(5, stateNew)]) {
      await Promise.allSettled([change()]);
    }
    await eventually(
      async () => {
        const facts = await readFacts(cloud.api, SWITCHES);
        const expected = SWITCHES.map((name) => expectedSwitch(facts, name));
        expect(JSON.stringify(expected)).toContain('198.51.100.');
        for (const [index, name] of SWITCHES.entries())
          expect(await held(name, Object.keys(expected[index]?.macs ?? {}))).toEqual(expected[index]);
      },
      { timeoutMs: 60_000 },
    );
    const connections = await ids('/v2.0/l2-gateway-connections', 'l2_gateway_connections');
    await eventually(async () => {
      for (const connection of connections) expect(await cloud.api.statusOf(connection)).toBe('ACTIVE');
    });
  }, 240_000);

  it('writes nothing more when all is as it should be, not even when every agent restarts', async () => {
    const writes = await Promise.all(SWITCHES.map((name) => watchWrites(cloud.tor(name).unixEndpoint)));
    for (const name of SWITCHES) {
      await cloud.stopAgent(name);
      await cloud.startAgent(name);
      await eventually(() => expect(cloud.agent(name).events.map((each) => each.event)).toContain('converged'));
    }
    expect(writes.flatMap((each) => each.seen)).toEqual([]);
    await Promise.all(writes.map((each) => each.stop()));
  });

  async function held(name: string, networksOfSwitch: readonly string[]): Promise<ExpectedSwitch> {
    const tor = cloud.tor(name);
    const bindings: string[] = [];
    for (const port of ['Ethernet1', 'Ethernet2']) {
      for (const each of await tor.vlanBindings(port)) bindings.push(`${port} ${each.vlan} ${each.logicalSwitch}`);
    }
    const macsOn: Record<string, readonly string[]> = {};
    const flood: Record<string, readonly string[]> = {};
    for (const { name: network } of await tor.logicalSwitches()) {
      macsOn[network] = (await tor.remoteMacs(network)).map((each) => wordsOf(each)).sort();
      flood[network] = await tor.floodSet(network);
    }
    for (const network of networksOfSwitch) macsOn[network] ??= ['no logical switch'];
    return { bindings: bindings.sort(), macs: macsOn, flood };
  }
});

function wordsOf({ mac, ip, vtepIp, tunnelKey }: MacEntry): string {
  return `${mac} ${ip} ${vtepIp}${tunnelKey === undefined ? '' : `@${tunnelKey}`}`;
}
