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

  it('of connections match nothing by name, because connections have none', async () => {
    expect(await cloud.api.get('/v2.0/l2-gateway-connections?name=typo')).toEqual({ l2_gateway_connections: [] });
  });
});
