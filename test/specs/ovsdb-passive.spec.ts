import { once } from 'node:events';
import { connect as dialTcp, type Socket } from 'node:net';
import { connect as dialTls } from 'node:tls';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Connection,
  type ConnectionOptions,
  DialError,
  equals,
  type OvsdbError,
  type PassiveSettings,
  type RequestLimits,
  select,
  type Session,
  Superseded,
  type TlsSettings,
} from '@l2gw/ovsdb';
import { type Authority, type Certificate, createAuthority } from '../harness/certificates.js';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, type OvsdbServerOptions, startOvsdbServer, tlsArguments } from '../harness/ovsdb-server.js';
import { startTcpProxy, type TcpProxy } from '../harness/tcp-proxy.js';
import { writeInventory } from '../harness/tor-inventory.js';
import { addNetwork, Clients, contentOf, next, whenLive } from './ovsdb-world.js';

const TOR_1 = { name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['eth1'] };
const OTHER = { ...TOR_1, name: 'tor-2' };

describe('A connection that waits for its switch to dial in', () => {
  const clients = new Clients();
  const started: { stop(): Promise<unknown> }[] = [];
  const sockets: Socket[] = [];
  let strangers: { readonly from: string; readonly reason: OvsdbError; readonly turnedAway: number }[];
  let port: number;

  beforeEach(() => {
    strangers = [];
  });

  afterEach(async () => {
    await clients.stop();
    sockets.splice(0).forEach((socket) => socket.destroy());
    await Promise.all(started.splice(0).map((each) => each.stop()));
  });

  /** Begins to listen at a port that the kernel chose. */
  async function wait(
    options: Partial<PassiveSettings> = {},
    more: Partial<ConnectionOptions> = {},
  ): Promise<Connection> {
    const told = new Promise<number>((resolve) => {
      const passive: PassiveSettings = {
        identify: isTor1,
        listening: (endpoint) => resolve(endpoint.port),
        stranger: (stranger) => strangers.push(stranger),
        ...options,
      };
      client = clients.begin(more.tls ? 'pssl:0:127.0.0.1' : 'ptcp:0:127.0.0.1', { passive, ...more });
    });
    port = await told;
    return client;
  }
  let client: Connection;

  /** A switch whose manager's target is this port. */
  async function dialIn(at = port, options: OvsdbServerOptions = {}): Promise<OvsdbServer> {
    const server = await startOvsdbServer({
      physicalSwitches: [TOR_1],
      tcp: false,
      args: [`--remote=tcp:127.0.0.1:${at}`],
      ...options,
    });
    started.push(server);
    return server;
  }

  async function viaProxy(): Promise<TcpProxy> {
    const proxy = await startTcpProxy({ port });
    started.push(proxy);
    return proxy;
  }

  async function callAs(words?: string): Promise<Socket> {
    const socket = dialTcp({ host: '127.0.0.1', port });
    socket.on('error', () => undefined).resume();
    sockets.push(socket);
    await once(socket, 'connect');
    if (words !== undefined) socket.write(words);
    return socket;
  }

  it('does what one that dials does, as soon as the switch is there', async () => {
    await wait();
    const server = await dialIn();
    await whenLive(client);
    await addNetwork(client, 'network-1');
    const witness = await clients.connect(server.unixEndpoint);
    expect(contentOf(client.replica)).toEqual(contentOf(witness.replica));
  });

  it('has its switch back after it was killed', async () => {
    await wait();
    const server = await dialIn();
    await whenLive(client);
    const again = next(client.onLive.bind(client));
    await server.kill();
    await eventually(() => expect(client.live).toBeUndefined());
    await server.restart();
    await again;
  });

  it('lets a switch go that is another one, whatever address it comes from, and keeps its own', async () => {
    await wait();
    await dialIn();
    await whenLive(client);
    const downs: unknown[] = [];
    client.onDown((info) => downs.push(info));
    await dialIn(port, { physicalSwitches: [OTHER] });
    await eventually(() => expect(strangers.length).toBeGreaterThan(1));
    expect(strangers[0]).toMatchObject({
      from: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
      reason: { code: 'OVSDB_STRANGER' },
    });
    expect(downs).toEqual([]);
  });

  it('takes a switch as soon as it has written its own name', async () => {
    await wait();
    const server = await dialIn(port, { physicalSwitches: [OTHER] });
    await eventually(() => expect(strangers).not.toEqual([]));
    await writeInventory(server, [TOR_1]);
    await eventually(() => expect(client.live).toBeDefined());
  });

  it.each([
    ['no OVSDB', 'GET / HTTP/1.1\r\n\r\n', /message begins with byte 0x47/],
    ['TLS to a port without it', '\x16\x03\x01\x02\x00\x01', /other end speaks TLS/],
    ['more than it is asked for', `{"id":1,"result":"${'x'.repeat(100_000)}`, /longer than 65536 bytes/],
    ['a database that is none of a switch', '{"id":1,"result":null,"error":"unknown database"}', /unknown database/],
  ])('lets somebody go who speaks %s', async (_, words, reason) => {
    await wait();
    const socket = await callAs(words);
    await once(socket, 'close');
    expect(strangers).toMatchObject([{ reason: { message: expect.stringMatching(reason) } }]);
  });

  it('lets somebody go who says nothing', async () => {
    await wait({ patienceMs: 50 });
    await once(await callAs(), 'close');
    expect(strangers).toMatchObject([{ reason: { code: 'OVSDB_REQUEST_TIMEOUT' } }]);
  });

  it('listens to a few at a time, counts those it turns away, and is still there for its switch', async () => {
    const admission = { atATime: 3, atATimePerAddress: 3, visits: 1000, perVisitMs: 1 };
    await wait({ admission, patienceMs: 1000 });
    const callers = await Promise.all(Array.from({ length: 20 }, () => callAs()));
    await eventually(() => expect(strangers).toHaveLength(3));
    expect(strangers.reduce((sum, { turnedAway }) => sum + turnedAway, 0)).toBe(17);
    await eventually(() => expect(callers.every(({ destroyed }) => destroyed)).toBe(true));
    await dialIn();
    await whenLive(client);
  });

  it('changes over to the new session of a switch whose old one is dead, although TCP does not say so', async () => {
    await wait({}, { probeIntervalMs: 60_000 });
    const proxy = await viaProxy();
    const server = await dialIn(proxy.port);
    await whenLive(client);
    proxy.pause();
    const down = next(client.onDown.bind(client));
    const again = await dialIn();
    expect((await down).reason).toBeInstanceOf(Superseded);
    await whenLive(client);
    await addNetwork(client, 'network-1');
    expect(await again.dump()).toMatch(/network-1/);
    expect(await server.dump()).not.toMatch(/network-1/);
  });

  it('does not leave a session that answers for a second one of the same switch, but takes it when the first ends', async () => {
    await wait();
    const proxy = await viaProxy();
    const first = await dialIn(proxy.port);
    await whenLive(client);
    const downs: OvsdbError[] = [];
    client.onDown(({ reason }) => downs.push(reason));
    const answered = new Promise<void>((resolve) => {
      proxy.filter((chunk, direction) => {
        if (direction === 'toServer' && chunk.includes('"id":"echo"')) resolve();
        return chunk;
      });
    });
    await dialIn();
    await answered;
    expect(client.live).toBeDefined();
    expect(downs).toEqual([]);
    await first.kill();
    await eventually(() => expect(downs).toHaveLength(1));
    await whenLive(client);
  });

  it('says that it cannot listen where somebody else does, and tries again', async () => {
    await wait();
    const second = clients.begin(`ptcp:${port}:127.0.0.1`, { passive: { identify: isTor1 } });
    const { reason, retryInMs } = await next(second.onDown.bind(second));
    expect(reason).toBeInstanceOf(DialError);
    expect(reason.message).toMatch(/cannot listen at ptcp:\d+:127\.0\.0\.1: .*EADDRINUSE/);
    expect(retryInMs).toBeGreaterThan(0);
    await client.stop();
    await dialIn();
    await whenLive(second);
  });

  it('leaves nothing behind when it is stopped', async () => {
    await wait();
    const caller = await callAs();
    const closed = once(caller, 'close');
    await client.stop();
    await closed;
    const late = dialTcp({ host: '127.0.0.1', port });
    await expect(once(late, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(strangers).toEqual([]);
  });

  describe('over TLS', () => {
    let authority: Authority;
    let forSwitch: Certificate;
    let forAgent: Certificate;

    beforeAll(async () => {
      authority = await createAuthority('our authority');
      [forSwitch, forAgent] = await Promise.all([authority.issue('tor-1'), authority.issue('agent')]);
    });

    afterAll(() => authority.remove());

    const trusting = (): TlsSettings => ({ trust: { kind: 'authority', caFile: authority.caFile }, own: forAgent });

    function dialInOverTls(shown = forSwitch, options: OvsdbServerOptions = {}): Promise<OvsdbServer> {
      const keys = tlsArguments({ ...shown, caFile: authority.caFile });
      return dialIn(port, { args: [`--remote=ssl:127.0.0.1:${port}`, ...keys], ...options });
    }

    it('takes a switch with a certificate of its authority', async () => {
      await wait({}, { tls: trusting() });
      await dialInOverTls();
      await whenLive(client);
      await addNetwork(client, 'network-1');
    });

    it('lets a switch go with one that has expired, with one of another authority, or with another name', async () => {
      const stranger = await createAuthority('somebody else');
      await wait({}, { tls: { ...trusting(), peerName: 'tor-1' } });
      await dialInOverTls(await authority.issue('tor-1', { days: -1 }));
      await eventually(() => expect(strangers.at(-1)?.reason.message).toMatch(/CN=tor-1\) expired/));
      await dialInOverTls(await stranger.issue('tor-1'));
      await eventually(() => expect(strangers.at(-1)?.reason.message).toMatch(/does not vouch for/));
      await dialInOverTls(await authority.issue('tor-2'));
      await eventually(() => expect(strangers.at(-1)?.reason.message).toMatch(/is not one for tor-1/));
      expect(client.live).toBeUndefined();
      await dialInOverTls();
      await whenLive(client);
      await stranger.remove();
    });

    it('lets somebody go who shows no certificate, or does not speak TLS', async () => {
      await wait({}, { tls: trusting() });
      const socket = dialTls({ host: '127.0.0.1', port, rejectUnauthorized: false }).on('error', () => undefined);
      sockets.push(socket);
      await eventually(() => expect(strangers.at(-1)?.reason.message).toMatch(/shows no certificate/));
      await callAs('{"id":"echo","method":"echo","params":[]}');
      await eventually(() => expect(strangers.at(-1)?.reason.message).toMatch(/does not speak TLS as it should/));
    });

    it('remembers the first that turns out to be its switch, not the first that comes', async () => {
      const pinFile = join(authority.dir, 'pin.pem');
      const self = await createAuthority('tor-1 itself');
      await wait({}, { tls: { trust: { kind: 'first-seen', pinFile }, own: forAgent } });
      await dialInOverTls(await self.issue('other'), { physicalSwitches: [OTHER] });
      await eventually(() => expect(strangers[0]).toMatchObject({ reason: { code: 'OVSDB_STRANGER' } }));
      await expect(stat(pinFile)).rejects.toMatchObject({ code: 'ENOENT' });
      const server = await dialInOverTls();
      await whenLive(client);
      expect((await stat(pinFile)).mode & 0o777).toBe(0o600);
      expect(await readFile(pinFile, 'utf8')).toContain('BEGIN CERTIFICATE');
      await server.stop();
      started.splice(started.indexOf(server), 1);
      await dialInOverTls(await self.issue('tor-1'));
      await eventually(() =>
        expect(strangers.at(-1)?.reason.message).toMatch(/shows another certificate \(CN=tor-1\)/),
      );
      await self.remove();
    });
  });
});

/** What a programmer of switches asks: is there a switch of this name? */
async function isTor1(session: Session, limits: RequestLimits): Promise<boolean> {
  const question = select('Physical_Switch', [equals('name', 'tor-1')], ['name']);
  const answer = await session.request('transact', ['hardware_vtep', question], limits);
  return JSON.stringify(answer).includes('tor-1');
}
