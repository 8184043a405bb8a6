import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { type Bus, connectBus } from '@l2gw/bus';
import { type Cloud, startCloud } from '../harness/cloud.js';

const JSON_BODY = JSON.stringify({ network: { name: 'n' } });
const DEEP = 100_000;

describe('The API and requests that nobody should send', () => {
  let cloud: Cloud;
  let bus: Bus;
  let network: string;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest hostile' });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    network = (await cloud.api.createNetwork({ name: 'n' })).id;
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  const post = (body: string | Buffer, headers: Record<string, string>, path = '/v2.0/networks') =>
    fetch(`${cloud.api.url}${path}`, { method: 'POST', headers, body });
  const answerTo = async (response: Response) => {
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as { NeutronError?: { type: string; message: string } };
    return { status: response.status, type: body.NeutronError?.type, message: body.NeutronError?.message };
  };
  /** As bytes, for what `fetch` would rather not send. Answers the status line. */
  const raw = (request: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(cloud.api.url).port), '127.0.0.1', () => socket.write(request));
      let answer = '';
      socket.on('data', (data) => (answer += data.toString('latin1')));
      socket.once('end', () => resolve(answer.split('\r\n')[0] ?? '')).once('error', reject);
    });

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/json;charset=UTF-8'],
    ['Application/JSON'],
    ['application/vnd.openstack+json'],
    [''],
  ])('takes JSON that says it is %j', async (type) => {
    expect((await post(JSON_BODY, { 'Content-Type': type })).status).toBe(201);
  });

  it('takes JSON that does not say what it is', async () => {
    const head = `POST /v2.0/networks HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${JSON_BODY.length}\r\n`;
    expect(await raw(`${head}\r\n${JSON_BODY}`)).toBe('HTTP/1.1 201 Created');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'application/jsonp', 'nonsense'])(
    'understands no %s, and says what it would understand',
    async (type) => {
      expect(await answerTo(await post(JSON_BODY, { 'Content-Type': type }))).toEqual({
        status: 415,
        type: 'HTTPUnsupportedMediaType',
        message: `The body is ${type}; only application/json is understood.`,
      });
    },
  );

  it('does not mind a type where there is no body', async () => {
    const headers = { 'Content-Type': 'text/plain' };
    expect((await fetch(`${cloud.api.url}/v2.0/networks/x`, { method: 'DELETE', headers })).status).toBe(404);
  });

  it.each([
    ['a charset', { 'Content-Type': 'application/json; charset=klingon' }],
    ['an encoding', { 'Content-Type': 'application/json', 'Content-Encoding': 'snappy' }],
  ])('says that it does not know %s', async (_what, headers) => {
    expect(await answerTo(await post(JSON_BODY, headers))).toMatchObject({
      status: 415,
      type: 'HTTPUnsupportedMediaType',
    });
  });

  it('reads what is compressed, but not more than what it would read plainly', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
    expect((await post(gzipSync(JSON_BODY), headers)).status).toBe(201);
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, ' '));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await answerTo(await post(bomb, headers))).toMatchObject({ status: 413, type: 'HTTPRequestEntityTooLarge' });
    expect(await answerTo(await post('no gzip', headers))).toMatchObject({ status: 400 });
  });

  it('says that a body is too large', async () => {
    const body = JSON.stringify({ network: { name: 'n'.repeat(33 * 1024 * 1024) } });
    expect(await answerTo(await post(body, { 'Content-Type': 'application/json' }))).toEqual({
      status: 413,
      type: 'HTTPRequestEntityTooLarge',
      message: 'The request body is too large.',
    });
  });

  it.each([
    ['lists', `{"network": ${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`],
    ['objects', `{"port": {"network_id": "x", "binding:profile": ${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}}}`],
  ])('refuses %s that are nested without end', async (_what, body) => {
    const answer = await answerTo(await post(body, { 'Content-Type': 'application/json' }));
    expect(answer).toMatchObject({ status: 400, message: 'The body has more than 32 levels.' });
    const overBus = await bus.request('l2gw.v1.rpc.network.create', `{"body": ${body}}`, { timeoutMs: 5000 });
    expect(overBus.headers['L2gw-Status']).toBe('400');
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes %s for a name like any other',
    async (name) => {
      const body = `{"network": {"${name}": {"admin": true}}}`;
      expect(await answerTo(await post(body, { 'Content-Type': 'application/json' }))).toMatchObject({
        status: 400,
        message: `Unrecognized attribute(s) '${name}'`,
      });
      expect(await cloud.api.request('GET', `/v2.0/networks?${name}=x`)).toMatchObject({ status: 200 });
      expect(await cloud.api.request('GET', `/v2.0/networks?fields=${name}`)).toMatchObject({ status: 200 });
      expect(await cloud.api.request('GET', `/v2.0/networks?sort_key=${name}&sort_dir=asc`)).toMatchObject({
        status: 400,
      });
      const port = `{"port": {"network_id": "${network}", "binding:profile": {"${name}": {"admin": true}, "a": 1}}}`;
      const created = await post(port, { 'Content-Type': 'application/json' }, '/v2.0/ports');
      expect(created.status).toBe(201);
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    },
  );

  it('takes the last of two values for one name', async () => {
    const response = await post('{"network": {"name": "a", "name": "b"}}', { 'Content-Type': 'application/json' });
    expect(await response.json()).toMatchObject({ network: { name: 'b' } });
  });

  it.each([
    ['POST', '/v2.0/networks', { network: { name: 'a\0b' } }],
    ['POST', '/v2.0/networks', { network: { description: 'a\ud800b' } }],
    ['POST', '/v2.0/ports', { port: { network_id: '', name: '\ud800' } }],
    ['POST', '/v2.0/ports', { port: { network_id: '', 'binding:profile': { a: 'a\0' } } }],
    ['POST', '/v2.0/ports', { port: { network_id: '', 'binding:profile': { '\ud800': '\udc00' } } }],
    ['POST', '/v2.0/ports', { port: { network_id: '', device_id: '\0' } }],
    ['POST', '/v2.0/agents', { agent: { host: 'a\0', agent_type: 't', binary: 'b' } }],
    ['POST', '/v2.0/agents', { agent: { host: 'a', agent_type: 't', binary: 'b', configurations: { a: '\0' } } }],
    [
      'POST',
      '/v2.0/l2-gateways',
      { l2_gateway: { devices: [{ device_name: '\0', interfaces: [{ name: '\ud800' }] }] } },
    ],
    ['PUT', '/v2.0/l2-switches/%00', { l2_switch: {} }],
    ['PUT', '/v2.0/l2-switches/x', { l2_switch: { description: '\0' } }],
    ['GET', '/v2.0/l2-switches/%00', undefined],
    ['GET', '/v2.0/l2-switches/%ED%A0%80', undefined],
    ['GET', '/v2.0/networks/%00', undefined],
    ['GET', '/v2.0/networks/%zz', undefined],
    ['GET', '/v2.0/networks?name=%00', undefined],
    ['GET', '/v2.0/networks?name=%zz', undefined],
    ['GET', '/v2.0/networks?marker=%00', undefined],
    ['GET', '/v2.0/networks?tags=%00', undefined],
    ['GET', '/v2.0/networks?limit=999999999&sort_key=%00&sort_dir=asc', undefined],
    ['GET', '/v2.0/l2-audit?path=%00', undefined],
    ['DELETE', '/v2.0/networks/%00/tags/%00', undefined],
    ['PUT', '/v2.0/networks/x/tags', { tags: ['\ud800', '\0'] }],
  ])('has no fault of its own over %s %s %j', async (method, path, body) => {
    const text = JSON.stringify(body)?.replace('"network_id":""', `"network_id":"${network}"`);
    const answer = await cloud.api.request(method, path, text);
    expect(answer.status).toBeLessThan(500);
    if (answer.status >= 400) expect(answer.body).toMatchObject({ NeutronError: { type: expect.any(String) } });
  });

  it('does not break over a very long URL', async () => {
    expect(
      await raw(`GET /v2.0/networks?name=${'x'.repeat(15_000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    ).toBe('HTTP/1.1 200 OK');
    expect(await raw(`GET /v2.0/networks?name=${'x'.repeat(16_400)} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/ 4\d\d /);
  });

  it('has had no fault of its own at all', () => {
    expect(
      cloud.replicas[0]?.events.filter(({ event }) => event === 'request-failed' || event === 'rpc-failed'),
    ).toEqual([]);
  });
});
