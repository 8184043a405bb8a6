import { type Bus, connectBus } from '@l2gw/bus';
import { Client } from 'pg';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

type Body = Record<string, unknown>;

const UNLIMITED = {
  network: -1,
  subnet: -1,
  port: -1,
  l2_gateway: -1,
  l2_gateway_connection: -1,
  l2_remote_gateway: -1,
  l2_remote_gateway_connection: -1,
  l2_remote_mac: -1,
};
const REPLICAS = 2;

describe('A quota', () => {
  let cloud: Cloud;
  let bus: Bus;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest quotas', replicas: REPLICAS });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  let made = 0;
  const unused = (what: string) => `${what}-${(made += 1)}`;
  const project = async (quota: Body) => {
    const id = unused('project');
    await cloud.api.put(`/v2.0/quotas/${id}`, { quota });
    return id;
  };
  const overQuota = (resource: string) => ({
    status: 409,
    body: {
      NeutronError: { type: 'OverQuota', message: `Quota exceeded for resources: ['${resource}'].`, detail: '' },
    },
  });
  const gatewayBody = (tenant_id: string) => ({
    l2_gateway: { tenant_id, devices: [{ device_name: 'tor1', interfaces: [{ name: unused('eth') }] }] },
  });
  const post = (path: string, body: unknown, replica = 0) =>
    cloud.clientOf(replica).request('POST', `/v2.0/${path}`, body);

  /** How to make one more of each resource that is counted, in a project. */
  const MAKE: Readonly<
    Record<string, (tenant_id: string, replica?: number) => Promise<{ status: number; body: Body }>>
  > = {
    network: (tenant_id, replica) => post('networks', { network: { tenant_id } }, replica),
    subnet: async (tenant_id, replica) => {
      const { id: network_id } = await cloud.api.createNetwork();
      return post('subnets', { subnet: { tenant_id, network_id, cidr: '192.0.2.0/24' } }, replica);
    },
    port: async (tenant_id, replica) => {
      const { id: network_id } = await cloud.api.createNetwork();
      return post('ports', { port: { tenant_id, network_id } }, replica);
    },
    l2_gateway: (tenant_id, replica) => post('l2-gateways', gatewayBody(tenant_id), replica),
    l2_gateway_connection: async (tenant_id, replica) => {
      const { l2_gateway } = await cloud.api.post('/v2.0/l2-gateways', gatewayBody(tenant_id));
      const connection = {
        l2_gateway_id: (l2_gateway as Body)['id'],
        network_id: (await cloud.api.createNetwork()).id,
        segmentation_id: '100',
      };
      return post('l2-gateway-connections', { l2_gateway_connection: connection }, replica);
    },
  };
  const RESOURCES = Object.keys(MAKE);
  const make = (resource: string, tenant_id: string, replica?: number) =>
    MAKE[resource]?.(tenant_id, replica) ?? Promise.reject(new Error(resource));

  it('limits nothing unless somebody has said so', async () => {
    expect(await cloud.api.get('/v2.0/quotas/anybody')).toEqual({ quota: UNLIMITED });
    expect(await cloud.api.get('/v2.0/quotas/anybody/default.json')).toEqual({ quota: UNLIMITED });
  });

  it('is set, shown, listed and taken away', async () => {
    const id = unused('project');
    const path = `/v2.0/quotas/${id}`;
    const set = await cloud.api.put(path, { quota: { port: 10, l2_gateway: '2' } });
    expect(set).toEqual({ quota: { ...UNLIMITED, port: 10, l2_gateway: 2 } });
    expect(await cloud.api.put(`${path}.json`, { quota: { port: 11 } })).toEqual({
      quota: { ...UNLIMITED, port: 11, l2_gateway: 2 },
    });
    expect(await cloud.api.get(path)).toEqual({ quota: { ...UNLIMITED, port: 11, l2_gateway: 2 } });
    expect((await cloud.api.get('/v2.0/quotas'))['quotas']).toContainEqual({
      ...UNLIMITED,
      port: 11,
      l2_gateway: 2,
      project_id: id,
      tenant_id: id,
    });
    await cloud.api.delete(path);
    expect(await cloud.api.get(path)).toEqual({ quota: UNLIMITED });
    expect(await cloud.api.request('DELETE', path)).toMatchObject({
      status: 404,
      body: { NeutronError: { type: 'TenantQuotaNotFound', message: `Quota for tenant ${id} could not be found.` } },
    });
  });

  it.each(RESOURCES)('of 2 allows two of %s, and a third when one has gone', async (resource) => {
    const id = await project({ [resource]: 2 });
    const first = await make(resource, id);
    expect(first.status).toBe(201);
    expect((await make(resource, id)).status).toBe(201);
    expect(await make(resource, id)).toEqual(overQuota(resource));
    const details = (await cloud.api.get(`/v2.0/quotas/${id}/details.json`)) as { quota: Body };
    expect(details.quota[resource]).toEqual({ limit: 2, used: 2, reserved: 0 });
    const { id: gone } = first.body[resource] as Body;
    await cloud.api.delete(`/v2.0/${resource.replaceAll('_', '-')}s/${String(gone)}`);
    expect((await make(resource, id)).status).toBe(201);
    expect((await make(resource, unused('other'))).status).toBe(201);
  });

  it.each(RESOURCES)('of %s is not exceeded by many at once on two replicas', async (resource) => {
    const id = await project({ [resource]: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => make(resource, id, n % REPLICAS)));
    const refused = answers.filter((answer) => answer.status !== 201);
    expect(refused).toEqual(refused.map(() => overQuota(resource)));
    expect(refused).toHaveLength(9);
    const details = (await cloud.api.get(`/v2.0/quotas/${id}/details`)) as { quota: Body };
    expect(details.quota[resource]).toEqual({ limit: 3, used: 3, reserved: 0 });
  });

  it('that comes while something is being made waits for it, so that nothing more comes after it', async () => {
    const id = unused('project');
    const { id: network_id } = await cloud.api.createNetwork();
    const creation = new Client({ connectionString: cloud.databaseUrl });
    await creation.connect();
    try {
      await creation.query('BEGIN');
      await creation.query(
        `INSERT INTO port SELECT gen_random_uuid(), $1, '', '', $2, '02:00:00:00:00:01', '[]', '[]', '', 'normal', '{}', '', '', true, 1`,
        [network_id, id],
      );
      const set = cloud.api.request('PUT', `/v2.0/quotas/${id}`, { quota: { port: 1 } });
      const waiting = "SELECT FROM pg_locks WHERE relation = 'port'::regclass AND NOT granted";
      await eventually(async () => expect((await creation.query(waiting)).rowCount).toBe(1));
      await creation.query('COMMIT');
      expect((await set).status).toBe(200);
    } finally {
      await creation.end();
    }
    expect(await post('ports', { port: { tenant_id: id, network_id } })).toEqual(overQuota('port'));
  });

  it('counts the ports of a bulk together, and those of connections not at all', async () => {
    const id = await project({ port: 3 });
    const { id: network_id } = await cloud.api.createNetwork();
    const ports = (count: number) => ({ ports: Array.from({ length: count }, () => ({ tenant_id: id, network_id })) });
    expect(await post('ports', ports(4))).toEqual(overQuota('port'));
    expect((await post('ports', ports(3))).status).toBe(201);
    expect((await make('l2_gateway_connection', id)).status).toBe(201);
  });

  it('counts the ports of networks with subnets as well', async () => {
    const id = await project({ port: 1 });
    const { id: network_id } = await cloud.api.createNetwork();
    await cloud.api.post('/v2.0/subnets', { subnet: { network_id, cidr: '192.0.2.0/24' } });
    expect((await post('ports', { port: { tenant_id: id, network_id } })).status).toBe(201);
    expect(await post('ports', { port: { tenant_id: id, network_id } })).toEqual(overQuota('port'));
  });

  it('may be less than what is there, unless that shall be refused', async () => {
    const id = await project({ network: 5 });
    for (let n = 0; n < 2; n += 1) await make('network', id);
    const path = `/v2.0/quotas/${id}`;
    expect(await cloud.api.request('PUT', path, { quota: { network: 1, check_limit: true } })).toMatchObject({
      status: 400,
      body: {
        NeutronError: { message: 'Quota limit 1 for network must be greater than or equal to already used 2' },
      },
    });
    expect(await cloud.api.request('PUT', path, { quota: { network: 1, force: true } })).toMatchObject({ status: 200 });
    expect(await make('network', id)).toEqual(overQuota('network'));
  });

  it.each([
    [{ port: -2 }, "Invalid input for port. Reason: '-2' is not an integer from -1 to 2147483647."],
    [{ port: null }, "Invalid input for port. Reason: 'None' is not an integer from -1 to 2147483647."],
    [{ port: 'many' }, "Invalid input for port. Reason: 'many' is not an integer from -1 to 2147483647."],
    [{ router: 1 }, "Unrecognized attribute(s) 'router'"],
    [{ tenant_id: 'other' }, 'Cannot update read-only attribute tenant_id'],
  ])('cannot be %j', async (quota, message) => {
    expect(await cloud.api.request('PUT', '/v2.0/quotas/p', { quota })).toEqual({
      status: 400,
      body: { NeutronError: { type: 'HTTPBadRequest', message, detail: '' } },
    });
  });

  it('is served on the bus as well', async () => {
    const call = async (verb: string, request: object) => {
      const answer = await bus.request(`l2gw.v1.rpc.quota.${verb}`, JSON.stringify(request), { timeoutMs: 5000 });
      return answer.body === '' ? {} : (JSON.parse(answer.body) as Body);
    };
    const id = unused('project');
    expect(await call('update', { id, body: { quota: { port: 5 } } })).toEqual({ quota: { ...UNLIMITED, port: 5 } });
    expect(await call('show', { id })).toEqual({ quota: { ...UNLIMITED, port: 5 } });
    expect(await call('default', { id })).toEqual({ quota: UNLIMITED });
    expect(await call('details', { id })).toMatchObject({ quota: { port: { limit: 5, used: 0 } } });
    expect((await call('list', {}))['quotas']).toContainEqual(expect.objectContaining({ project_id: id, port: 5 }));
    expect(await call('delete', { id })).toEqual({});
    expect(await call('show', {})).toMatchObject({ NeutronError: { type: 'HTTPBadRequest' } });
  });

  it('of everybody is set at the start, and a project’s own goes before it', async () => {
    const program = await cloud.startApi({ L2GW_QUOTA_DEFAULTS: 'l2_gateway=1, port=1' });
    const replica = cloud.replicas.indexOf(program);
    const api = cloud.clientOf(replica);
    expect(await api.get('/v2.0/quotas/anybody/default')).toEqual({ quota: { ...UNLIMITED, l2_gateway: 1, port: 1 } });
    for (const resource of ['l2_gateway', 'port']) {
      const id = unused('project');
      expect((await make(resource, id, replica)).status).toBe(201);
      expect(await make(resource, id, replica)).toEqual(overQuota(resource));
      await api.put(`/v2.0/quotas/${id}`, { quota: { [resource]: -1 } });
      expect((await make(resource, id, replica)).status).toBe(201);
    }
  });

  it.each(['router=5', 'port', 'port=-2', 'port=9999999999'])('is not set at the start by %j', async (text) => {
    await expect(cloud.startApi({ L2GW_QUOTA_DEFAULTS: text })).rejects.toThrow(/L2GW_QUOTA_DEFAULTS/);
  });
});
