import { connectBus } from '@l2gw/bus';
import { SignJWT, UnsecuredJWT } from 'jose';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { type Claims, type IssuerStandIn, startIssuer } from '../harness/issuer-stand-in.js';

const NETWORKS = '/v2.0/networks';
const ADMIN = { realm_access: { roles: ['viewer', 'l2gw-admin'] } };

describe('An API that believes an OpenID Connect issuer', () => {
  let issuer: IssuerStandIn;
  let cloud: Cloud;
  beforeAll(async () => {
    issuer = await startIssuer();
    cloud = await startCloud({
      name: 'auth oidc',
      api: { L2GW_AUTH: 'oidc', L2GW_OIDC_ISSUER: issuer.url, L2GW_OIDC_AUDIENCE: 'l2gw' },
    });
  });
  afterAll(async () => {
    await cloud?.stop();
    await issuer?.server.stop();
  });

  const ask = (token: string, init: RequestInit = {}, api = cloud.api.url) =>
    fetch(`${api}${NETWORKS}`, { ...init, headers: { Authorization: `Bearer ${token}` } });
  const statusOf = async (token: string, api?: string) => (await ask(token, {}, api)).status;
  const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;

  it('lets administrators in, with the project that the token names', async () => {
    const token = await issuer.sign({ ...ADMIN, preferred_username: 'alice', project_id: 'p-1' });
    const created = await fetch(`${cloud.api.url}${NETWORKS}`, {
      method: 'POST',
      headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
      body: JSON.stringify({ network: { name: 'n' } }),
    });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({ network: { project_id: 'p-1' } });
  });

  it('refuses those who are no administrators', async () => {
    const response = await ask(await issuer.sign({ realm_access: { roles: ['viewer'] } }));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ NeutronError: { type: 'AdminRequired' } });
  });

  it.each<[string, () => Claims]>([
    ['has expired', () => ({ ...ADMIN, exp: seconds(-60) })],
    ['never expires', () => ({ ...ADMIN, exp: undefined })],
    ['is not good yet', () => ({ ...ADMIN, nbf: seconds(120) })],
    ['is for somebody else', () => ({ ...ADMIN, aud: 'another-service' })],
    ['is for nobody', () => ({ ...ADMIN, aud: undefined })],
    ['names another issuer', () => ({ ...ADMIN, iss: 'https://issuer.example.com' })],
    ['is about nobody', () => ({ ...ADMIN, sub: undefined })],
  ])('does not believe a token that %s', async (_what, claims) => {
    const response = await ask(await issuer.sign(claims()));
    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="l2gw", error="invalid_token"');
  });

  it('forgives clocks that differ a little', async () => {
    expect(await statusOf(await issuer.sign({ ...ADMIN, exp: seconds(-10) }))).toBe(200);
  });

  it('does not believe a token that is not signed, or signed with what everybody knows', async () => {
    const claims = { ...ADMIN, iss: issuer.url, aud: 'l2gw', sub: 'u-1', exp: seconds(300) };
    const secret = new TextEncoder().encode(JSON.stringify(issuer.publicKey));
    const header = { alg: 'HS256', kid: String(issuer.publicKey.kid) };
    const forged = await new SignJWT(claims).setProtectedHeader(header).sign(secret);
    const [head, , signature] = (await issuer.sign({ realm_access: { roles: [] } })).split('.');
    const grown = [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
    for (const token of [new UnsecuredJWT(claims).encode(), forged, grown, 'a.b.c', 'garbage']) {
      expect(await statusOf(token)).toBe(401);
    }
  });

  it('asks for a token, as RFC 6750 says, who has none', async () => {
    const response = await fetch(`${cloud.api.url}${NETWORKS}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toBe('Bearer realm="l2gw"');
  });

  it('does the same over the bus', async () => {
    const bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    const status = async (headers: Record<string, string>) => {
      const answer = await bus.request('l2gw.v1.rpc.network.list', '', { timeoutMs: 5000, headers });
      return answer.headers['L2gw-Status'];
    };
    try {
      const token = await issuer.sign(ADMIN);
      expect(await status({ Authorization: `Bearer ${token}` })).toBe('200');
      expect(await status({ 'X-Auth-Token': token })).toBe('200');
      expect(await status({ 'X-Auth-Token': await issuer.sign() })).toBe('403');
      expect(await status({ 'X-Auth-Token': 'guess' })).toBe('401');
    } finally {
      await bus.close();
    }
  });

  it('follows its issuer to another key, and believes the old one no longer', async () => {
    const old = await issuer.sign(ADMIN);
    expect(await statusOf(old)).toBe(200);
    await issuer.changeKey();
    await eventually(async () => expect(await statusOf(await issuer.sign(ADMIN))).toBe(200));
    expect(await statusOf(old)).toBe(401);
  });

  it('fetches keys once in a while only, however many tokens name keys that nobody has', async () => {
    const before = issuer.server.count('GET /keys');
    const stranger = await startIssuer();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => stranger.sign({ ...ADMIN, iss: issuer.url })));
    await stranger.server.stop();
    expect(new Set(await Promise.all(tokens.map((token) => statusOf(token))))).toEqual(new Set([401]));
    expect(issuer.server.count('GET /keys')).toBeLessThanOrEqual(before + 1);
  });

  it('needs its issuer only for keys, and says so when it has none', async () => {
    const token = await issuer.sign(ADMIN);
    await issuer.server.stop();
    try {
      const replica = await cloud.startApi();
      const response = await ask(token, {}, replica.url);
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await statusOf(token)).toBe(200);
      await issuer.server.start();
      expect(await statusOf(token, replica.url)).toBe(200);
    } finally {
      await issuer.server.start();
    }
  });

  it('can be told which claims to look at, and where the keys are', async () => {
    const { url } = await cloud.startApi({
      L2GW_OIDC_JWKS_URL: `${issuer.url}/keys`,
      L2GW_OIDC_ADMIN_CLAIM: 'scope',
      L2GW_OIDC_ADMIN_VALUE: 'network:admin',
      L2GW_OIDC_PROJECT_CLAIM: 'organisation.id',
    });
    const asked = issuer.server.count('GET /.well-known/openid-configuration');
    expect(await statusOf(await issuer.sign(ADMIN), url)).toBe(403);
    expect(await statusOf(await issuer.sign({ scope: 'openid network:admin' }), url)).toBe(200);
    expect(issuer.server.count('GET /.well-known/openid-configuration')).toBe(asked);
  });

  it('never logs a token', () => {
    for (const { output } of cloud.replicas) expect(output).not.toContain('eyJ');
  });
});
