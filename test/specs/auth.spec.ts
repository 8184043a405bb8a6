import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectBus } from '@l2gw/bus';
import { ApiClient } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';

const TOKEN = 'correct horse battery staple';
const hash = createHash('sha256').update(TOKEN).digest('hex');
const file = join(mkdtempSync(join(tmpdir(), 'l2gw-')), 'tokens');
writeFileSync(file, `# administrators\n${hash} alice project-a\n`);

describe('An API with tokens', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'auth', api: { L2GW_AUTH: 'token', L2GW_AUTH_TOKENS_FILE: file } });
  });
  afterAll(() => cloud?.stop());

  const unauthorized = { status: 401, body: { NeutronError: { type: 'Unauthorized' } } };

  it.each([
    ['GET', '/v2.0/l2-gateways'],
    ['POST', '/v2.0/l2-gateways'],
    ['PUT', '/v2.0/l2-gateways/x'],
    ['DELETE', '/v2.0/l2-gateways/x'],
    ['GET', '/v2.0/networks'],
    ['GET', '/v2/l2-gateways/x'],
    ['POST', '/v2/l2-gateway-connections'],
    ['GET', '/v2.0/l2-switches'],
  ])('refuses %s %s without a token, and with a wrong one', async (method, path) => {
    expect(await cloud.api.request(method, path, method === 'GET' ? undefined : {})).toMatchObject(unauthorized);
    expect(
      await new ApiClient(cloud.api.url, 'guess').request(method, path, method === 'GET' ? undefined : {}),
    ).toMatchObject(unauthorized);
  });

  it('lets an administrator in, whose project is the default of what he creates', async () => {
    const alice = new ApiClient(cloud.api.url, TOKEN);
    const { id } = await alice.createNetwork({ name: 'n' });
    expect(await alice.get(`/v2.0/networks/${id}`)).toMatchObject({ network: { project_id: 'project-a' } });
  });

  it('does not read what strangers send', async () => {
    const send = async (token: string, type: string) => {
      const headers = { 'X-Auth-Token': token, 'Content-Type': type };
      return (await fetch(`${cloud.api.url}/v2.0/networks`, { method: 'POST', headers, body: '{' })).status;
    };
    expect([await send('guess', 'application/json'), await send('guess', 'text/plain')]).toEqual([401, 401]);
    expect([await send(TOKEN, 'application/json'), await send(TOKEN, 'text/plain')]).toEqual([400, 415]);
  });

  it('takes the token as a bearer token, too', async () => {
    const status = async (authorization: string) =>
      (await fetch(`${cloud.api.url}/v2.0/networks`, { headers: { Authorization: authorization } })).status;
    expect(await status(`Bearer ${TOKEN}`)).toBe(200);
    expect(await status('Bearer guess')).toBe(401);
    expect(await status(`Basic ${Buffer.from(`alice:${TOKEN}`).toString('base64')}`)).toBe(401);
  });

  it('asks for the token on the bus too', async () => {
    const bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    try {
      const refused = await bus.request('l2gw.v1.rpc.network.list', '', { timeoutMs: 5000 });
      expect(refused.headers['L2gw-Status']).toBe('401');
      const admitted = await bus.request('l2gw.v1.rpc.network.list', '', {
        timeoutMs: 5000,
        headers: { 'X-Auth-Token': TOKEN },
      });
      expect(admitted.headers['L2gw-Status']).toBe('200');
    } finally {
      await bus.close();
    }
  });

  it('tells everybody whether it lives and is ready', async () => {
    expect(await cloud.api.get('/livez')).toEqual({ status: 'live' });
    expect(await cloud.api.get('/readyz')).toEqual({ database: true, bus: true });
  });

  it('never logs a token', async () => {
    await new ApiClient(cloud.api.url, 'guess-me').request('GET', '/v2.0/networks');
    const { output } = cloud.replicas[0] ?? { output: '' };
    for (const secret of [TOKEN, 'guess-me', hash]) expect(output).not.toContain(secret);
  });
});
