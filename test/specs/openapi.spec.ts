import { readFileSync, readdirSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { join } from 'node:path';
import SwaggerParser from '@apidevtools/swagger-parser';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Json } from '../harness/api-client.js';
import { repositoryRoot } from '../harness/binaries.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { arbitraryOf } from './support/arbitrary-of.js';
import { closed } from './support/closed-schema.js';

interface Operation {
  readonly summary?: string;
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Json } } };
  readonly responses: Readonly<
    Record<string, { readonly content?: { readonly 'application/json': { readonly schema: Json } } }>
  >;
}

type Document = Json & {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Json };
};

const FORMATS = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  ipv4: isIPv4,
  ipv6: isIPv6,
};

describe('The OpenAPI document of the API', () => {
  let cloud: Cloud;
  let document: Document;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'openapi' });
    document = (await cloud.api.get('/openapi.json')) as Document;
  });
  afterAll(() => cloud?.stop());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
    );

  /** The value against the schema; `strict`: attributes that the schema does not name are faults, too. */
  const faultsOf = (value: unknown, schema: Json | undefined, strict = false): unknown => {
    const ajv = new Ajv2020({ strict: false, formats: FORMATS });
    const components = strict ? closed(document.components) : document.components;
    const validate = ajv.compile({ ...(strict ? (closed(schema) as Json) : schema), components });
    return validate(value) ? [] : validate.errors;
  };

  it('are valid OpenAPI', async () => {
    await SwaggerParser.validate(JSON.parse(JSON.stringify(document)) as never);
  });

  it('name every route that the sources have, and no other', () => {
    expect(
      operations()
        .map(({ route }) => route)
        .sort(),
    ).toEqual(routesInSources());
  });

  it('say of every route what it does, and what it takes and answers', () => {
    for (const { route, operation } of operations()) {
      expect([route, operation.summary]).toEqual([route, expect.stringMatching(/^[A-Z].{5,}/)]);
      const [status, good] = Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
      if (status === '200') expect([route, good?.content]).toEqual([route, expect.anything()]);
      const takes = /^(POST|PUT) (?!.*(\{tag\}|resync|refresh|clear-duplicates))/.test(route) && status !== undefined;
      expect([route, operation.requestBody !== undefined]).toEqual([route, takes]);
    }
  });

  it('say of every attribute that the API takes what it may be', () => {
    const taken = Object.entries(document.components.schemas).filter(([name]) => /(Create|Update)$/.test(name));
    expect(taken.length).toBeGreaterThan(15);
    for (const [name, schema] of taken) {
      const { properties } = schema as { properties: Readonly<Record<string, Json>> };
      const untold = Object.keys(properties).filter((each) => Object.keys(properties[each] ?? {}).length === 0);
      expect([name, untold]).toEqual([name, []]);
    }
  });

  it('give each operation a name of its own', () => {
    const ids = operations().map(({ operation }) => (operation as unknown as Json)['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
  });

  const requestSchema = (route: string) =>
    operations().find((each) => each.route === route)?.operation.requestBody?.content['application/json'].schema;
  const answerSchema = (route: string) => {
    const responses = operations().find((each) => each.route === route)?.operation.responses ?? {};
    return Object.entries(responses).find(([code]) => code.startsWith('2'))?.[1].content?.['application/json'].schema;
  };

  /** Asks, and holds both bodies against the document. */
  const exchange = async (method: string, path: string, template: string, body?: Json): Promise<Json> => {
    const route = `${method} /v2.0/${template}`;
    if (body !== undefined) expect([route, faultsOf(body, requestSchema(route))]).toEqual([route, []]);
    const answer = await cloud.api.request(method, `/v2.0/${path}`, body);
    expect([route, answer.status < 300, answer.status < 300 ? '' : answer.body]).toEqual([route, true, '']);
    expect([route, faultsOf(answer.body, answerSchema(route), true)]).toEqual([route, []]);
    return answer.body;
  };

  /** Creates, shows, lists and changes one thing; answers its id. */
  const lives = async (collection: string, noun: string, wish: Json, change?: Json): Promise<string> => {
    const created = await exchange('POST', collection, collection, { [noun]: wish });
    const id = String((created[noun] as Json)['id']);
    await exchange('GET', `${collection}/${id}`, `${collection}/{id}`);
    await exchange('GET', `${collection}?limit=1`, collection);
    if (change !== undefined) await exchange('PUT', `${collection}/${id}`, `${collection}/{id}`, { [noun]: change });
    return id;
  };

  it('describe the bodies that the API takes and answers, of every noun', async () => {
    await exchange('PUT', 'l2-switches/tor1', 'l2-switches/{id}', {
      l2_switch: { model: 'm', capabilities: ['tunnel_key'], management: { endpoint: 'ssl:10.0.0.1:6640' } },
    });
    await exchange('GET', 'l2-switches/tor1', 'l2-switches/{id}');
    await exchange('GET', 'l2-switches', 'l2-switches');
    await exchange('GET', 'l2-switches/tor1/macs', 'l2-switches/{id}/macs');
    const network = await lives('networks', 'network', { name: 'n', 'provider:network_type': 'vxlan' }, { mtu: 1450 });
    const vlan = { 'provider:network_type': 'vlan', 'provider:physical_network': 'p', 'provider:segmentation_id': 5 };
    await lives('networks', 'network', { segments: [{ 'provider:network_type': 'vxlan' }, vlan] }, { shared: true });
    await lives('subnets', 'subnet', { network_id: network, cidr: '192.0.2.0/24' }, { gateway_ip: null });
    await lives('agents', 'agent', {
      host: 'h',
      agent_type: 'Open vSwitch agent',
      configurations: { tunneling_ip: '10.0.0.11' },
    });
    const option = { opt_name: 'mtu', opt_value: '9000', ip_version: 4 };
    const pair = { ip_address: '192.0.2.0/28' };
    await lives(
      'ports',
      'port',
      { network_id: network, 'binding:host_id': 'h', allowed_address_pairs: [pair], extra_dhcp_opts: [option] },
      { fixed_ips: [{ ip_address: '192.0.2.77' }] },
    );
    await exchange('POST', 'ports', 'ports', { ports: [{ network_id: network }, { network_id: network }] });
    const interfaces = [{ name: 'Ethernet1', segmentation_id: [100, '101'] }];
    const devices = [{ device_name: 'tor1', interfaces }];
    const gateway = await lives('l2-gateways', 'l2_gateway', { name: 'g', devices }, { name: 'g2' });
    await lives('l2-gateway-connections', 'l2_gateway_connection', { network_id: network, l2_gateway_id: gateway });
    const remote = await lives(
      'l2-remote-gateways',
      'l2_remote_gateway',
      { name: 'r', ipaddr: '198.51.100.1' },
      { name: 's' },
    );
    const wish = { network_id: network, l2_gateway_id: gateway, remote_gateway_id: remote, flood: false };
    const stretch = await lives('l2-remote-gateway-connections', 'l2_remote_gateway_connection', wish);
    await lives('l2-remote-macs', 'l2_remote_mac', { mac: '02:00:00:00:00:01', rgw_connection: stretch });
    const macs = [{ mac: '02:00:00:00:00:02', ipaddr: '192.0.2.9', rgw_connection: stretch }];
    await exchange('POST', 'l2-remote-macs', 'l2-remote-macs', { l2_remote_macs: macs });
    await exchange('GET', `l2-explain?network=${network}&mac=02:00:00:00:00:01`, 'l2-explain');
    await exchange('GET', 'l2-explain?ip=192.0.2.77', 'l2-explain');
    await exchange('PUT', `networks/${network}/tags`, 'networks/{id}/tags', { tags: ['a'] });
    await exchange('GET', `networks/${network}/tags`, 'networks/{id}/tags');
    await exchange('PUT', 'quotas/p', 'quotas/{id}', { quota: { network: 5, check_limit: true } });
    for (const below of ['', '/default', '/details']) await exchange('GET', `quotas/p${below}`, `quotas/{id}${below}`);
    for (const whole of ['quotas', 'l2-audit', 'extensions', 'service-providers']) await exchange('GET', whole, whole);
    await exchange('GET', 'extensions/l2-gateway', 'extensions/{id}');
  });

  it('describe no body that the API does not understand, and every status', async () => {
    // What only the whole of a body can tell, such as a prefix with host bits, is not in the schema.
    const misunderstood =
      /^(Invalid input for (?!operation: (?!Segmentation id)|cidr.*recommended)|Unrecognized|Failed to parse|Unable to find)/;
    for (const { route, operation } of operations()) {
      const schema = requestSchema(route);
      if (schema === undefined) continue;
      const [method = '', path = ''] = route.replaceAll(/\{\w+\}/g, 'x').split(' ');
      const bodies = arbitraryOf(schema, document.components.schemas as Json);
      for (const body of fc.sample(bodies, { numRuns: 40, seed: 17 })) {
        const answer = await cloud.api.request(method, path, body);
        const { message = '' } = (answer.body['NeutronError'] ?? {}) as { message?: string };
        const isKnown = String(answer.status) in operation.responses;
        const verdict = [route, body, answer.status, isKnown, message];
        const good = [route, body, expect.any(Number), true, expect.not.stringMatching(misunderstood)];
        expect(verdict).toEqual(good);
      }
    }
  });

  it('describe what is there for everybody, and faults', async () => {
    for (const path of ['/', '/v2.0', '/livez', '/readyz'])
      expect([path, faultsOf(await cloud.api.get(path), answerSchema(`GET ${path}`), true)]).toEqual([path, []]);
    const { body } = await cloud.api.request('GET', '/v2.0/l2-gateways/nope');
    expect(faultsOf(body, document.components.schemas['NeutronError'] as Json, true)).toEqual([]);
  });

  it('refuse what the API refuses: unknown attributes, and bodies without those that are required', () => {
    const schema = requestSchema('POST /v2.0/l2-gateways');
    const devices = [{ device_name: 'tor1', interfaces: [{ name: 'e' }] }];
    expect(faultsOf({ l2_gateway: { devices } }, schema)).toEqual([]);
    expect(faultsOf({ l2_gateway: { devices, color: 'red' } }, schema)).not.toEqual([]);
    expect(faultsOf({ l2_gateway: { name: 'g' } }, schema)).not.toEqual([]);
  });

  it.each(['/docs', '/docs/'])('can be read at %s, on a page that fetches nothing from elsewhere', async (path) => {
    const page = await fetch(`${cloud.api.url}${path}`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    const html = await page.text();
    const addresses = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      const file = await fetch(new URL(address, page.url));
      expect([address, file.status, (await file.text()).length > 50]).toEqual([address, 200, true]);
    }
    const script = await (await fetch(`${cloud.api.url}/docs/page.js`)).text();
    expect(script).toContain('validatorUrl: null');
    expect(`${html}${script}`).not.toMatch(/https?:/);
  });
});

function routesInSources(): string[] {
  const folder = join(repositoryRoot, 'apps/api/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.controller.ts'),
  );
  const routes = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const tagged = /@NeutronController\(`\$\{collection\}\/:id\/tags`\)/.test(text);
    const home = /@NeutronController\('([^']+)'\)/.exec(text)?.[1];
    const homes = tagged
      ? ['networks', 'subnets', 'ports'].map((each) => `/${each}/:id/tags`)
      : [home === undefined ? '' : `/${home}`];
    const methods = [...text.matchAll(/^ *@(Get|Post|Put|Delete)\((?:'([^']*)')?\)/gm)];
    return homes.flatMap((each) =>
      methods.map(([, method = '', below = '']) => {
        const prefix = each === '' ? '' : `/v2.0${each}`;
        const path = `${prefix}${below === '' && prefix !== '' ? '' : `/${below}`}`;
        return `${method.toUpperCase()} ${path.replace(/:(\w+)/g, '{$1}')}`;
      }),
    );
  });
  return routes.sort();
}
