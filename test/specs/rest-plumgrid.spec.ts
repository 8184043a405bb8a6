import { randomUUID } from 'node:crypto';
import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

describe('The PLUMgrid specification, under /v2', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest plumgrid' });
    for (const name of ['tor-switch-1', 'tor-switch-2'])
      await cloud.api.put(`/v2/l2-switches/${name}`, { l2_switch: {} });
  });
  afterAll(() => cloud?.stop());

  let made = 0;
  const unused = (what: string) => `${what}-${(made += 1)}`;
  const request = (method: string, path: string, body?: unknown) => cloud.api.request(method, `/v2${path}`, body);
  const fault = (status: number, type: string, message: string | RegExp) => ({
    status,
    body: {
      NeutronError: {
        type,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
        detail: '',
      },
    },
  });
  /** A gateway on both switches; answers its name, its id and its only interface. */
  const gateway = async (vlans?: readonly number[], name = unused('gateway')) => {
    const port = unused('Ethernet');
    const interfaces = [{ name: port, ...(vlans === undefined ? {} : { 'segmentation-id': vlans }) }];
    const devices = [
      { device_name: 'tor-switch-1', interfaces },
      { device_name: 'tor-switch-2', interfaces },
    ];
    const { body } = await request('POST', '/l2-gateways', { l2_gateway: { name, devices } });
    return { name, port, id: String((body['l2_gateway'] as Body)['id']) };
  };
  const network = async (name = unused('network')) => ({ name, ...(await cloud.api.createNetwork({ name })) });
  const connect = (body: Body) => request('POST', '/l2-gateway-connections', body);

  it('connects two switches to a network as its typical use case does', async () => {
    const devices = ['tor-switch-1', 'tor-switch-2'].map((device_name) => ({
      device_name,
      interfaces: [{ name: 'Ethernet40' }],
    }));
    const made = await request('POST', '/l2-gateways', { l2_gateway: { name: 'vtep-gateway-1', devices } });
    expect(made).toMatchObject({
      status: 201,
      body: {
        l2_gateway: {
          id: expect.any(String),
          name: 'vtep-gateway-1',
          tenant_id: expect.any(String),
          devices: [
            { device_name: 'tor-switch-1', interfaces: [{ name: 'Ethernet40', 'segmentation-id': [] }] },
            { device_name: 'tor-switch-2', interfaces: [{ name: 'Ethernet40', 'segmentation-id': [] }] },
          ],
        },
      },
    });
    const { id: network_id } = await network('network1');
    const connected = await connect({
      network_id: 'network1',
      default_segmentation_id: 50,
      gateway_id: 'vtep-gateway-1',
    });
    const { id: gateway_id } = made.body['l2_gateway'] as Body;
    expect(connected).toMatchObject({
      status: 201,
      body: {
        connection_id: expect.any(String),
        tenant_id: expect.any(String),
        network_id,
        gateway_id,
        default_segmentation_id: 50,
        port_id: expect.any(String),
      },
    });
    const { connection_id } = connected.body;
    expect((await request('DELETE', `/l2-gateway-connections/${String(connection_id)}`)).status).toBe(204);
    expect((await request('DELETE', '/l2-gateways/vtep-gateway-1')).status).toBe(204);
    expect((await request('GET', '/l2-gateways/vtep-gateway-1')).status).toBe(404);
  });

  it('shows VLANs of interfaces as numbers, in its own spelling only', async () => {
    const { name, port } = await gateway([100, 101]);
    const shown = await request('GET', `/l2-gateways/${name}`);
    const [device] = (shown.body['l2_gateway'] as { devices: Body[] }).devices;
    expect(device?.['interfaces']).toEqual([{ name: port, 'segmentation-id': [100, 101] }]);
    const listed = await request('GET', `/l2-gateways?name=${name}`);
    expect(listed.body['l2_gateways']).toEqual([shown.body['l2_gateway']]);
  });

  it('shows connections without an envelope, and lists them in one', async () => {
    const { id: gateway_id } = await gateway();
    const { id: network_id } = await network();
    const { body: connection } = await connect({ network_id, gateway_id, default_segmentation_id: 7 });
    const { connection_id } = connection;
    const shown = await request('GET', `/l2-gateway-connections/${String(connection_id)}`);
    expect(shown).toMatchObject({
      status: 200,
      body: { connection_id, gateway_id, network_id, default_segmentation_id: 7, status: 'BUILD' },
    });
    for (const neutrons of ['id', 'l2_gateway_id', 'segmentation_id', 'l2_gateway_connection']) {
      expect(shown.body).not.toHaveProperty(neutrons);
    }
    for (const filter of [`connection_id=${String(connection_id)}`, `gateway_id=${gateway_id}`]) {
      expect(await request('GET', `/l2-gateway-connections?${filter}`)).toEqual({
        status: 200,
        body: { l2_gateway_connections: [shown.body] },
      });
    }
    expect(
      await request('GET', `/l2-gateway-connections?gateway_id=${gateway_id}&fields=connection_id&fields=gateway_id`),
    ).toEqual({ status: 200, body: { l2_gateway_connections: [{ connection_id, gateway_id }] } });
  });

  it('has no default VLAN where every interface names its own', async () => {
    const { name: gateway_id } = await gateway([210]);
    const { name: network_id } = await network();
    const made = await connect({ l2_gateway_connection: { network_id, gateway_id } });
    expect(made).toMatchObject({ status: 201, body: { default_segmentation_id: null } });
  });

  it('updates a gateway, called by its name or its id', async () => {
    const { name, id, port } = await gateway([100]);
    const change = (more: Body) => ({ l2_gateway: { devices: [{ device_name: 'tor-switch-1', ...more }] } });
    const added = { new_interfaces: [{ name: 'added', 'segmentation-id': [5] }] };
    const updated = await request('PUT', `/l2-gateways/${name}`, change(added));
    expect(updated).toMatchObject({
      status: 200,
      body: {
        l2_gateway: {
          id,
          devices: [
            {
              interfaces: [
                { name: port, 'segmentation-id': [100] },
                { name: 'added', 'segmentation-id': [5] },
              ],
            },
            { interfaces: [{ name: port, 'segmentation-id': [100] }] },
          ],
        },
      },
    });
    const removed = await request('PUT', `/l2-gateways/${id}`, change({ deleted_interfaces: [{ name: port }] }));
    expect(removed).toMatchObject({
      body: { l2_gateway: { devices: [{ interfaces: [{ name: 'added' }] }, { interfaces: [{ name: port }] }] } },
    });
  });

  it('updates by a POST as well, if it adds or removes interfaces of a gateway that exists', async () => {
    const { name, id, port } = await gateway([100]);
    const devices = [
      { device_name: 'tor-switch-1', new_interfaces: [{ name: 'new', 'segmentation-id': [9] }] },
      { deleted_interfaces: [{ name: port }] },
    ];
    expect(await request('POST', '/l2-gateways', { l2_gateway: { name, devices } })).toMatchObject({
      status: 200,
      body: { l2_gateway: { id, devices: [{ interfaces: [{ name: 'new' }] }, { interfaces: [{ name: port }] }] } },
    });
    expect(await request('POST', '/l2-gateways/', { l2_gateway: { name: 'nobody', devices } })).toEqual(
      fault(404, 'L2GatewayNotFound', 'L2 Gateway nobody could not be found'),
    );
    const listed = await request('GET', `/l2-gateways?name=${name}`);
    expect(listed.body['l2_gateways']).toHaveLength(1);
  });

  it('refuses changes that make no sense as a whole', async () => {
    const { name, port } = await gateway([100]);
    const put = (...devices: Body[]) => request('PUT', `/l2-gateways/${name}`, { l2_gateway: { devices } });
    expect(await put({ device_name: 'tor-switch-1', deleted_interfaces: port })).toEqual(
      fault(400, 'HTTPBadRequest', /deleted_interfaces is not a list/),
    );
    expect(await put({ device_name: 'tor-switch-1', deleted_interfaces: [{ name: 'other' }] })).toEqual(
      fault(404, 'L2GatewayInterfaceNotFound', "L2 Gateway interface 'other' not found."),
    );
    expect(await put({ device_name: 'tor-switch-1', deleted_interfaces: [{ name: port }] })).toEqual(
      fault(400, 'HTTPBadRequest', /empty interfaces/),
    );
    expect(await put({ deleted_interfaces: [{ name: port }] })).toEqual(
      fault(400, 'HTTPBadRequest', /empty device_name/),
    );
    expect(await put({ device_name: 'tor-switch-3', new_interfaces: [{ name: 'x' }] })).toEqual(
      fault(404, 'L2GatewayDeviceNotFound', 'L2 Gateway Device tor-switch-3 could not be found.'),
    );
  });

  it('names the candidates where a name is that of several', async () => {
    const name = unused('twin');
    const ids = [(await gateway([1], name)).id, (await gateway([1], name)).id].sort();
    const ambiguous = fault(
      409,
      'NotUniqueMatch',
      `Multiple matches exist for the name '${name}': give one of the ids ${ids.join(', ')}.`,
    );
    expect(await request('GET', `/l2-gateways/${name}`)).toEqual(ambiguous);
    expect(await request('DELETE', `/l2-gateways/${name}`)).toEqual(ambiguous);
    expect(await connect({ network_id: (await network()).id, gateway_id: name })).toEqual(ambiguous);
    expect((await request('GET', `/l2-gateways/${ids[0]}`)).status).toBe(200);
  });

  it.each(['plain', 'with blanks', 'with/slash', 'per%cent', 'übung', 'name.json', '?=&'])(
    'finds a gateway called %j',
    async (name) => {
      const { id } = await gateway([1], name);
      expect(await request('GET', `/l2-gateways/${encodeURIComponent(name)}`)).toMatchObject({
        status: 200,
        body: { l2_gateway: { id } },
      });
    },
  );

  it('answers for what is not there as Neutron does', async () => {
    expect(await request('GET', '/l2-gateways/nobody')).toEqual(
      fault(404, 'L2GatewayNotFound', 'L2 Gateway nobody could not be found'),
    );
    expect(await connect({ network_id: 'nowhere', gateway_id: (await gateway()).name })).toEqual(
      fault(404, 'NetworkNotFound', 'Network nowhere could not be found.'),
    );
    expect(await request('GET', `/l2-gateway-connections/${randomUUID()}`)).toEqual(
      fault(404, 'L2GatewayConnectionNotFound', /not found on the l2 gateway/),
    );
    expect((await request('GET', '/nothing')).status).toBe(404);
  });

  it('has every other noun too, by its name', async () => {
    const { name, id } = await network();
    expect(await request('GET', `/networks/${name}`)).toMatchObject({ body: { network: { id } } });
    const { body } = await request('POST', '/ports', { ports: [{ network_id: name, name: 'p' }, { network_id: id }] });
    expect((body['ports'] as Body[]).map((port) => port['network_id'])).toEqual([id, id]);
    expect(await request('PUT', `/networks/${name}/tags`, { tags: ['red'] })).toMatchObject({ status: 200 });
    expect((await request('GET', '/l2-switches/tor-switch-1')).status).toBe(200);
    const page = await request('GET', '/ports?limit=1');
    expect(page.body['ports_links']).toEqual([{ rel: 'next', href: expect.stringMatching(/^\/v2\/ports\?/) }]);
  });

  it('is told apart from Neutron’s base, where only ids count', async () => {
    const { name } = await gateway([1]);
    expect((await cloud.api.request('GET', `/v2.0/l2-gateways/${name}`)).status).toBe(404);
    const devices = [{ device_name: 'tor-switch-1', new_interfaces: [{ name: 'x' }] }];
    expect((await cloud.api.request('POST', '/v2.0/l2-gateways', { l2_gateway: { name, devices } })).status).toBe(400);
  });

  it('lends Neutron’s base connections without an envelope', async () => {
    const [{ id: gateway_id }, { id: network_id }] = [await gateway([1]), await network()];
    const made = await cloud.api.request('POST', '/v2.0/l2-gateway-connections', { network_id, gateway_id });
    expect(made).toMatchObject({ status: 201, body: { l2_gateway_connection: { network_id } } });
    const wrong = await cloud.api.request('POST', '/v2.0/l2-gateway-connections', { connection: { network_id } });
    expect(wrong).toEqual(fault(400, 'HTTPBadRequest', "Unable to find 'l2_gateway_connection' in request body"));
  });
});
