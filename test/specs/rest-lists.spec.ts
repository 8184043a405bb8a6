import { type Cloud, startCloud } from '../harness/cloud.js';

type Row = Record<string, unknown>;

describe('Lists over REST', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest lists' });
    for (const name of ['c', 'a', 'b', 'b']) {
      await cloud.api.createGateway(name, [{ device_name: 'tor1', interfaces: [{ name: 'eth1' }] }]);
    }
  });
  afterAll(() => cloud?.stop());

  const list = async (query: string): Promise<Row[]> =>
    (await cloud.api.get(`/v2.0/l2-gateways${query}`))['l2_gateways'] as Row[];
  const names = async (query: string) => (await list(query)).map((row) => row['name']);

  it('hold everything when nothing is asked, and when a filter is unknown', async () => {
    expect((await names('')).sort()).toEqual(['a', 'b', 'b', 'c']);
    expect((await names('?params=tenant_id')).sort()).toEqual(['a', 'b', 'b', 'c']);
  });

  it('are filtered by attributes, any of the values of one and all of several', async () => {
    expect((await names('?name=a&name=c')).sort()).toEqual(['a', 'c']);
    expect(await names('?name=a&tenant_id=nobody')).toEqual([]);
    expect(await names('?name=')).toEqual([]);
    const [a] = await list('?name=a');
    expect(await names(`?id=${String(a?.['id'])}`)).toEqual(['a']);
    expect(await names('?id=not-a-uuid')).toEqual([]);
  });

  it('show the fields that are asked for', async () => {
    expect(await list('?name=a&fields=')).toEqual(await list('?name=a'));
    expect(await list('?name=a&fields=name')).toEqual([{ name: 'a' }]);
  });

  it('are sorted by attributes, in the order in which they are named', async () => {
    expect(await names('?sort_key=name&sort_dir=asc')).toEqual(['a', 'b', 'b', 'c']);
    expect(await names('?sort_key=name&sort_dir=desc')).toEqual(['c', 'b', 'b', 'a']);
  });

  it('come in pages that together are the whole list, forwards and backwards', async () => {
    const first = await cloud.api.get('/v2.0/l2-gateways?sort_key=name&sort_dir=asc&limit=2');
    const [a, b] = first['l2_gateways'] as Row[];
    expect([a?.['name'], b?.['name']]).toEqual(['a', 'b']);
    const links = first['l2_gateways_links'] as { rel: string; href: string }[];
    expect(links.map((link) => link.rel)).toEqual(['next']);
    const second = await cloud.api.get(new URL(links[0]?.href ?? '', cloud.api.url).href.replace(cloud.api.url, ''));
    expect((second['l2_gateways'] as Row[]).map((row) => row['name'])).toEqual(['b', 'c']);
    const last = (second['l2_gateways'] as Row[])[0];
    const back = await names(`?sort_key=name&sort_dir=asc&limit=2&page_reverse=True&marker=${String(last?.['id'])}`);
    expect(back).toEqual(['a', 'b']);
  });

  it.each(['created_at', 'provider:segmentation_id', 'provider:physical_network', 'admin_state_up', 'mtu'])(
    'come in pages without a gap or a double, sorted by %s, also where it is absent or the same',
    async (key) => {
      const flat = { 'provider:network_type': 'flat', 'provider:physical_network': 'p' };
      await Promise.all([{}, flat, {}, flat, {}].map((attributes) => cloud.api.createNetwork(attributes)));
      const all = (await cloud.api.get('/v2.0/networks'))['networks'] as Row[];
      for (const direction of ['asc', 'desc']) {
        const seen: unknown[] = [];
        for (let marker = ''; seen.length <= all.length; marker = `&marker=${String(seen.at(-1))}`) {
          const path = `/v2.0/networks?limit=2&sort_key=${key}&sort_dir=${direction}${marker}`;
          const page = (await cloud.api.get(path))['networks'] as Row[];
          if (page.length === 0) break;
          seen.push(...page.map((row) => row['id']));
        }
        expect(seen.toSorted()).toEqual(all.map((row) => row['id']).toSorted());
      }
    },
  );

  it.each([
    ['?limit=abc', 'BadRequest', "Bad limit request: Limit must be an integer 0 or greater and not 'abc'."],
    ['?limit=-1', 'BadRequest', "Bad limit request: Limit must be an integer 0 or greater and not '-1'."],
    ['?sort_key=nothing&sort_dir=asc', 'HTTPBadRequest', "['nothing'] is invalid attribute for sort_keys"],
    [
      '?sort_key=name&sort_dir=asc&sort_dir=asc',
      'HTTPBadRequest',
      'The number of sort_keys and sort_dirs must be same',
    ],
  ])('refuse %s', async (query, type, message) => {
    const answer = await cloud.api.request('GET', `/v2.0/l2-gateways${query}`);
    expect(answer).toEqual({ status: 400, body: { NeutronError: { type, message, detail: '' } } });
  });

  it.each(['?sort_key=constructor', '?sort_key=__proto__&sort_dir=asc'])(
    'refuse %s, which JavaScript would find',
    async (query) => {
      expect(await cloud.api.request('GET', `/v2.0/l2-gateways${query}`)).toMatchObject({ status: 400 });
    },
  );

  it.each(['?constructor=1', '?__proto__=1', '?toString=1'])('take %s for a filter that is unknown', async (query) => {
    expect(await names(query)).toHaveLength(4);
  });

  it.each([
    '/l2-gateways?name=%00',
    '/networks?tags=%00',
    '/networks?limit=1&marker=%00',
    '/l2-switches/%00',
    '/l2-switches/%00/macs',
  ])('have nothing to say about %s, which nothing can be called', async (path) => {
    expect(await cloud.api.request('GET', `/v2.0${path}`)).toMatchObject({ status: 400 });
  });

  it('understand what clients mean by true and false', async () => {
    const networks = async (query: string) =>
      ((await cloud.api.get(`/v2.0/networks?fields=name&name=mine&name=ours&${query}`))['networks'] as Row[]).map(
        (row) => row['name'],
      );
    await cloud.api.createNetwork({ name: 'mine' });
    await cloud.api.createNetwork({ name: 'ours', shared: true, admin_state_up: false });
    expect(await networks('shared=True')).toEqual(['ours']);
    expect(await networks('shared=False')).toEqual(['mine']);
    expect(await networks('admin_state_up=1')).toEqual(['mine']);
    expect((await networks('router:external=false')).sort()).toEqual(['mine', 'ours']);
    expect(await networks('shared=perhaps')).toEqual([]);
  });

  it('of ports are filtered by addresses, subnets and status', async () => {
    const { id: network_id } = await cloud.api.createNetwork();
    const { subnet } = (await cloud.api.post('/v2.0/subnets', { subnet: { network_id, cidr: '192.0.2.0/24' } })) as {
      subnet: { id: string };
    };
    const port = (name: string, ip_address: string, more: Row = {}) =>
      cloud.api.createPort({ network_id, name, fixed_ips: [{ ip_address }], ...more });
    await port('a', '192.0.2.7');
    await port('b', '192.0.2.8', { 'binding:host_id': 'host-1' });
    const ports = async (query: string) =>
      ((await cloud.api.get(`/v2.0/ports?fields=name&${query}`))['ports'] as Row[]).map((row) => row['name']).sort();
    expect(await ports('fixed_ips=ip_address%3D192.0.2.7')).toEqual(['a']);
    expect(await ports('fixed_ips=ip_address%3D192.0.2.7&fixed_ips=ip_address%3D192.0.2.8')).toEqual(['a', 'b']);
    expect(await ports(`fixed_ips=subnet_id%3D${subnet.id}`)).toEqual(['a', 'b']);
    expect(await ports(`fixed_ips=subnet_id%3D${subnet.id}&fixed_ips=ip_address%3D192.0.2.8`)).toEqual(['b']);
    for (const nothing of ['ip_address%3D192.0.2.9', 'ip_address%3Dx', 'subnet_id%3Dx', 'x']) {
      expect(await ports(`fixed_ips=${nothing}`)).toEqual([]);
    }
    expect(await ports('status=DOWN')).toEqual(['a']);
  });

  it('of connections match nothing by name, because connections have none', async () => {
    expect(await cloud.api.get('/v2.0/l2-gateway-connections?name=typo')).toEqual({ l2_gateway_connections: [] });
  });
});
