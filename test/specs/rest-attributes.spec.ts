import { randomUUID } from 'node:crypto';
import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

describe('Attributes that others act on', () => {
  let cloud: Cloud;
  let network_id: string;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest attributes' });
    network_id = (await cloud.api.createNetwork()).id;
  });
  afterAll(() => cloud?.stop());

  const post = (body: Body) => cloud.api.request('POST', '/v2.0/ports', { port: { network_id, ...body } });
  const put = async (id: unknown, body: Body): Promise<Body> =>
    (await cloud.api.put(`/v2.0/ports/${String(id)}`, { port: body }))['port'] as Body;
  const created = async (body: Body): Promise<Body> => {
    const answer = await post(body);
    expect(answer.status).toBe(201);
    return answer.body['port'] as Body;
  };

  it('are empty in a port for which nobody has said anything', async () => {
    expect(await created({})).toMatchObject({ security_groups: [], extra_dhcp_opts: [], port_security_enabled: false });
  });

  it('are kept and shown, and a change of one leaves the others', async () => {
    const security_groups = [randomUUID(), randomUUID()];
    const port = await created({ security_groups, port_security_enabled: true });
    expect(await put(port['id'], { name: 'renamed' })).toMatchObject({ security_groups, port_security_enabled: true });
    expect(await put(port['id'], { security_groups: null })).toMatchObject({
      security_groups: [],
      port_security_enabled: true,
    });
    expect(await cloud.api.get(`/v2.0/ports/${String(port['id'])}`)).toMatchObject({
      port: { name: 'renamed', security_groups: [] },
    });
  });

  it('change DHCP options one by one, as Neutron does', async () => {
    const option = (opt_name: string, opt_value: string | null, more: Body = {}) => ({ opt_name, opt_value, ...more });
    const port = await created({ extra_dhcp_opts: [option('67', 'pxelinux.0'), option('66', '192.0.2.1')] });
    expect(port['extra_dhcp_opts']).toEqual([
      option('67', 'pxelinux.0', { ip_version: 4 }),
      option('66', '192.0.2.1', { ip_version: 4 }),
    ]);
    const changes = [option('66', null), option('67', 'undionly'), option('59', 'x', { ip_version: '6' })];
    expect((await put(port['id'], { extra_dhcp_opts: changes }))['extra_dhcp_opts']).toEqual([
      option('67', 'undionly', { ip_version: 4 }),
      option('59', 'x', { ip_version: 6 }),
    ]);
  });

  it('are kept for each port of a bulk', async () => {
    const group = randomUUID();
    const { ports } = await cloud.api.post('/v2.0/ports', {
      ports: [{ network_id, security_groups: [group] }, { network_id }],
    });
    expect((ports as Body[]).map((each) => each['security_groups'])).toEqual([[group], []]);
  });

  it.each([
    [{ security_groups: ['web'] }, "Invalid input for security_groups. Reason: 'web' is not a valid UUID."],
    [{ security_groups: 'web' }, "Invalid input for security_groups. Reason: 'web' is not a list."],
    [
      { port_security_enabled: 'maybe' },
      "Invalid input for port_security_enabled. Reason: 'maybe' cannot be converted to boolean.",
    ],
    [{ extra_dhcp_opts: [{ opt_name: '67' }] }, /is not a DHCP option with opt_name and opt_value/],
    [{ extra_dhcp_opts: [{ opt_name: '', opt_value: 'x' }] }, /is not a valid opt_name/],
    [{ extra_dhcp_opts: [{ opt_name: '67', opt_value: 5 }] }, /is not a valid opt_value/],
    [{ extra_dhcp_opts: [{ opt_name: '67', opt_value: 'x', ip_version: 5 }] }, /is not an IP version/],
    [{ qos_policy_id: randomUUID() }, "Unrecognized attribute(s) 'qos_policy_id'"],
    [{ 'binding:vif_type': 'ovs' }, "Attribute 'binding:vif_type' not allowed in POST"],
    [{ status: 'ACTIVE' }, "Attribute 'status' not allowed in POST"],
  ])('are refused where they make no sense: %j', async (body, message) => {
    expect(await post(body)).toEqual({
      status: 400,
      body: {
        NeutronError: {
          type: 'HTTPBadRequest',
          message: typeof message === 'string' ? message : expect.stringMatching(message),
          detail: '',
        },
      },
    });
  });

  it.each([
    { name: 'a\0b' },
    { name: '\ud800' },
    { device_id: '\udfff' },
    { 'binding:profile': { deep: ['\0', '\ud800'] } },
  ])('are refused with characters that cannot be stored: %j', async (body) => {
    expect(await post(body)).toMatchObject({ status: 400 });
  });

  it.each([
    ['True', true],
    ['false', false],
    ['1', true],
    [0, false],
  ])('that are flags may be spelled %j', async (admin_state_up, flag) => {
    expect(await created({ admin_state_up })).toMatchObject({ admin_state_up: flag });
  });

  it('of a network can be changed: MTU and port security', async () => {
    const path = `/v2.0/networks/${network_id}`;
    expect(await cloud.api.get(path)).toMatchObject({ network: { mtu: 1450, port_security_enabled: true } });
    const changes = { mtu: '9000', port_security_enabled: false };
    expect(await cloud.api.put(path, { network: changes })).toMatchObject({
      network: { mtu: 9000, port_security_enabled: false },
    });
    expect(await cloud.api.put(path, { network: { name: 'renamed' } })).toMatchObject({
      network: { mtu: 9000, port_security_enabled: false },
    });
    expect(await cloud.api.request('PUT', path, { network: { mtu: 12 } })).toMatchObject({ status: 400 });
    expect(await cloud.api.request('PUT', path, { network: { 'provider:segmentation_id': 5 } })).toMatchObject({
      status: 400,
      body: { NeutronError: { message: 'Cannot update read-only attribute provider:segmentation_id' } },
    });
  });
});
