import { type Bus, connectBus } from '@l2gw/bus';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

interface Explanation {
  readonly network_id: string;
  readonly mac: string;
  readonly text: string;
  readonly candidates: readonly Record<string, unknown>[];
  readonly chosen: Record<string, unknown> | null;
  readonly derived: { row: unknown; revision: number; written_at: string; is_current: boolean } | null;
  readonly switches: readonly Record<string, unknown>[];
  readonly hosts: readonly Record<string, unknown>[];
}

const MAC = '02:00:00:00:00:01';

describe('Why a MAC is where it is', () => {
  let cloud: Cloud;
  let bus: Bus;
  let network: string;
  beforeAll(async () => {
    const tor = (n: number) => ({ name: `tor-${n}`, tunnelIps: [`10.0.0.${n}`], ports: ['Ethernet1'] });
    cloud = await startCloud({ name: 'explain', switches: [tor(1), tor(2)] });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    await cloud.api.registerHost('host-1', '10.0.0.11');
    ({ id: network } = await cloud.api.createNetwork({ name: 'blue' }));
    for (const name of ['tor-1', 'tor-2']) {
      await eventually(async () => {
        const { l2_switch } = (await cloud.api.get(`/v2.0/l2-switches/${name}`)) as { l2_switch: { ports: unknown[] } };
        expect(l2_switch.ports).toHaveLength(1);
      });
      const gateway = await cloud.api.createGateway(name, [{ device_name: name, interfaces: [{ name: 'Ethernet1' }] }]);
      const id = await cloud.api.connect(gateway, network, 100);
      await cloud.api.get(`/v2.0/l2-gateway-connections/${id}?wait=ACTIVE`);
    }
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  const ask = async (query: string) =>
    (await cloud.api.get(`/v2.0/l2-explain?${query}`)) as unknown as { l2_explanations: Explanation[]; text: string };
  const explain = async (mac = MAC): Promise<Explanation> => {
    const [found] = (await ask(`network=${network}&mac=${mac}`)).l2_explanations;
    if (found === undefined) throw new Error('no explanation');
    return found;
  };
  const chosen = (vtep: string) =>
    eventually(async () => {
      const explanation = await explain();
      expect(explanation).toMatchObject({ chosen: { vtep }, derived: { is_current: true } });
      return explanation;
    });

  it('is not known of a MAC that nobody claims, and that is said', async () => {
    expect(await explain()).toMatchObject({
      text: `Nobody claims ${MAC} in network ${network}.`,
      candidates: [],
      chosen: null,
      derived: null,
    });
    expect(await ask(`mac=${MAC}`)).toEqual({ l2_explanations: [], text: `Nobody claims ${MAC} in any network.` });
  });

  it('is that its port is on a host: every switch has a row that leads there', async () => {
    const port = await cloud.api.createPort({
      network_id: network,
      mac_address: MAC,
      'binding:host_id': 'host-1',
      fixed_ips: [{ ip_address: '192.0.2.1' }],
    });
    const { text, candidates, derived, switches, hosts, ...rest } = await chosen('10.0.0.11');
    expect(text).toBe(`${MAC} is behind 10.0.0.11: nobody else claims it and leads to a VTEP.`);
    expect(candidates).toEqual([
      expect.objectContaining({ kind: 'port', port_id: port, host: 'host-1', vtep: '10.0.0.11', is_chosen: true }),
    ]);
    expect(rest.chosen).toEqual({ kind: 'port', vtep: '10.0.0.11', ips: ['192.0.2.1'], rule: 'only' });
    expect(derived?.row).toEqual({ ips: ['192.0.2.1'], kind: 'port', place: { vtep: '10.0.0.11' } });
    expect(Date.now() - Date.parse(derived?.written_at ?? '')).toBeLessThan(60_000);
    expect(switches).toEqual(
      ['tor-1', 'tor-2'].map((name, n) => ({
        switch: name,
        tunnel_ips: [`10.0.0.${n + 1}`],
        next_hop: '10.0.0.11',
        is_local: false,
        status: 'ACTIVE',
        status_reason: '',
      })),
    );
    expect(hosts).toEqual([{ host: 'host-1', tunnel_ip: '10.0.0.11', next_hop: null, is_local: true }]);
  });

  it('is that a switch learned it later, and that another has a row and it has none', async () => {
    await cloud.tor('tor-2').learn(network, MAC, '192.0.2.2');
    const { text, candidates, switches, ...rest } = await chosen('10.0.0.2');
    expect(text).toBe(`${MAC} is behind 10.0.0.2: it is the latest claim.`);
    expect(rest.chosen).toMatchObject({ kind: 'learned', rule: 'latest-claim', ips: ['192.0.2.1', '192.0.2.2'] });
    const learned = candidates.find((each) => each['kind'] === 'learned');
    expect(learned).toMatchObject({ switch: 'tor-2', vtep: '10.0.0.2', competes: true, is_chosen: true });
    expect(learned?.['row']).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Date.now() - Date.parse(String(learned?.['since'])))).toBeLessThan(60_000);
    expect(candidates.find((each) => each['kind'] === 'port')).toMatchObject({ competes: true, is_chosen: false });
    expect(switches.map((each) => [each['switch'], each['next_hop'], each['is_local']])).toEqual([
      ['tor-1', '10.0.0.2', false],
      ['tor-2', null, true],
    ]);
    await eventually(async () =>
      expect(await cloud.tor('tor-1').remoteMacs(network)).toMatchObject([{ mac: MAC, vtepIp: '10.0.0.2' }]),
    );
    await eventually(async () => expect(await cloud.tor('tor-2').remoteMacs(network)).toEqual([]));
  });

  it('can be asked by IP, and without a network: then every network answers in which it is claimed', async () => {
    const { id: other } = await cloud.api.createNetwork();
    await cloud.api.createPort({ network_id: other, mac_address: MAC, fixed_ips: [{ ip_address: '192.0.2.2' }] });
    const everywhere = await ask(`mac=${MAC.toUpperCase()}`);
    expect(everywhere.l2_explanations.map((each) => each.network_id).sort()).toEqual([network, other].sort());
    for (const ip of ['192.0.2.1', '192.0.2.2']) {
      const { l2_explanations } = await ask(`ip=${ip}&network=${network}`);
      expect(l2_explanations).toMatchObject([{ network_id: network, mac: MAC, chosen: { vtep: '10.0.0.2' } }]);
    }
    expect((await ask('ip=192.0.2.2')).l2_explanations).toHaveLength(2);
    expect((await ask('ip=192.0.2.99')).text).toBe('Nobody claims 192.0.2.99 in any network.');
    expect(everywhere.l2_explanations.find((each) => each.network_id === other)).toMatchObject({
      text: `${MAC} is nowhere: none of those who claim it is on a host or switch with a tunnel IP.`,
      candidates: [{ competes: false, reason: 'the port is on no host' }],
      chosen: null,
    });
  });

  it('is the same however the network’s id is spelled', async () => {
    const spelled = network.replaceAll('-', '').toUpperCase();
    const { l2_explanations } = await ask(`mac=${MAC}&network_id=${spelled}`);
    expect(l2_explanations).toMatchObject([{ network_id: network, chosen: { vtep: '10.0.0.2' } }]);
    expect(l2_explanations[0]?.candidates).toHaveLength(2);
  });

  it('names what a switch has not confirmed, and why', async () => {
    await cloud.tor('tor-1').server.kill();
    await eventually(async () =>
      expect((await explain()).switches[0]).toMatchObject({
        switch: 'tor-1',
        next_hop: '10.0.0.2',
        status: 'DEGRADED',
        status_reason: expect.stringMatching(/^tor-1: NOT_CONNECTED/),
      }),
    );
    await cloud.tor('tor-1').server.restart();
  });

  it('is what it was before when the switch forgets it', async () => {
    await cloud.tor('tor-2').forget(network, MAC);
    const { candidates, derived } = await chosen('10.0.0.11');
    expect(candidates).toHaveLength(1);
    expect(derived?.revision).toBeGreaterThan(0);
  });

  it('is the same over the bus', async () => {
    const query = `network=${network}&mac=${MAC}`;
    const answer = await bus.request('l2gw.v1.rpc.forwarding.explain', JSON.stringify({ query }), { timeoutMs: 5000 });
    expect(answer.headers['L2gw-Status']).toBe('200');
    expect(JSON.parse(answer.body)).toMatchObject({ l2_explanations: [{ mac: MAC, chosen: { vtep: '10.0.0.11' } }] });
  });

  it.each([
    ['', 400, 'Say what to explain: either mac or ip.'],
    [`mac=${MAC}&ip=192.0.2.1`, 400, 'Say what to explain: either mac or ip.'],
    ['mac=hello', 400, "Invalid input for mac. Reason: 'hello' is not a valid MAC address."],
    ['ip=hello', 400, "Invalid input for ip. Reason: 'hello' is not a valid IP address."],
    [`mac=${MAC}&network=nope`, 404, 'Network nope could not be found.'],
    [
      `mac=${MAC}&network=00000000-0000-0000-0000-000000000000`,
      404,
      'Network 00000000-0000-0000-0000-000000000000 could not be found.',
    ],
  ])('cannot be asked as ?%s', async (query, status, message) => {
    expect(await cloud.api.request('GET', `/v2.0/l2-explain?${query}`)).toMatchObject({
      status,
      body: { NeutronError: { message } },
    });
  });
});
