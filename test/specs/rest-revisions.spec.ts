import { type Bus, connectBus } from '@l2gw/bus';
import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

/** A noun with a revision: how one is made and what changes it. */
interface Noun {
  readonly noun: string;
  readonly collection: string;
  readonly change: Body;
  readonly make: (cloud: Cloud) => Promise<string>;
}

let made = 0;
const gateway = (cloud: Cloud) =>
  cloud.api.createGateway('gw', [{ device_name: 'tor1', interfaces: [{ name: `eth${(made += 1)}` }] }]);
const network = async (cloud: Cloud) => (await cloud.api.createNetwork()).id;
const subnet = async (cloud: Cloud) => {
  const body = { network_id: await network(cloud), cidr: '192.0.2.0/24' };
  const answer = (await cloud.api.post('/v2.0/subnets', { subnet: body })) as { subnet: { id: string } };
  return answer.subnet.id;
};

const remoteGateway = async (cloud: Cloud) => {
  const body = { l2_remote_gateway: { ipaddr: '198.51.100.1' } };
  const answer = (await cloud.api.post('/v2.0/l2-remote-gateways', body)) as { l2_remote_gateway: { id: string } };
  return answer.l2_remote_gateway.id;
};

const NOUNS: readonly Noun[] = [
  { noun: 'network', collection: 'networks', change: { name: 'other' }, make: network },
  { noun: 'subnet', collection: 'subnets', change: { name: 'other' }, make: subnet },
  {
    noun: 'port',
    collection: 'ports',
    change: { fixed_ips: [{ ip_address: '192.0.2.7' }], 'binding:host_id': 'host-1' },
    make: async (cloud) => cloud.api.createPort({ network_id: await network(cloud) }),
  },
  {
    noun: 'l2_gateway',
    collection: 'l2-gateways',
    change: { devices: [{ device_name: 'tor1', new_interfaces: [{ name: 'another' }] }] },
    make: gateway,
  },
  {
    noun: 'l2_remote_gateway',
    collection: 'l2-remote-gateways',
    change: { ipaddr: '198.51.100.2' },
    make: remoteGateway,
  },
  {
    noun: 'l2_switch',
    collection: 'l2-switches',
    change: { description: 'other' },
    make: async (cloud) => {
      const name = `switch-${(made += 1)}`;
      await cloud.api.put(`/v2.0/l2-switches/${name}`, { l2_switch: {} });
      return name;
    },
  },
];

const CONNECTION: Omit<Noun, 'change'> = {
  noun: 'l2_gateway_connection',
  collection: 'l2-gateway-connections',
  make: async (cloud) => cloud.api.connect(await gateway(cloud), await network(cloud), 100),
};

const ifMatch = (revision: number) => ({ 'If-Match': `revision_number=${revision}` });
const failed = (expected: number, current: number) => ({
  status: 412,
  body: {
    NeutronError: {
      type: 'RevisionNumberConstraintFailed',
      message: `Constrained to ${expected}, but current revision is ${current}`,
      detail: '',
    },
  },
});

