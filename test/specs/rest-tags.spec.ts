import { type Cloud, startCloud } from '../harness/cloud.js';

describe('Tags over REST', () => {
  let cloud: Cloud;
  const networks = new Map<string, string>();
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest tags' });
    for (const [name, tags] of [
      ['red', ['red']],
      ['both', ['red', 'blue']],
      ['none', []],
    ] as const) {
      const { id } = await cloud.api.createNetwork({ name });
      networks.set(name, id);
      await cloud.api.put(`/v2.0/networks/${id}/tags`, { tags });
    }
  });
  afterAll(() => cloud?.stop());

  const named = async (filter: string): Promise<unknown[]> => {
    const { networks: found } = (await cloud.api.get(`/v2.0/networks?sort_key=name&${filter}`)) as {
      networks: { name: string }[];
    };
    return found.map((network) => network.name);
  };

  it.each([
    ['tags=red', ['both', 'red']],
    ['tags=red,blue', ['both']],
    ['tags-any=red,blue', ['both', 'red']],
    ['not-tags=red,blue', ['none', 'red']],
    ['not-tags-any=red,blue', ['none']],
    ['tags=green', []],
  ])('find networks by %s', async (filter, names) => {
    expect(await named(filter)).toEqual(names);
  });

  it.each(['networks', 'subnets', 'ports'])('are set, shown and taken off one by one, on %s', async (collection) => {
    const { id: network_id } = await cloud.api.createNetwork();
    const attributes = {
      networks: {},
      subnets: { network_id, cidr: '10.0.0.0/24' },
      ports: { network_id },
    }[collection];
    const noun = collection.slice(0, -1);
    const created = (await cloud.api.post(`/v2.0/${collection}`, { [noun]: attributes })) as Record<
      string,
      { id: string; tags: string[] }
    >;
    const path = `/v2.0/${collection}/${created[noun]?.id}`;
    expect(created[noun]?.tags).toEqual([]);
    expect(await cloud.api.put(`${path}/tags`, { tags: ['b', 'a', 'b'] })).toEqual({ tags: ['a', 'b'] });
    await cloud.api.request('PUT', `${path}/tags/c d`);
    expect(await cloud.api.get(path)).toMatchObject({ [noun]: { tags: ['a', 'b', 'c d'] } });
    await cloud.api.delete(`${path}/tags/a`);
    expect(await cloud.api.get(`${path}/tags`)).toEqual({ tags: ['b', 'c d'] });
    expect((await cloud.api.request('GET', `${path}/tags/b`)).status).toBe(204);
    expect(await cloud.api.request('DELETE', `${path}/tags/a`)).toMatchObject({
      status: 404,
      body: { NeutronError: { type: 'TagNotFound' } },
    });
    await cloud.api.delete(`${path}/tags`);
    expect(await cloud.api.get(`${path}/tags`)).toEqual({ tags: [] });
  });

  it.each([
    ['a thing that is not there', '/v2.0/ports/nope/tags', { tags: [] }, 404, 'TagResourceNotFound'],
    ['no list', `/v2.0/networks/x/tags`, { tags: 'a' }, 400, 'InvalidInput'],
    ['a number', `/v2.0/networks/x/tags`, { tags: [1] }, 400, 'InvalidInput'],
    ['too long a tag', `/v2.0/networks/x/tags`, { tags: ['t'.repeat(61)] }, 400, 'InvalidInput'],
  ])('are refused for %s', async (_, path, body, status, type) => {
    expect(await cloud.api.request('PUT', path, body)).toMatchObject({ status, body: { NeutronError: { type } } });
  });
});
