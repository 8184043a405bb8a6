import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { type Connection, type OvsdbError, TlsError, type TlsSettings } from '@l2gw/ovsdb';
import { type Authority, type Certificate, createAuthority } from '../harness/certificates.js';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, type ServerTls, startOvsdbServer } from '../harness/ovsdb-server.js';
import { removeDirectory, temporaryDirectory } from '../harness/temporary-directory.js';
import { addNetwork, Clients, contentOf, next, whenLive } from './ovsdb-world.js';

describe('A session over TLS', () => {
  const clients = new Clients();
  const servers: OvsdbServer[] = [];
  let authority: Authority;
  let stranger: Authority;
  let forSwitch: Certificate;
  let forAgent: Certificate;
  let dir: string;

  beforeAll(async () => {
    [authority, stranger] = await Promise.all([createAuthority('our authority'), createAuthority('somebody else')]);
    [forSwitch, forAgent] = await Promise.all([authority.issue('tor-1'), authority.issue('agent')]);
  });

  beforeEach(async () => {
    dir = await temporaryDirectory('tls');
  });

  afterEach(async () => {
    await clients.stop();
    await Promise.all(servers.splice(0).map((each) => each.stop()));
    await removeDirectory(dir);
  });

  afterAll(() => Promise.all([authority.remove(), stranger.remove()]));

  async function serve(tls: Partial<ServerTls> = {}): Promise<OvsdbServer> {
    const server = await startOvsdbServer({
      physicalSwitches: [{ name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['eth1'] }],
      tls: { ...forSwitch, caFile: authority.caFile, ...tls },
    });
    servers.push(server);
    return server;
  }

  function trusting(caFile = authority.caFile): TlsSettings {
    return { trust: { kind: 'authority', caFile }, own: forAgent };
  }

  function learning(own = forAgent): TlsSettings {
    return { trust: { kind: 'first-seen', pinFile: join(dir, 'pin.pem') }, own };
  }

  /** Why the first attempt fails. */
  async function refusal(endpoint: string, tls: TlsSettings): Promise<OvsdbError> {
    const client = clients.begin(endpoint, { tls });
    return (await next(client.onDown.bind(client))).reason;
  }

  async function expectWork(client: Connection): Promise<void> {
    const { ls } = await addNetwork(client, 'network-1');
    expect(client.replica.table('Logical_Switch').has(ls)).toBe(true);
  }

  it('does what one over TCP does', async () => {
    const server = await serve();
    const client = await clients.connect(server.sslEndpoint, { tls: trusting() });
    await expectWork(client);
    const witness = await clients.connect(server.unixEndpoint);
    expect(contentOf(client.replica)).toEqual(contentOf(witness.replica));
  });

  it('does not ask for a name in the certificate, unless it is told which', async () => {
    const server = await serve();
    await clients.connect(server.sslEndpoint, { tls: trusting() });
    await clients.connect(server.sslEndpoint, { tls: { ...trusting(), peerName: 'tor-1' } });
    const reason = await refusal(server.sslEndpoint, { ...trusting(), peerName: 'tor-2' });
    expect(reason).toBeInstanceOf(TlsError);
    expect(reason.message).toMatch(/certificate of ssl:.* \(CN=tor-1\) is not one for tor-2/);
  });

  it('takes the name from the alternative names, if there are any', async () => {
    const server = await serve(await authority.issue('other', { altName: 'DNS:tor-1.example' }));
    await clients.connect(server.sslEndpoint, { tls: { ...trusting(), peerName: 'tor-1.example' } });
    expect((await refusal(server.sslEndpoint, { ...trusting(), peerName: 'other' })).message).toMatch(
      /not one for other/,
    );
  });

  it('does not come about with a switch that another authority vouches for', async () => {
    const server = await serve();
    const reason = await refusal(server.sslEndpoint, trusting(stranger.caFile));
    expect(reason).toBeInstanceOf(TlsError);
    expect(reason.message).toMatch(
      /does not vouch for the certificate of ssl:.*\(CN=tor-1\): SELF_SIGNED_CERT_IN_CHAIN/,
    );
    expect(reason.retryable).toBe(true);
  });

  it('does not come about with a certificate that has expired', async () => {
    const server = await serve(await authority.issue('tor-1', { days: -1 }));
    expect((await refusal(server.sslEndpoint, trusting())).message).toMatch(/\(CN=tor-1\) expired on 20/);
  });

  it('does not come about when the switch wants a certificate of ours and there is none, or not the right one', async () => {
    const server = await serve();
    const { trust } = trusting();
    const without = await refusal(server.sslEndpoint, { trust });
    expect(without).toBeInstanceOf(TlsError);
    expect(without.message).toMatch(/^ssl:.* does not accept our certificate: /);
    const wrong = await refusal(server.sslEndpoint, { trust, own: await stranger.issue('agent') });
    expect(wrong.message).toMatch(/does not accept our certificate: /);
  });

  it('does not come about with a port that speaks plain TCP, nor the other way round', async () => {
    const plain = await startOvsdbServer();
    servers.push(plain);
    const secured = await serve();
    const reason = await refusal(plain.tcpEndpoint.replace('tcp', 'ssl'), trusting());
    expect(reason).toBeInstanceOf(TlsError);
    expect(reason.message).toMatch(/does not speak TLS as it should/);
    const client = clients.begin(secured.tcpEndpoint);
    expect((await next(client.onDown.bind(client))).reason.message).toMatch(/does it want TLS\?$/);
  });

  it('is at least TLS 1.2', async () => {
    const [cert, key] = await Promise.all([readFile(forSwitch.certFile), readFile(forSwitch.keyFile)]);
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const server: Server = createServer({ cert, key, ...old }).listen(0, '127.0.0.1');
    await eventually(() => expect(server.listening).toBe(true));
    const { port } = server.address() as AddressInfo;
    expect((await refusal(`ssl:127.0.0.1:${port}`, trusting())).message).toMatch(/protocol version/i);
    server.close();
  });

  it('says which file cannot be used', async () => {
    const server = await serve();
    const { trust } = trusting();
    const [missing, empty] = [join(dir, 'missing.pem'), join(dir, 'empty.pem')];
    await writeFile(empty, 'nothing');
    const refused = async (tls: TlsSettings) => (await refusal(server.sslEndpoint, tls)).message;
    expect(await refused(trusting(missing))).toBe(`cannot read ${missing}: ENOENT`);
    expect(await refused(trusting(empty))).toBe(`${empty} holds no certificate`);
    const mixed = { certFile: forAgent.certFile, keyFile: forSwitch.keyFile };
    expect(await refused({ trust, own: mixed })).toMatch(/cannot use .*\.pem with .*\.key: /);
  });

  it('comes back after the server was killed', async () => {
    const server = await serve();
    const client = await clients.connect(server.sslEndpoint, { tls: trusting() });
    await expectWork(client);
    const again = next(client.onLive.bind(client));
    await server.kill();
    await server.restart();
    await again;
    expect(client.replica.table('Logical_Switch').size).toBe(1);
  });

  it('reads its certificates anew for the next session, so that they can be replaced without a restart', async () => {
    const server = await serve();
    const own = { certFile: join(dir, 'agent.pem'), keyFile: join(dir, 'agent.key') };
    const install = async ({ certFile, keyFile }: Certificate): Promise<void> => {
      await Promise.all([copyFile(certFile, own.certFile), copyFile(keyFile, own.keyFile)]);
    };
    await install(await authority.issue('agent', { days: -1 }));
    const client = clients.begin(server.sslEndpoint, { tls: { ...trusting(), own } });
    expect((await next(client.onDown.bind(client))).reason.message).toMatch(/does not accept our certificate: /);
    await install(forAgent);
    await whenLive(client);
  });

  describe('with a switch that is trusted because it was seen first', () => {
    it('stores what it shows for the owner alone, and knows it again', async () => {
      const server = await serve();
      const pinFile = join(dir, 'pin.pem');
      const first = await clients.connect(server.sslEndpoint, { tls: learning() });
      expect((await stat(pinFile)).mode & 0o777).toBe(0o600);
      const pinned = await readFile(pinFile, 'utf8');
      expect(pinned).toBe(`${await bareCertificate(forSwitch.certFile)}${await bareCertificate(authority.caFile)}`);
      await first.stop();
      await clients.connect(server.sslEndpoint, { tls: learning() });
      expect(await readFile(pinFile, 'utf8')).toBe(pinned);
    });

    it('refuses another certificate, and goes on dialling until the file is removed', async () => {
      const agent = await stranger.issue('agent');
      const server = await serve({ ...(await installed(forSwitch)), caFile: stranger.caFile });
      const client = await clients.connect(server.sslEndpoint, { tls: learning(agent) });
      expect(await readFile(join(dir, 'pin.pem'), 'utf8')).toBe(await bareCertificate(forSwitch.certFile));
      await installed(await authority.issue('tor-1'));
      const downs: OvsdbError[] = [];
      client.onDown(({ reason }) => downs.push(reason));
      await server.restart();
      await eventually(() => expect(downs.filter((each) => each instanceof TlsError).length).toBeGreaterThan(2));
      expect(downs.at(-1)?.message).toMatch(/shows another certificate \(CN=tor-1\) than the one stored in .*pin\.pem/);
      expect(client.live).toBeUndefined();
      await rm(join(dir, 'pin.pem'));
      await whenLive(client);
    });

    it('trusts the authority, if the switch has shown it, so that it may renew the switch', async () => {
      const server = await serve(await installed(forSwitch));
      const client = await clients.connect(server.sslEndpoint, { tls: learning() });
      expect((await readFile(join(dir, 'pin.pem'), 'utf8')).match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
      await installed(await authority.issue('tor-1'));
      const again = next(client.onLive.bind(client));
      await server.restart();
      await again;
    });

    it('but not one of the same name', async () => {
      const server = await serve(await installed(forSwitch));
      await (await clients.connect(server.sslEndpoint, { tls: learning() })).stop();
      const twin = await createAuthority('our authority');
      await installed(await twin.issue('tor-1'));
      await server.restart();
      expect((await refusal(server.sslEndpoint, learning())).message).toMatch(/shows another certificate/);
      await twin.remove();
    });

    it('says that the file is not to be used, or not to be written', async () => {
      const server = await serve();
      await writeFile(join(dir, 'pin.pem'), 'half a certif');
      expect((await refusal(server.sslEndpoint, learning())).message).toMatch(/pin\.pem holds no certificate/);
      const nowhere = { trust: { kind: 'first-seen', pinFile: join(dir, 'no/such/folder') }, own: forAgent } as const;
      expect((await refusal(server.sslEndpoint, nowhere)).message).toMatch(
        /cannot store the first certificate in .*ENOENT/,
      );
    });

    async function bareCertificate(path: string): Promise<string> {
      return `${/-----BEGIN[^]+-----END CERTIFICATE-----/.exec(await readFile(path, 'utf8'))?.[0]}\n`;
    }

    /** Where the server finds what it shows. */
    async function installed({ certFile, keyFile }: Certificate): Promise<Certificate> {
      const there = { certFile: join(dir, 'switch.pem'), keyFile: join(dir, 'switch.key') };
      await Promise.all([copyFile(certFile, there.certFile), copyFile(keyFile, there.keyFile)]);
      return there;
    }
  });
});