describe('A revision', () => {
  let cloud: Cloud;
  let bus: Bus;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest revisions' });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  const revisionOf = async (path: string, noun: string): Promise<number> =>
    ((await cloud.api.get(path)) as Record<string, { revision_number: number }>)[noun]?.revision_number ?? NaN;
  const put = (path: string, { noun, change }: Noun, headers: Readonly<Record<string, string>> = {}) =>
    cloud.api.request('PUT', path, { [noun]: change }, headers);

  it.each(NOUNS)('of a $noun rises by one with each change', async (each) => {
    const path = `/v2.0/${each.collection}/${await each.make(cloud)}`;
    const before = await revisionOf(path, each.noun);
    expect((await put(path, each)).status).toBe(200);
    expect(await revisionOf(path, each.noun)).toBe(before + 1);
  });

  it.each(NOUNS)('of a $noun guards a change', async (each) => {
    const path = `/v2.0/${each.collection}/${await each.make(cloud)}`;
    const revision = await revisionOf(path, each.noun);
    for (const wrong of [revision + 1, revision + 2]) {
      expect(await put(path, each, ifMatch(wrong))).toEqual(failed(wrong, revision));
    }
    expect(await revisionOf(path, each.noun)).toBe(revision);
    expect((await put(path, each, ifMatch(revision))).status).toBe(200);
    expect(await put(path, each, ifMatch(revision))).toEqual(failed(revision, revision + 1));
  });

  it.each([...NOUNS, CONNECTION])('of a $noun guards its end', async ({ make, collection, noun }) => {
    const path = `/v2.0/${collection}/${await make(cloud)}`;
    const revision = await revisionOf(path, noun);
    expect(await cloud.api.request('DELETE', path, undefined, ifMatch(revision + 1))).toEqual(
      failed(revision + 1, revision),
    );
    expect((await cloud.api.request('DELETE', path, undefined, ifMatch(revision))).status).toBe(204);
    expect((await cloud.api.request('DELETE', path, undefined, ifMatch(revision))).status).toBe(404);
  });

  it('lets exactly one of many through who have all seen the same', async () => {
    const path = `/v2.0/l2-gateways/${await gateway(cloud)}`;
    const revision = await revisionOf(path, 'l2_gateway');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        cloud.api.request('PUT', path, { l2_gateway: { name: `n${n}` } }, ifMatch(revision)),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412, 412, 412]);
    expect(await revisionOf(path, 'l2_gateway')).toBe(revision + 1);
  });

  it('of a network rises when a subnet comes or goes, and when it is tagged', async () => {
    const id = await network(cloud);
    const path = `/v2.0/networks/${id}`;
    const revision = await revisionOf(path, 'network');
    const { subnet: created } = (await cloud.api.post('/v2.0/subnets', {
      subnet: { network_id: id, cidr: '192.0.2.0/24' },
    })) as { subnet: { id: string } };
    expect(await revisionOf(path, 'network')).toBe(revision + 1);
    await cloud.api.delete(`/v2.0/subnets/${created.id}`);
    expect(await revisionOf(path, 'network')).toBe(revision + 2);
    await cloud.api.put(`${path}/tags`, { tags: ['red'] });
    expect(await revisionOf(path, 'network')).toBe(revision + 3);
  });

  it.each(['revision_number=x', 'revision_number=', '*', '"abc"', 'revision_number=-1'])(
    'is not spelled %s',
    async (text) => {
      const path = `/v2.0/networks/${await network(cloud)}`;
      const answer = await cloud.api.request('PUT', path, { network: { name: 'x' } }, { 'If-Match': text });
      expect(answer).toMatchObject({
        status: 400,
        body: { NeutronError: { message: expect.stringContaining('revision_number=<number>') } },
      });
    },
  );

  it('is nothing that a host, or a tag, has', async () => {
    const agent = await cloud.api.registerHost('host-1', '10.0.0.1');
    const id = await network(cloud);
    for (const [method, path] of [
      ['DELETE', `/v2.0/agents/${agent}`],
      ['DELETE', `/v2.0/networks/${id}/tags`],
      ['PUT', `/v2.0/networks/${id}/tags/red`],
    ] as const) {
      const answer = await cloud.api.request(method, path, undefined, ifMatch(1));
      expect(answer).toMatchObject({
        status: 400,
        body: { NeutronError: { message: 'Revision matching not supported for this resource' } },
      });
    }
  });

  it('guards over the bus as well', async () => {
    const id = await network(cloud);
    const call = async (if_match: unknown) => {
      const request = JSON.stringify({ id, if_match, body: { network: { name: 'by bus' } } });
      const answer = await bus.request('l2gw.v1.rpc.network.update', request, { timeoutMs: 5000 });
      return { status: Number(answer.headers['L2gw-Status']), body: JSON.parse(answer.body) as Body };
    };
    expect(await call('revision_number=9')).toEqual(failed(9, 1));
    expect(await call('revision_number=1')).toMatchObject({ status: 200, body: { network: { revision_number: 2 } } });
    expect((await call(7)).status).toBe(400);
    expect((await call('nonsense')).status).toBe(400);
  });
});
