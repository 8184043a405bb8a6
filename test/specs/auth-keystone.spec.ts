import { connectBus } from '@l2gw/bus';
import { ApiClient } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { type KeystoneStandIn, startKeystone } from '../harness/keystone-stand-in.js';
import { type OpenStackClient, openStackClient } from '../harness/openstack.js';
import { secretFile } from './support/secret-file.js';

const USERS = [
  { name: 'l2gw', password: 'service secret', project: 'service', roles: ['service'] },
  { name: 'alice', password: 'open sesame', project: 'operators', roles: ['member', 'Admin'] },
  { name: 'bob', password: 'bobs secret', project: 'demo', roles: ['member'] },
];
const NETWORKS = '/v2.0/networks';

describe('An API that asks Keystone who its callers are', () => {
  let keystone: KeystoneStandIn;
  let cloud: Cloud;
  let client: OpenStackClient | undefined;
  beforeAll(async () => {
    keystone = await startKeystone(USERS);
    cloud = await startCloud({
      name: 'auth keystone',
      api: {
        L2GW_AUTH: 'keystone',
        L2GW_KEYSTONE_URL: `${keystone.url}/v3/`,
        L2GW_KEYSTONE_PUBLIC_URL: 'https://keystone.example.com/v3',
        L2GW_KEYSTONE_PASSWORD_FILE: await secretFile('service secret'),
      },
    });
    keystone.networkUrl = cloud.api.url;
  });
  afterAll(async () => {
    await client?.stop();
    await cloud?.stop();
    await keystone?.server.stop();
  });

  const as = (name: string, livesMs?: number) => new ApiClient(cloud.api.url, keystone.issue(name, livesMs));
  const statusOf = async (token: string, api = cloud.api.url) =>
    (await new ApiClient(api, token).request('GET', NETWORKS)).status;

  it('lets administrators in, by whatever case their role is spelled in, with the project of their token', async () => {
    const alice = as('alice');
    const { id } = await alice.createNetwork({ name: 'n' });
    expect(await alice.get(`${NETWORKS}/${id}`)).toMatchObject({ network: { project_id: 'id-of-operators' } });
  });

  it.each([
    ['GET', '/v2.0/l2-gateways', 'GET'],
    ['POST', '/v2.0/l2-gateways', 'CREATE'],
    ['GET', '/v2.0/l2-gateways/x', 'GET'],
    ['PUT', '/v2.0/l2-gateways/x', 'GET'],
    ['DELETE', '/v2.0/l2-gateways/x', 'GET'],
    ['GET', '/v2.0/l2-gateway-connections', 'GET'],
    ['POST', '/v2.0/l2-gateway-connections', 'CREATE'],
    ['GET', '/v2.0/l2-gateway-connections/x', 'GET'],
    ['DELETE', '/v2.0/l2-gateway-connections/x', 'GET'],
    ['GET', '/v2.0/networks', 'GET'],
    ['POST', '/v2.0/ports', 'CREATE'],
    ['PUT', '/v2.0/l2-switches/x', 'GET'],
    ['GET', '/v2.0/extensions', 'GET'],
  ])('refuses %s %s to others, in the words of the reference', async (method, path, verb) => {
    expect(await as('bob').request(method, path, method === 'GET' ? undefined : {})).toEqual({
      status: 403,
      body: {
        NeutronError: {
          type: 'AdminRequired',
          message: `User does not have admin privileges: Cannot ${verb} resource for non admin tenant.`,
          detail: '',
        },
      },
    });
  });

  it('lets everybody find out which versions there are', async () => {
    for (const path of ['/', '/v2.0']) expect((await cloud.api.request('GET', path)).status).toBeLessThan(400);
  });

  it('tells whom it does not know where to get a token, as keystonemiddleware does', async () => {
    for (const headers of [{}, { 'X-Auth-Token': 'guess' }]) {
      const response = await fetch(`${cloud.api.url}${NETWORKS}`, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('WWW-Authenticate')).toBe("Keystone uri='https://keystone.example.com/v3'");
    }
  });

  it('takes the token as a bearer token, too', async () => {
    const headers = { Authorization: `Bearer ${keystone.issue('alice')}` };
    expect((await fetch(`${cloud.api.url}${NETWORKS}`, { headers })).status).toBe(200);
  });

  it('does the same over the bus', async () => {
    const bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    const call = async (pattern: string, headers: Record<string, string>) => {
      const answer = await bus.request(`l2gw.v1.rpc.${pattern}`, '', { timeoutMs: 5000, headers });
      return {
        status: answer.headers['L2gw-Status'],
        challenge: answer.headers['WWW-Authenticate'],
        body: answer.body,
      };
    };
    try {
      expect(await call('network.list', { 'X-Auth-Token': keystone.issue('alice') })).toMatchObject({ status: '200' });
      expect(await call('network.list', { Authorization: `Bearer ${keystone.issue('alice')}` })).toMatchObject({
        status: '200',
      });
      expect(await call('network.list', { 'X-Auth-Token': 'guess' })).toMatchObject({
        status: '401',
        challenge: expect.stringContaining('Keystone uri='),
      });
      const bob = { 'X-Auth-Token': keystone.issue('bob') };
      expect((await call('network.create', bob)).body).toContain('AdminRequired');
      expect((await call('network.create', bob)).body).toContain('Cannot CREATE resource');
      expect((await call('network.delete', bob)).body).toContain('Cannot GET resource');
    } finally {
      await bus.close();
    }
  });

  it('asks about a token once, also when many use it at the same time, and soon not again about a bad one', async () => {
    for (const token of [keystone.issue('alice'), 'nobodys token']) {
      const before = keystone.validations;
      const statuses = await Promise.all(Array.from({ length: 40 }, () => statusOf(token)));
      expect(new Set(statuses).size).toBe(1);
      expect(keystone.validations).toBe(before + 1);
    }
  });

  it('believes a token no longer than it lives', async () => {
    const token = keystone.issue('alice', 4000);
    expect(await statusOf(token)).toBe(200);
    await eventually(async () => expect(await statusOf(token)).toBe(401));
  });

  it('gets itself another token when its own was revoked', async () => {
    await statusOf(keystone.issue('alice'));
    const before = keystone.logins;
    keystone.revokeAllOf('l2gw');
    expect(await statusOf(keystone.issue('alice'))).toBe(200);
    expect(keystone.logins).toBe(before + 1);
  });

  it('serves whom it knows while Keystone is away, and asks others to come again', async () => {
    const [known, unknown] = [keystone.issue('alice'), keystone.issue('alice')];
    expect(await statusOf(known)).toBe(200);
    await keystone.server.stop();
    try {
      expect(await statusOf(known)).toBe(200);
      const response = await fetch(`${cloud.api.url}${NETWORKS}`, { headers: { 'X-Auth-Token': unknown } });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(await response.json()).toMatchObject({ NeutronError: { type: 'IdentityServiceUnavailable' } });
    } finally {
      await keystone.server.start();
    }
    expect(await statusOf(unknown)).toBe(200);
    const told = () =>
      cloud.replicas[0]?.events.map(({ event }) => event).filter((each) => each.startsWith('identity-'));
    await eventually(() => expect(told()).toEqual(['identity-unavailable', 'identity-available']));
  });

  it('waits for a Keystone that does not answer, but not for long', async () => {
    const release = keystone.server.hold();
    try {
      expect(await statusOf(keystone.issue('alice'))).toBe(503);
    } finally {
      release();
    }
    await eventually(async () => expect(await statusOf(keystone.issue('alice'))).toBe(200));
  });

  it('finds out within the time that is set that a token was revoked', async () => {
    const { url } = await cloud.startApi({ L2GW_KEYSTONE_CACHE_S: '1' });
    const token = keystone.issue('alice');
    expect(await statusOf(token, url)).toBe(200);
    expect(await statusOf(token)).toBe(200);
    keystone.revoke(token);
    await eventually(async () => expect(await statusOf(token, url)).toBe(401), { timeoutMs: 3000 });
    expect(await statusOf(token)).toBe(200);
  });

  it('can log in by an application credential', async () => {
    const { url } = await cloud.startApi({ L2GW_KEYSTONE_APPLICATION_CREDENTIAL: 'l2gw' });
    expect(await statusOf(keystone.issue('alice'), url)).toBe(200);
  });

  it('says that it cannot ask, and keeps a wrong password from being tried over and over', async () => {
    const replica = await cloud.startApi({ L2GW_KEYSTONE_PASSWORD_FILE: await secretFile('wrong') });
    const before = keystone.logins;
    const tokens = Array.from({ length: 10 }, () => keystone.issue('alice'));
    for (const token of tokens) expect(await statusOf(token, replica.url)).toBe(503);
    expect(keystone.logins).toBe(before + 1);
    await eventually(() =>
      expect(replica.events).toContainEqual(expect.objectContaining({ event: 'identity-unavailable' })),
    );
  });

  it('never logs a token or a password', () => {
    for (const { output } of cloud.replicas) {
      for (const secret of ['gAAAAA', 'service secret', 'guess']) expect(output).not.toContain(secret);
    }
  });

  it('serves the unmodified openstack client that logs in by password', async () => {
    client = await openStackClient(cloud.api.url, '');
    const login = (user: string, password: string, project: string) => ({
      OS_AUTH_TYPE: 'password',
      OS_AUTH_URL: `${keystone.url}/v3`,
      OS_USERNAME: user,
      OS_PASSWORD: password,
      OS_PROJECT_NAME: project,
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
      OS_IDENTITY_API_VERSION: '3',
    });
    const alice = login('alice', 'open sesame', 'operators');
    const created = await client.runWith(['network', 'create', '-f', 'json', 'by password'], alice);
    expect(created).toMatchObject({ exit: 0, stdout: expect.stringContaining('"project_id": "id-of-operators"') });
    const listed = await client.runWith(['network', 'list', '-f', 'value', '-c', 'Name'], alice);
    expect(listed.stdout.split('\n')).toContain('by password');
    const gateways = await client.runWith(['l2gw', 'list', '-f', 'json'], alice);
    expect(gateways).toMatchObject({ exit: 0, stdout: expect.stringContaining('[]') });
    const refused = await client.runWith(['l2gw', 'list'], login('bob', 'bobs secret', 'demo'));
    expect(refused.exit).toBe(1);
    expect(refused.stderr).toContain('User does not have admin privileges');
  }, 120_000);
});
