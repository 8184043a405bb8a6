import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

describe('Gateways over REST', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest gateways' });
  });
  afterAll(() => cloud?.stop());

  const post = (l2_gateway: unknown) => cloud.api.request('POST', '/v2.0/l2-gateways', { l2_gateway });
  const put = (id: string, l2_gateway: unknown) => cloud.api.request('PUT', `/v2.0/l2-gateways/${id}`, { l2_gateway });
  const device = (interfaces: unknown, device_name: unknown = 'tor1') => ({
    name: 'gw',
    devices: [{ device_name, interfaces }],
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
  const created = async (body: unknown): Promise<Body> => {
    const answer = await post(body);
    expect(answer.status).toBe(201);
    return answer.body['l2_gateway'] as Body;
  };

  it('are created with their devices, whose ids and VLANs are texts', async () => {
    const gateway = await created({
      name: 'gwA',
      tenant_id: 'p1',
      devices: [
        { device_name: 'tor1', interfaces: [{ name: 'eth1', segmentation_id: ['100', 101] }] },
        { device_name: 'tor2', interfaces: [{ name: 'eth1', segmentation_id: [200] }] },
      ],
    });
    expect(gateway).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'gwA',
      tenant_id: 'p1',
      devices: [
        {
          device_name: 'tor1',
          id: expect.any(String),
          interfaces: [{ name: 'eth1', segmentation_id: ['100', '101'] }],
        },
        { device_name: 'tor2', id: expect.any(String), interfaces: [{ name: 'eth1', segmentation_id: ['200'] }] },
      ],
    });
  });

  it('show an interface without VLANs as an empty list, and VLAN 0 only in the answer to its creation', async () => {
    expect(await created(device([{ name: 'eth1' }]))).toMatchObject({
      devices: [{ interfaces: [{ name: 'eth1', segmentation_id: [] }] }],
    });
    const untagged = await created(device([{ name: 'eth1', segmentation_id: [0] }]));
    expect(untagged).toMatchObject({ devices: [{ interfaces: [{ segmentation_id: ['0'] }] }] });
    const shown = await cloud.api.get(`/v2.0/l2-gateways/${String(untagged['id'])}`);
    expect(shown['l2_gateway']).toMatchObject({ devices: [{ interfaces: [{ segmentation_id: [] }] }] });
  });

  it('accept the specification’s spelling of VLANs', async () => {
    const gateway = await created(device([{ name: 'eth1', 'segmentation-id': [50] }]));
    expect(gateway).toMatchObject({ devices: [{ interfaces: [{ segmentation_id: ['50'] }] }] });
  });

  const invalid = (reason: string) => fault(400, 'HTTPBadRequest', `Invalid input for devices. Reason: ${reason}`);
  const input = (text: string) => fault(400, 'InvalidInput', `Invalid input for operation: ${text}`);
  it.each([
    [
      'no devices',
      { name: 'g' },
      fault(400, 'HTTPBadRequest', "Failed to parse request. Required attribute 'devices' not specified"),
    ],
    ['an empty device list', { devices: [] }, invalid('Cannot create a gateway with an empty device list.')],
    ['null devices', { devices: null }, invalid('Cannot create a gateway with an empty device list.')],
    ['devices that are a text', { devices: 'abc' }, fault(400, 'HTTPBadRequest', /devices/)],
    ['devices that are a dictionary', { devices: { a: 1 } }, fault(400, 'HTTPBadRequest', /devices/)],
    ['devices that are texts', { devices: ['abc'] }, fault(400, 'HTTPBadRequest', /devices/)],
    [
      'a device without name',
      device([{ name: 'eth1' }], ''),
      invalid('Cannot create a gateway with an empty device_name.'),
    ],
    ['a device without interfaces', device([]), invalid('Cannot create a gateway with an empty interfaces.')],
    [
      'interfaces that are no list',
      device({ name: 'eth1' }),
      invalid('interfaces format is not a type list of dicts.'),
    ],
    ['an interface that is no dictionary', device(['eth1']), invalid('interfaces format is not a type dict.')],
    ['an interface without name', device([{}]), invalid('Cannot create a gateway with an empty interface name.')],
    [
      'VLANs that are no list',
      device([{ name: 'e', segmentation_id: '100' }]),
      invalid('segmentation_id type should be of list type .'),
    ],
    [
      'an empty list of VLANs',
      device([{ name: 'e', segmentation_id: [] }]),
      invalid('segmentation_id_list should not be empty.'),
    ],
    [
      'VLAN "abc"',
      device([{ name: 'e', segmentation_id: ['abc'] }]),
      input('Segmentation id must be a valid integer.'),
    ],
    ['VLAN -1', device([{ name: 'e', segmentation_id: [-1] }]), input('Segmentation id is out of range.')],
    ['VLAN 4095', device([{ name: 'e', segmentation_id: [4095] }]), input('Segmentation id is out of range.')],
    [
      'VLAN null',
      device([{ name: 'e', segmentation_id: [null] }]),
      invalid('validate_gwdevice_list: provided data are not iterable.'),
    ],
    [
      'a name that is null',
      { ...device([{ name: 'e' }]), name: null },
      fault(400, 'HTTPBadRequest', "Invalid input for name. Reason: 'None' is not a valid string."),
    ],
    [
      'a name that is a number',
      { ...device([{ name: 'e' }]), name: 5 },
      fault(400, 'HTTPBadRequest', "Invalid input for name. Reason: '5' is not a valid string."),
    ],
    [
      'a name of 300 characters',
      { ...device([{ name: 'e' }]), name: 'x'.repeat(300) },
      fault(400, 'HTTPBadRequest', /exceeds maximum length of 255/),
    ],
    [
      'attributes nobody knows',
      { ...device([{ name: 'e' }]), foo: 1, bar: 2 },
      fault(400, 'HTTPBadRequest', "Unrecognized attribute(s) 'bar, foo'"),
    ],
    [
      'an id',
      { ...device([{ name: 'e' }]), id: 'x' },
      fault(400, 'HTTPBadRequest', "Attribute 'id' not allowed in POST"),
    ],
    [
      'VLANs on some interfaces of a device only',
      device([{ name: 'e1' }, { name: 'e2', segmentation_id: [5] }]),
      fault(
        409,
        'L2GatewaySegmentationRequired',
        'L2 gateway segmentation id must be consistent for all the interfaces',
      ),
    ],
    [
      'two projects',
      { ...device([{ name: 'e' }]), tenant_id: 'a', project_id: 'b' },
      fault(400, 'HTTPBadRequest', "'project_id' and 'tenant_id' do not match"),
    ],
  ])('refuse %s', async (_, body, expected) => {
    expect(await post(body)).toEqual(expected);
  });

  it.each([
    ['{}', 'HTTPBadRequest', 'Resource body required'],
    ['{"x": {}}', 'HTTPBadRequest', "Unable to find 'l2_gateway' in request body"],
    ['{"l2_gateways": []}', 'HTTPBadRequest', 'Bulk operation not supported'],
    ['{not json', 'MalformedRequestBody', 'Malformed request body: Cannot understand JSON.'],
  ])('refuse the body %s', async (body, type, message) => {
    expect(await cloud.api.request('POST', '/v2.0/l2-gateways', body)).toEqual(fault(400, type, message));
  });

  it('are left as they are by an empty update, and by one that is refused', async () => {
    const { id, ...before } = await created(device([{ name: 'eth1' }]));
    expect(await put(String(id), {})).toMatchObject({
      status: 200,
      body: { l2_gateway: { name: 'gw', devices: before['devices'] } },
    });
    expect(await put(String(id), { tenant_id: 'x' })).toEqual(
      fault(400, 'HTTPBadRequest', 'Cannot update read-only attribute tenant_id'),
    );
    expect(await put(String(id), { name: null })).toMatchObject({ status: 400 });
    expect((await cloud.api.get(`/v2.0/l2-gateways/${String(id)}`))['l2_gateway']).toMatchObject({ name: 'gw' });
  });

  it('take a new interface list for the device that an update names, and keep the other devices', async () => {
    for (const name of ['up1', 'up2']) await cloud.api.put(`/v2.0/l2-switches/${name}`, { l2_switch: {} });
    const gateway = await created({
      devices: ['up1', 'up2'].map((device_name) => ({ device_name, interfaces: [{ name: 'eth1' }] })),
    });
    const answer = await put(String(gateway['id']), {
      devices: [{ device_name: 'up1', interfaces: [{ name: 'eth2' }] }],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { l2_gateway: { devices: [{ interfaces: [{ name: 'eth2' }] }, { interfaces: [{ name: 'eth1' }] }] } },
    });
  });

  it('gain and lose single interfaces by the specification’s delta', async () => {
    await cloud.api.put('/v2.0/l2-switches/delta', { l2_switch: {} });
    const { id } = await created(device([{ name: 'eth1' }, { name: 'eth2' }], 'delta'));
    const change = { device_name: 'delta', new_interfaces: [{ name: 'eth3' }], deleted_interfaces: [{ name: 'eth1' }] };
    expect(await put(String(id), { devices: [change] })).toMatchObject({
      body: { l2_gateway: { devices: [{ interfaces: [{ name: 'eth2' }, { name: 'eth3' }] }] } },
    });
    const unknown = { device_name: 'delta', deleted_interfaces: [{ name: 'eth9' }] };
    expect(await put(String(id), { devices: [unknown] })).toMatchObject({ status: 404 });
  });

  it('refuse an update of a device that they do not have, and one that mixes VLANs with none', async () => {
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
    const { id } = await created(device([{ name: 'eth1', segmentation_id: [7] }]));
    expect(await put(String(id), device([{ name: 'e' }], 'tor9'))).toEqual(
      fault(404, 'L2GatewayDeviceNotFound', 'L2 Gateway Device tor9 could not be found.'),
    );
    expect(await put(String(id), device([{ name: 'eth1' }]))).toEqual(
      fault(
        409,
        'L2GatewaySegmentationIDExists',
        'The segmentation id is already specified in existing gateway interfaces.',
      ),
    );
  });

  it('are not found once they are deleted', async () => {
    const { id } = await created(device([{ name: 'eth1' }]));
    await cloud.api.delete(`/v2.0/l2-gateways/${String(id)}`);
    const gone = fault(404, 'L2GatewayNotFound', `L2 Gateway ${String(id)} could not be found`);
    expect(await cloud.api.request('GET', `/v2.0/l2-gateways/${String(id)}`)).toEqual(gone);
    expect(await cloud.api.request('DELETE', `/v2.0/l2-gateways/${String(id)}`)).toEqual(gone);
    expect(await cloud.api.request('GET', '/v2.0/l2-gateways/nope')).toEqual(
      fault(404, 'L2GatewayNotFound', 'L2 Gateway nope could not be found'),
    );
  });

  it('know no PATCH', async () => {
    expect(await cloud.api.request('PATCH', '/v2.0/l2-gateways', {})).toMatchObject({
      status: 405,
      body: { NeutronError: { type: 'HTTPMethodNotAllowed' } },
    });
  });
});
