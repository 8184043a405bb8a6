import { Client } from 'pg';
import { parseIp } from '@l2gw/l2';
import { type Cloud, startCloud } from '../harness/cloud.js';
import type { Json } from '../harness/api-client.js';
import { createLog } from '@l2gw/runtime';
import { createDataSource } from '../../apps/api/src/database/data-source.js';
import { PruneDrops } from '../../apps/api/src/publishing/prune-drops.js';
import { eventually } from '../harness/eventually.js';
import { type Shared, SyncHand, createPeer, stretchNetwork } from './support/shared-network.js';

const TOR = 'tor-1';
/** Of which a round looks rows up. */
const TABLES = ['pushed_row', 'derived_row', 'mac_sequence', 'port_mac', 'port'];

describe('A MAC of a network that is shared with other clouds', () => {
  let cloud: Cloud;
  let hand: SyncHand;
  let shared: Shared;
  let exported: ReturnType<SyncHand['followExport']>;
  let used = 0;
  beforeAll(async () => {
    cloud = await startCloud({
      name: 'sync forwarding',
      api: { L2GW_CLOUD_ID: 'north' },
      switches: [{ name: TOR, tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] }],
    });
    await eventually(async () =>
      expect(await cloud.api.get(`/v2.0/l2-switches/${TOR}`)).toMatchObject({ l2_switch: { ports: [{}] } }),
    );
    await cloud.api.registerHost('host-1', '10.0.0.11');
    await cloud.api.registerHost('host-2', '10.0.0.12');
    shared = await stretchNetwork(cloud, TOR, 'Ethernet1');
    hand = await SyncHand.connect(cloud.natsUrl);
    await hand.open();
    await createPeer(cloud, 'south', { remote_gateways: [shared.remoteGateway] });
    exported = hand.followExport(shared.network);
  });
  afterAll(async () => {
    await hand?.close();
    await cloud?.stop();
  });

  const aMac = (): string => {
    used += 1;
    return `02:00:00:00:0a:${used.toString(16).padStart(2, '0')}`;
  };
  const says = (mac: string, row: Json = {}) => hand.says('south', shared.stretch, mac, row);
  const takesBack = (mac: string) => hand.takesBack('south', shared.stretch, mac);
  const port = (mac: string, host: string, ...ips: string[]) =>
    cloud.api.createPort({
      network_id: shared.network,
      mac_address: mac,
      'binding:host_id': host,
      fixed_ips: ips.map((ip_address) => ({ ip_address })),
    });
  const atSwitch = async (mac: string) =>
    (await cloud.tor(TOR).remoteMacs(shared.network))
      .filter((each) => each.mac === mac)
      .map((each) => [each.vtepIp, each.ip]);
  /** Each with an IP of its own, but the last, which has that of the first. */
  const tellThousands = () => {
    const writer = hand.imports('south', shared.stretch);
    for (let n = 0; n < 3000; n += 1) {
      const last = [n >> 8, n & 255].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
      const ip = parseIp(`10.9.${(n % 2999) >> 8}.${(n % 2999) & 255}`);
      writer.put(`02:00:00:02:${last}`, { sequence: 0, ips: [ip], kind: 'port', immutable: [ip] });
    }
    return writer;
  };
  const thousandsAtSwitch = async () =>
    (await cloud.tor(TOR).remoteMacs(shared.network)).filter(({ mac }) => mac.startsWith('02:00:00:02')).length;
  const told = (mac: string) => exported.get(mac);
  const explain = async (mac: string) => {
    const { l2_explanations } = (await cloud.api.get(`/v2.0/l2-explain?network=${shared.network}&mac=${mac}`)) as {
      l2_explanations: Json[];
    };
    return l2_explanations[0] as Json & { chosen: Json; derived: Json; candidates: Json[]; text: string };
  };
  /** The compiler has come to what it should come to. */
  const chosen = (mac: string, expected: Json | null) =>
    eventually(async () => {
      const explanation = await explain(mac);
      expect(explanation.chosen).toEqual(expected === null ? null : expect.objectContaining(expected));
      expect(explanation.derived?.['is_current'] ?? expected === null).toBe(true);
      return explanation;
    });
  const vtep = async (): Promise<string> => {
    const { l2_remote_gateway } = await cloud.api.get(`/v2.0/l2-remote-gateways/${shared.remoteGateway}`);
    return String((l2_remote_gateway as Json)['ipaddr']);
  };

  it('comes from another cloud to the switches, with its IPs, and goes when that cloud takes it back', async () => {
    const mac = aMac();
    await says(mac, { ips: ['192.0.2.7'] });
    const far = await vtep();
    await eventually(async () => expect(await atSwitch(mac)).toEqual([[far, '192.0.2.7']]));
    const explanation = await chosen(mac, { kind: 'imported', connection: shared.stretch, rule: 'only' });
    expect(explanation.candidates).toEqual([
      expect.objectContaining({ kind: 'imported', cloud: 'south', rgw_connection: shared.stretch, sequence: 0 }),
    ]);
    expect(told(mac)).toBeUndefined();
    await takesBack(mac);
    await eventually(async () => expect(await atSwitch(mac)).toEqual([]));
  });

  it('that is here is told to other clouds, with all its IPs, until it goes', async () => {
    const mac = aMac();
    const id = await port(mac, 'host-1', '192.0.2.20', '2001:db8::20');
    await eventually(() =>
      expect(told(mac)).toMatchObject({ sequence: 0, ips: ['192.0.2.20', '2001:db8::20'], kind: 'port' }),
    );
    expect((await explain(mac))['exported']).toMatchObject({ sequence: 0, kind: 'port' });
    await cloud.api.delete(`/v2.0/ports/${id}`);
    await eventually(() => expect(told(mac)).toBeUndefined());
    const learned = aMac();
    await cloud.tor(TOR).learn(shared.network, learned, '192.0.2.21');
    await eventually(() => expect(told(learned)).toMatchObject({ sequence: 0, ips: ['192.0.2.21'], kind: 'learned' }));
    await cloud.tor(TOR).forget(shared.network, learned);
    await eventually(() => expect(told(learned)).toBeUndefined());
  });

  it('that is on no host, or that an operator has stated over there, is not told', async () => {
    const [homeless, stated] = [aMac(), aMac()];
    await cloud.api.createPort({ network_id: shared.network, mac_address: homeless });
    await cloud.api.post('/v2.0/l2-remote-macs', { l2_remote_mac: { mac: stated, rgw_connection: shared.stretch } });
    await port(stated, 'host-1');
    await chosen(stated, { kind: 'static', rule: 'stated' });
    expect([told(homeless), told(stated)]).toEqual([undefined, undefined]);
  });

  it('that an operator has stated goes before what another cloud says, and that is used when he takes it back', async () => {
    const mac = aMac();
    const { l2_remote_mac } = await cloud.api.post('/v2.0/l2-remote-macs', {
      l2_remote_mac: { mac, rgw_connection: shared.stretch },
    });
    await says(mac, { sequence: 99, static: true });
    await chosen(mac, { kind: 'static', rule: 'stated' });
    await cloud.api.delete(`/v2.0/l2-remote-macs/${String((l2_remote_mac as Json)['id'])}`);
    await chosen(mac, { kind: 'imported', rule: 'only' });
  });

  it('moves here with the next sequence, also if the other cloud has taken it back before', async () => {
    const [held, left] = [aMac(), aMac()];
    await says(held, { sequence: 3 });
    await says(left, { sequence: 6 });
    await chosen(left, { kind: 'imported' });
    await takesBack(left);
    await chosen(left, null);
    for (const mac of [held, left]) await cloud.tor(TOR).learn(shared.network, mac);
    await eventually(() => expect([told(held)?.['sequence'], told(left)?.['sequence']]).toEqual([4, 7]));
    await chosen(held, { kind: 'learned', rule: 'sequence' });
  });

  it('moves away to a cloud with a higher sequence, and back when it is learned anew, not when the old row is dumped again', async () => {
    const mac = aMac();
    await cloud.tor(TOR).learn(shared.network, mac);
    await eventually(() => expect(told(mac)).toMatchObject({ sequence: 0 }));
    await says(mac, { sequence: 1 });
    await chosen(mac, { kind: 'imported', rule: 'sequence' });
    await eventually(() => expect(told(mac)).toBeUndefined());
    await cloud.killAgent(TOR);
    await cloud.startAgent(TOR);
    await cloud.tor(TOR).learn(shared.network, aMac());
    await chosen(mac, { kind: 'imported', rule: 'sequence' });
    await cloud.tor(TOR).forget(shared.network, mac);
    await chosen(mac, { kind: 'imported', rule: 'only' });
    await cloud.tor(TOR).learn(shared.network, mac);
    await eventually(() => expect(told(mac)).toMatchObject({ sequence: 2 }));
    await chosen(mac, { kind: 'learned', rule: 'sequence' });
  });

  it('with a port here keeps its readers here, but is not told any more, and the conflict is said, until the port goes', async () => {
    const mac = aMac();
    const id = await port(mac, 'host-1');
    await eventually(() => expect(told(mac)).toMatchObject({ sequence: 0 }));
    await eventually(async () => expect(await atSwitch(mac)).toEqual([['10.0.0.11', '']]));
    await says(mac, { sequence: 1 });
    const { text } = await chosen(mac, { kind: 'port', rule: 'own-port' });
    expect(text).toContain('Cloud south claims it, too, with sequence 1: other clouds are not told that it is here.');
    await eventually(() => expect(told(mac)).toBeUndefined());
    expect((await explain(mac))['exported']).toBeNull();
    expect(await atSwitch(mac)).toEqual([['10.0.0.11', '']]);
    await cloud.api.put(`/v2.0/ports/${id}`, { port: { 'binding:host_id': 'host-2' } });
    await eventually(() => expect(told(mac)).toMatchObject({ sequence: 2 }));
    await says(mac, { sequence: 3 });
    await conflict(mac, { kind: 'mac_port', mac });
    await cloud.api.delete(`/v2.0/ports/${id}`);
    await chosen(mac, { kind: 'imported', rule: 'only' });
    await conflict(mac, undefined);
  });

  it('that cannot move stays in the cloud that says so, whatever the sequence of others', async () => {
    const mac = aMac();
    await says(mac, { sequence: 0, static: true });
    await cloud.tor(TOR).learn(shared.network, mac);
    await chosen(mac, { kind: 'imported', rule: 'sticky' });
    expect(told(mac)).toBeUndefined();
    const reason = 'Cloud south has it, where it cannot move; cloud north claims it, too.';
    await conflict(mac, { kind: 'mac_static', mac, reason });
    const { l2_sync_peers } = await cloud.api.get('/v2.0/l2-sync-peers?cloud=south');
    expect(l2_sync_peers).toMatchObject([{ stretches: [{ conflicts: 1 }] }]);
    expect((await explain(mac))['conflicts']).toEqual([{ subject: mac, kind: 'mac_static', reason }]);
    await cloud.tor(TOR).forget(shared.network, mac);
    await conflict(mac, undefined);
  });

  it('with equal sequences is in the cloud with the lower id, here as there', async () => {
    const mac = aMac();
    await cloud.tor(TOR).learn(shared.network, mac);
    await eventually(() => expect(told(mac)).toMatchObject({ sequence: 0 }));
    await says(mac, { sequence: 0 });
    await chosen(mac, { kind: 'learned', rule: 'lowest-cloud' });
    expect(told(mac)).toMatchObject({ sequence: 0 });
  });

  const conflictsOf = async (subject: string) => {
    const filter = subject.includes('.') ? `ip=${subject}` : `mac=${subject}`;
    const { l2_sync_conflicts } = await cloud.api.get(`/v2.0/l2-sync-conflicts?network_id=${shared.network}&${filter}`);
    return l2_sync_conflicts as Json[];
  };
  const conflict = (subject: string, expected: Json | undefined) =>
    eventually(async () => expect(await conflictsOf(subject)).toMatchObject(expected === undefined ? [] : [expected]));
  const logged = (subject: string) =>
    cloud.replicas[0]?.events.filter((each) => each.event === 'sync-conflict' && each['subject'] === subject);

  /** Claimed by the two clouds by turns, so often; the other cloud begins. */
  const quarrel = async (mac: string, moves: number, first = 1): Promise<void> => {
    for (let n = 0; n < moves; n += 1) {
      const isOurs = n % 2 === 1;
      if (isOurs) {
        await cloud.tor(TOR).forget(shared.network, mac);
        await eventually(async () => expect((await explain(mac)).candidates).toHaveLength(1));
        await cloud.tor(TOR).learn(shared.network, mac);
      } else await says(mac, { sequence: first + n });
      await chosen(mac, { kind: isOurs ? 'learned' : 'imported' });
    }
  };
  /** So much time has passed. */
  const inDatabase = async (statement: string, ...parameters: string[]) => {
    const db = new Client({ connectionString: cloud.databaseUrl });
    await db.connect();
    const { rows } = await db.query<Json>(statement, parameters);
    await db.end();
    return rows;
  };
  const clear = (query = '') => cloud.api.request('POST', `/v2.0/l2-sync-peers/clear-duplicates${query}`);

  it('that two clouds claim by turns is frozen at the fifth move, where it was before, until an operator or time thaws it', async () => {
    const mac = aMac();
    await cloud.tor(TOR).learn(shared.network, mac);
    await eventually(() => expect(told(mac)).toMatchObject({ sequence: 0 }));
    await quarrel(mac, 4);
    await says(mac, { sequence: 9 });
    const { candidates } = await chosen(mac, { kind: 'learned', rule: 'only' });
    expect(candidates.find((each) => each['kind'] === 'imported')).toMatchObject({
      competes: false,
      reason: expect.stringMatching(/^clouds claim it by turns/) as string,
    });
    const row = told(mac);
    for (const sequence of [10, 11, 12]) await says(mac, { sequence });
    await eventually(async () =>
      expect(await cloud.api.get(`/v2.0/l2-remote-macs?network_id=${shared.network}&mac=${mac}`)).toMatchObject({
        l2_remote_macs: [{ state: 'frozen', sequence: 12, reason: 'clouds claim it by turns: cloud north keeps it' }],
      }),
    );
    expect(told(mac)).toEqual(row);
    await eventually(() => expect(logged(mac)).toMatchObject([{ kind: 'mac_frozen' }]));
    await conflict(mac, { kind: 'mac_frozen', mac, ip: null, claims: [{}, {}] });
    expect(await clear('?mac=zz')).toMatchObject({ status: 400 });
    expect(await clear(`?network=${shared.network}&mac=02:00:00:00:ff:ff`)).toEqual({
      status: 200,
      body: { cleared: 0 },
    });
    expect(await clear(`?mac=${mac}`)).toEqual({ status: 200, body: { cleared: 1 } });
    await chosen(mac, { kind: 'imported', rule: 'sequence' });
    expect(await clear()).toEqual({ status: 200, body: { cleared: 0 } });
    await conflict(mac, undefined);
  });

  it('of a virtual router moves as often as it likes', async () => {
    const mac = '00:00:5e:00:01:02';
    await cloud.tor(TOR).learn(shared.network, mac);
    await chosen(mac, { kind: 'learned' });
    await quarrel(mac, 7);
  });

  it('that is frozen moves again when its time is over, by itself', async () => {
    const mac = aMac();
    await cloud.tor(TOR).learn(shared.network, mac);
    await chosen(mac, { kind: 'learned' });
    await quarrel(mac, 4);
    await says(mac, { sequence: 9 });
    await chosen(mac, { kind: 'learned', rule: 'only' });
    await inDatabase('UPDATE mac_sequence SET frozen_until = 0 WHERE mac = $1', mac);
    await chosen(mac, { kind: 'imported', rule: 'sequence' });
  });

  const ipAt = async (mac: string) => (await atSwitch(mac)).map(([, ip]) => ip);
  const remoteMac = async (mac: string) =>
    (await cloud.api.get(`/v2.0/l2-remote-macs?network_id=${shared.network}&mac=${mac}`))['l2_remote_macs'];

  it('keeps an IP that is bound to it: another cloud’s MAC comes without it, and the conflict is shown until one of them goes', async () => {
    const [mac, other, ip] = [aMac(), aMac(), '192.0.2.30'];
    await port(mac, 'host-1', ip);
    await eventually(() => expect(told(mac)).toMatchObject({ immutable: [ip] }));
    await says(other, { ips: [parseIp(ip), parseIp('192.0.2.31')], moved: [{ ip: parseIp(ip), sequence: 7 }] });
    await eventually(async () => expect(await ipAt(other)).toEqual(['192.0.2.31']));
    expect(await ipAt(mac)).toEqual([ip]);
    const found = await conflictsOf(ip);
    expect(found).toMatchObject([
      {
        kind: 'ip_immutable',
        ip,
        mac: null,
        claims: [
          { cloud: 'north', mac, static: true },
          { cloud: 'south', mac: other },
        ],
      },
    ]);
    expect(await cloud.api.get(`/v2.0/l2-sync-conflicts/${String(found[0]?.['id'])}`)).toMatchObject({
      l2_sync_conflict: { ip },
    });
    expect(await remoteMac(other)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          ipaddr: ip,
          state: 'shadowed',
          reason: 'another MAC claims the IP, see l2-sync-conflicts',
        }),
        expect.objectContaining({ ipaddr: '192.0.2.31', state: 'active' }),
      ]),
    );
    for (const sequence of [8, 9]) await says(other, { ips: [parseIp(ip)], moved: [{ ip: parseIp(ip), sequence }] });
    await takesBack(other);
    await conflict(ip, undefined);
    expect(logged(ip)).toHaveLength(1);
    expect(await cloud.api.request('GET', `/v2.0/l2-sync-conflicts/${String(found[0]?.['id'])}`)).toMatchObject({
      status: 404,
    });
  });

  /** The switch hears it anew. */
  const hears = async (mac: string, ip: string) => {
    await cloud.tor(TOR).forget(shared.network, mac);
    await eventually(async () => expect((await explain(mac)).candidates).toEqual([]));
    await cloud.tor(TOR).learn(shared.network, mac, ip);
  };

  it('shares an IP with one of another cloud by one rule, and is frozen with neither when they take it by turns', async () => {
    const [mac, other, ip] = [aMac(), aMac(), '192.0.2.40'];
    const turn = async (n: number) => {
      if (n % 2 === 0) await hears(mac, ip);
      else await says(other, { ips: [parseIp(ip)], moved: [{ ip: parseIp(ip), sequence: n }] });
      const [holder, loser] = n % 2 === 0 ? [mac, other] : [other, mac];
      await chosen(holder, { ips: [ip] });
      await eventually(async () => expect((await explain(loser)).chosen?.['ips'] ?? []).toEqual([]));
    };
    await cloud.tor(TOR).learn(shared.network, mac, ip);
    await eventually(() => expect(told(mac)).toMatchObject({ ips: [ip] }));
    await says(other, { ips: [parseIp(ip)] });
    await conflict(ip, { kind: 'ip_duplicate' });
    expect((await conflictsOf(ip))[0]?.['reason']).toContain(`${mac} of cloud north has it`);
    await eventually(async () => expect(await ipAt(other)).toEqual(['']));
    for (const n of [1, 2, 3, 4]) await turn(n);
    await eventually(() => expect(told(mac)).toMatchObject({ moved: [{ ip, sequence: 4 }] }));
    await says(other, { ips: [parseIp(ip)], moved: [{ ip: parseIp(ip), sequence: 5 }] });
    await conflict(ip, { kind: 'ip_frozen', claims: [{ mac }, { mac: other }] });
    await eventually(async () => expect(await ipAt(other)).toEqual(['']));
    for (const each of [mac, other]) expect((await explain(each)).chosen).toMatchObject({ ips: [] });
    await eventually(async () => {
      const metrics = await (await fetch(`${cloud.api.url}/metrics`)).text();
      expect(metrics.split('\n')).toContain('l2gw_api_sync_conflicts{kind="ip_frozen"} 1');
    });
    expect(await clear(`?ip=${ip}`)).toEqual({ status: 200, body: { cleared: 1 } });
    await eventually(async () => expect(await ipAt(other)).toEqual([ip]));
    for (const n of [6, 7, 8, 9]) await turn(n);
    await hears(mac, ip);
    await conflict(ip, { kind: 'ip_frozen' });
    await inDatabase('UPDATE ip_settling SET frozen_until = 0 WHERE ip = $1', ip);
    await conflict(ip, { kind: 'ip_duplicate' });
    await takesBack(other);
    await eventually(async () => expect((await explain(mac)).chosen).toMatchObject({ ips: [ip] }));
    await conflict(ip, undefined);
  });

  it('stays at a switch whose tunnel there is down, unless the peer is to be flushed then; it comes back with the tunnel', async () => {
    const [mac, far] = [aMac(), await vtep()];
    await says(mac, { ips: [parseIp('192.0.2.50')] });
    await eventually(async () => expect(await atSwitch(mac)).toEqual([[far, '192.0.2.50']]));
    await cloud.tor(TOR).addTunnel(far);
    await cloud
      .tor(TOR)
      .setTunnelStatus(far, { state: 'down', forwarding: 'false', diagnostic: 'Control Detection Time Expired' });
    const peer = async () =>
      ((await cloud.api.get('/v2.0/l2-sync-peers?cloud=south'))['l2_sync_peers'] as Json[])[0] ?? {};
    await eventually(async () =>
      expect(await peer()).toMatchObject({ on_tunnel_down: 'keep', stretches: [{ tunnels_down: [TOR] }] }),
    );
    expect(await cloud.api.get(`/v2.0/l2-remote-gateway-connections/${shared.stretch}`)).toMatchObject({
      l2_remote_gateway_connection: {
        status: 'DEGRADED',
        status_reason: `${TOR}: TUNNEL_DOWN nothing passes to ${far}: Control Detection Time Expired`,
      },
    });
    expect(await atSwitch(mac)).toHaveLength(1);
    const policy = (on_tunnel_down: string) =>
      peer().then(({ id }) =>
        cloud.api.request('PUT', `/v2.0/l2-sync-peers/${String(id)}`, { l2_sync_peer: { on_tunnel_down } }),
      );
    expect(await policy('drop')).toMatchObject({ status: 400 });
    await policy('flush');
    await eventually(async () => expect(await atSwitch(mac)).toEqual([]));
    expect((await explain(mac)).candidates).toMatchObject([{ kind: 'imported', competes: true }]);
    await cloud.tor(TOR).setTunnelStatus(far, { state: 'up', forwarding: 'true' });
    await eventually(async () => expect(await atSwitch(mac)).toEqual([[far, '192.0.2.50']]));
    await cloud.tor(TOR).setTunnelStatus(far, { state: 'down', forwarding: 'false' });
    await eventually(async () => expect(await atSwitch(mac)).toEqual([]));
    await policy('keep');
    await eventually(async () => expect(await atSwitch(mac)).toHaveLength(1));
    await cloud.tor(TOR).setTunnelStatus(far, {});
    await eventually(async () => expect(await peer()).toMatchObject({ stretches: [{ tunnels_down: [] }] }));
  });

  it('is nobody’s if what is said of it is not understood', async () => {
    const mac = aMac();
    await hand.says('south', shared.stretch, mac.toUpperCase());
    await hand.says('south', shared.stretch, '01:00:5e:00:00:01');
    await hand.says('south', shared.stretch, mac, { sequence: -1 });
    expect((await cloud.api.get(`/v2.0/l2-explain?mac=${mac}`))['l2_explanations']).toEqual([]);
    expect((await cloud.api.get('/v2.0/l2-explain?mac=01:00:5e:00:00:01'))['l2_explanations']).toEqual([]);
  });

  it('comes from another cloud in their thousands', async () => {
    const writer = tellThousands();
    await writer.settled();
    await eventually(async () => {
      const path = `/v2.0/l2-remote-macs?network_id=${shared.network}&origin=sync&state=active&fields=mac`;
      const { l2_remote_macs } = (await cloud.api.get(path)) as { l2_remote_macs: { mac: string }[] };
      expect(l2_remote_macs.filter(({ mac }) => mac.startsWith('02:00:00:02'))).toHaveLength(2999);
    });
  });

  it('shares an IP with another one of thousands by the same rule', async () => {
    await chosen('02:00:00:02:00:00', { ips: ['10.9.0.0'] });
    await chosen('02:00:00:02:0b:b6', { ips: ['10.9.11.182'] });
    await chosen('02:00:00:02:0b:b7', { ips: [] });
  });

  it('that goes and comes back as it was is remembered, and nothing is written of it but its row', async () => {
    const told = (expected: number) => eventually(async () => expect(await thousandsAtSwitch()).toBe(expected));
    const remembered = async () => {
      const rows = (table: string) =>
        `SELECT ctid::text, mac FROM ${table} WHERE mac < '02:00:00:02:0b:b7' AND mac > '02:00:00:02:00:00'`;
      return inDatabase(`${rows('mac_sequence')} UNION ALL ${rows('ip_claim')} ORDER BY mac, ctid`);
    };
    hand.imports('south', shared.stretch).replaceAll([]);
    await told(0);
    const before = await remembered();
    expect(before).toHaveLength(2 * 2998);
    tellThousands();
    await told(3000);
    expect(await remembered()).toEqual(before);
  });

  it('is forgotten a week after it went, if it has not come back', async () => {
    const [gone, back] = [aMac(), aMac()];
    const said = (mac: string) => ({ sequence: 7, ips: [parseIp(`192.0.2.${mac === gone ? 80 : 81}`)] });
    for (const mac of [gone, back]) {
      await says(mac, said(mac));
      await chosen(mac, { kind: 'imported' });
      await takesBack(mac);
      await chosen(mac, null);
    }
    await says(back, said(back));
    await chosen(back, { ips: ['192.0.2.81'] });
    const database = createDataSource({ url: cloud.databaseUrl, connections: 1 });
    await database.initialize();
    const remembered = async () => {
      await new PruneDrops(database, createLog('prune', 'warn')).prune();
      const statement = `SELECT mac FROM $ WHERE mac IN ($1, $2) AND gone_at IS NOT NULL ORDER BY mac`;
      const of = (table: string) => inDatabase(statement.replace('$ ', `${table} `), gone, back);
      return [await of('mac_sequence'), await of('ip_claim')].map((rows) => rows.map(({ mac }) => mac));
    };
    expect(await remembered()).toEqual([
      [gone, back],
      [gone, back],
    ]);
    for (const table of ['mac_sequence', 'ip_claim'])
      await inDatabase(`UPDATE ${table} SET gone_at = 1 WHERE mac IN ($1, $2)`, gone, back);
    expect(await remembered()).toEqual([[back], [back]]);
    await database.destroy();
  });

  it('costs no more than its own rows when thousands come to tables that PostgreSQL takes for empty', async () => {
    hand.imports('south', shared.stretch).replaceAll([]);
    await eventually(async () => expect(await thousandsAtSwitch()).toBe(0));
    const client = new Client({ connectionString: cloud.databaseUrl });
    await client.connect();
    const rowsRead = async (): Promise<number> => {
      const { rows } = await client.query<{ read: string }>(
        `SELECT sum(idx_tup_fetch + seq_tup_read) AS read FROM pg_stat_user_tables WHERE relname = ANY ($1::text[])`,
        [TABLES],
      );
      return Number(rows[0]?.read);
    };
    await client.query(`VACUUM ANALYZE ${TABLES.join()}`);
    const before = await rowsRead();
    tellThousands();
    await eventually(async () => expect(await thousandsAtSwitch()).toBe(3000));
    const read = (await rowsRead()) - before;
    await client.end();
    expect(read / 3000).toBeLessThan(100);
  });

  it('is told in their thousands, and nothing is told any more when the network is shared no longer', async () => {
    const ports = Array.from({ length: 2000 }, (_, n) => ({
      network_id: shared.network,
      mac_address: `02:00:00:01:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`,
      'binding:host_id': 'host-1',
    }));
    await cloud.api.post('/v2.0/ports', { ports });
    await eventually(() => expect(exported.size).toBeGreaterThanOrEqual(2000));
    const [bound, heard, ip] = [aMac(), aMac(), '192.0.2.60'];
    await port(bound, 'host-1', ip);
    await cloud.tor(TOR).learn(shared.network, heard, ip);
    await says(aMac(), { ips: [parseIp(ip)] });
    await conflict(ip, { kind: 'ip_immutable' });
    await chosen(heard, { ips: [] });
    const { l2_sync_peers } = await cloud.api.get('/v2.0/l2-sync-peers?cloud=south');
    const [{ id }] = l2_sync_peers as [{ id: string }];
    await cloud.api.put(`/v2.0/l2-sync-peers/${id}`, { l2_sync_peer: { remote_gateways: [] } });
    await eventually(() => expect(exported.size).toBe(0));
    await conflict(ip, undefined);
    await chosen(heard, { ips: [ip] });
    await cloud.api.put(`/v2.0/l2-sync-peers/${id}`, { l2_sync_peer: { remote_gateways: [shared.remoteGateway] } });
    await eventually(() => expect(exported.size).toBeGreaterThanOrEqual(2000));
  });
});
