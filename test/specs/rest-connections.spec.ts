import { type Cloud, startCloud } from '../harness/cloud.js';

describe('Connections over REST', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest connections' });
    for (const name of ['tor1', 'tor2']) await cloud.api.put(`/v2.0/l2-switches/${name}`, { l2_switch: {} });
  });
  afterAll(() => cloud?.stop());

  let ports = 0;
  const gateway = (vlans?: number[], device_name = 'tor1') =>
    cloud.api.createGateway('gw', [
      { device_name, interfaces: [{ name: `eth${(ports += 1)}`, ...(vlans ? { segmentation_id: vlans } : {}) }] },
    ]);
  const network = async () => (await cloud.api.createNetwork()).id;
  const post = (body: unknown) =>
    cloud.api.request('POST', '/v2.0/l2-gateway-connections', { l2_gateway_connection: body });
  const connect = async (l2_gateway_id: string, segmentation_id?: unknown, network_id?: string) =>
    post({
      l2_gateway_id,
      network_id: network_id ?? (await network()),
      ...(segmentation_id === undefined ? {} : { segmentation_id }),
    });
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

  it('echo the VLAN as it was given, and show it as a number from then on', async () => {
    const answer = await connect(await gateway(), '300');
    expect(answer).toMatchObject({
      status: 201,
      body: { l2_gateway_connection: { segmentation_id: '300', status: 'BUILD' } },
    });
    const { id } = answer.body['l2_gateway_connection'] as { id: string };
    expect(await cloud.api.get(`/v2.0/l2-gateway-connections/${id}`)).toMatchObject({
      l2_gateway_connection: { segmentation_id: 300 },
    });
    expect(await connect(await gateway(), 5)).toMatchObject({
      status: 201,
      body: { l2_gateway_connection: { segmentation_id: 5 } },
    });
    expect(await connect(await gateway(), '0')).toMatchObject({
      status: 201,
      body: { l2_gateway_connection: { segmentation_id: '0' } },
    });
  });

  it('say why they are not active yet', async () => {
    const { body } = await connect(await gateway(), '301');
    expect(body['l2_gateway_connection']).toMatchObject({
      status: 'BUILD',
      status_reason: expect.stringMatching(/^tor1: NOT_CONNECTED/),
    });
  });

  it('accept the specification’s spellings', async () => {
    const answer = await post({
      gateway_id: await gateway(),
      network_id: await network(),
      default_segmentation_id: 60,
    });
    expect(answer.status).toBe(201);
  });

  it.each([
    ['abc', 'InvalidInput', 'Invalid input for operation: Segmentation id must be a valid integer.'],
    ['4095', 'InvalidInput', 'Invalid input for operation: Segmentation id is out of range.'],
    [[5], 'HTTPBadRequest', /is not a valid string/],
    [null, 'HTTPBadRequest', "Invalid input for segmentation_id. Reason: 'None' is not a valid string."],
  ])('refuse %j as a VLAN', async (vlan, type, message) => {
    expect(await connect(await gateway(), vlan)).toEqual(fault(400, type, message));
  });

  it('need a default VLAN exactly when an interface names none', async () => {
    expect(await connect(await gateway())).toEqual(
      fault(
        400,
        'InvalidInput',
        'Invalid input for operation: Segmentation id must be specified in create l2gateway connections.',
      ),
    );
    expect(await connect(await gateway([100]), '200')).toEqual(
      fault(400, 'InvalidInput', /default segmentation_id should not be provided when segmentation_id is assigned/),
    );
    expect((await connect(await gateway([101, 102]))).status).toBe(201);
    const mixed = await cloud.api.createGateway('mixed', [
      { device_name: 'tor1', interfaces: [{ name: 'mixed1', segmentation_id: [7] }] },
      { device_name: 'tor2', interfaces: [{ name: 'mixed1' }] },
    ]);
    expect((await connect(mixed, '8')).status).toBe(201);
  });

  it('need a network and a gateway that exist', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    expect(await connect(await gateway(), '1', nobody)).toEqual(
      fault(404, 'NetworkNotFound', `Network ${nobody} could not be found.`),
    );
    expect(await connect(nobody, '1')).toEqual(
      fault(404, 'L2GatewayNotFound', `L2 Gateway ${nobody} could not be found`),
    );
    expect(await connect('nope', '1')).toMatchObject({ status: 404 });
  });

  it('need switches that were announced or have spoken', async () => {
    expect(await connect(await gateway(undefined, 'nowhere'), '1')).toEqual(
      fault(404, 'L2GatewayDeviceNotFound', 'L2 Gateway Device nowhere could not be found.'),
    );
  });

  it('exist once for a gateway and a network, also when asked for in parallel', async () => {
    const [l2_gateway_id, network_id] = [await gateway(), await network()];
    const answers = await Promise.all([1, 2, 3, 4].map(() => connect(l2_gateway_id, '400', network_id)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
    for (const answer of answers.filter((each) => each.status === 409)) {
      expect(answer).toEqual(
        fault(409, 'L2GatewayConnectionExists', /^The specified mapping '.*' exists on network gateway/),
      );
    }
  });

  it('cannot take a VLAN of a port that another network has', async () => {
    const shared = await gateway();
    expect((await connect(shared, '410')).status).toBe(201);
    expect(await connect(shared, '410')).toEqual(
      fault(409, 'L2GatewayDuplicateSegmentationID', /^Duplicate segmentation ID for the interface name=eth\d+/),
    );
    expect((await connect(shared, '411')).status).toBe(201);
  });

  it('need a network with exactly one VXLAN segment', async () => {
    const create = async (attributes: object) => (await cloud.api.createNetwork({ ...attributes })).id;
    const vlan = await create({
      'provider:network_type': 'vlan',
      'provider:physical_network': 'p',
      'provider:segmentation_id': 9,
    });
    expect(await connect(await gateway(), '420', vlan)).toEqual(
      fault(404, 'VxlanSegmentationIDNotFound', `vxlan segmentation id not found for the network '${vlan}'`),
    );
    const vxlan = { 'provider:network_type': 'vxlan' };
    const two = await create({ segments: [vxlan, vxlan] });
    expect(await connect(await gateway(), '421', two)).toEqual(
      fault(409, 'MultipleVxlanSegmentsFound', `Multiple Vxlan segments found for the network '${two}'`),
    );
    const mixed = await create({
      segments: [{ 'provider:network_type': 'flat', 'provider:physical_network': 'f' }, vxlan],
    });
    expect((await connect(await gateway(), '422', mixed)).status).toBe(201);
  });

  it('keep their network and their gateway from being deleted, and own a port that only goes with them', async () => {
    const [l2_gateway_id, network_id] = [await gateway(), await network()];
    const { body } = await connect(l2_gateway_id, '430', network_id);
    const { id, port_id } = body['l2_gateway_connection'] as { id: string; port_id: string };
    expect(await cloud.api.request('DELETE', `/v2.0/networks/${network_id}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: 'NetworkInUse' } },
    });
    expect(await cloud.api.request('DELETE', `/v2.0/l2-gateways/${l2_gateway_id}`)).toEqual(
      fault(
        409,
        'L2GatewayInUse',
        `L2 Gateway '${l2_gateway_id}' still has active mappings with one or more neutron networks.`,
      ),
    );
    expect(await cloud.api.request('DELETE', `/v2.0/ports/${port_id}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: 'L2GatewayPortInUse' } },
    });
    await cloud.api.delete(`/v2.0/l2-gateway-connections/${id}`);
    expect((await cloud.api.request('GET', `/v2.0/ports/${port_id}`)).status).toBe(404);
    await cloud.api.delete(`/v2.0/networks/${network_id}`);
    await cloud.api.delete(`/v2.0/l2-gateways/${l2_gateway_id}`);
  });

  it('cannot be changed, and are not found once deleted', async () => {
    const { body } = await connect(await gateway(), '440');
    const { id } = body['l2_gateway_connection'] as { id: string };
    const path = `/v2.0/l2-gateway-connections/${id}`;
    expect(await cloud.api.request('PUT', path, { l2_gateway_connection: {} })).toEqual(
      fault(400, 'HTTPBadRequest', 'Cannot update read-only attribute segmentation_id'),
    );
    await cloud.api.delete(path);
    const gone = fault(404, 'L2GatewayConnectionNotFound', 'The connection  not found on the l2 gateway');
    expect(await cloud.api.request('GET', path)).toEqual(gone);
    expect(await cloud.api.request('DELETE', path)).toEqual(gone);
  });

  it('write nothing when they are refused', async () => {
    const before = (await cloud.api.get('/v2.0/l2-gateway-connections'))['l2_gateway_connections'] as unknown[];
    const portsBefore = (await cloud.api.get('/v2.0/ports'))['ports'] as unknown[];
    await connect(await gateway(undefined, 'nowhere'), '1');
    expect((await cloud.api.get('/v2.0/l2-gateway-connections'))['l2_gateway_connections']).toHaveLength(before.length);
    expect((await cloud.api.get('/v2.0/ports'))['ports']).toHaveLength(portsBefore.length);
  });
});
