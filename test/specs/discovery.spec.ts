import { type Cloud, startCloud } from '../harness/cloud.js';

describe('Discovery', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'discovery' });
  });
  afterAll(() => cloud?.stop());

  it('begins at the root, for everybody', async () => {
    const links = [{ rel: 'self', href: `${cloud.api.url}/v2.0/` }];
    expect(await cloud.api.get('/')).toEqual({ versions: [{ id: 'v2.0', status: 'CURRENT', links }] });
  });

  it.each(['/v2.0', '/v2.0/'])('knows %s too, with the nouns of the core', async (path) => {
    const { url } = cloud.api;
    expect(await cloud.api.get(path)).toEqual({
      version: { id: 'v2.0', status: 'CURRENT', links: [{ rel: 'self', href: `${url}/v2.0/` }] },
      resources: ['network', 'subnet', 'port'].map((name) => ({
        name,
        collection: `${name}s`,
        links: [{ rel: 'self', href: `${url}/v2.0/${name}s` }],
      })),
    });
  });

  it('tells clients how long an idle connection stays open', async () => {
    expect((await fetch(cloud.api.url)).headers.get('Keep-Alive')).toBe('timeout=75');
  });

  it('lists the extensions without which Heat refuses its L2 gateway resources', async () => {
    const { extensions } = (await cloud.api.get('/v2.0/extensions')) as { extensions: { alias: string }[] };
    const description = 'Connects Neutron networks with external networks at layer 2.';
    const gateway = {
      alias: 'l2-gateway',
      name: 'L2 Gateway',
      description,
      updated: '2015-01-01T00:00:00-00:00',
      links: [],
    };
    expect(extensions).toContainEqual(gateway);
    expect(extensions).toContainEqual({
      alias: 'l2-gateway-connection',
      name: 'L2 Gateway connection',
      description,
      updated: '2014-01-01T00:00:00-00:00',
      links: [],
    });
    expect(await cloud.api.get('/v2.0/extensions/l2-gateway')).toEqual({ extension: gateway });
  });

  it('says which extension is not there', async () => {
    expect(await cloud.api.request('GET', '/v2.0/extensions/qos')).toEqual({
      status: 404,
      body: {
        NeutronError: { type: 'HTTPNotFound', message: 'Extension with alias qos does not exist', detail: '' },
      },
    });
  });

  it('names the provider of L2 gateways', async () => {
    expect(await cloud.api.get('/v2.0/service-providers')).toEqual({
      service_providers: [{ service_type: 'L2GW', name: 'l2gw', default: true }],
    });
  });
});
