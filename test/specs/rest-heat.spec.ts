import { randomUUID } from 'node:crypto';
import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

/** Bodies as Heat's resources send them: properties without a value are left out, an update has only what has changed. */
describe('Heat', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest heat' });
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
  });
  afterAll(() => cloud?.stop());

  const create = async (collection: string, noun: string, body: Body): Promise<Body> =>
    (await cloud.api.post(`/v2.0/${collection}`, { [noun]: body }))[noun] as Body;
  const update = async (collection: string, noun: string, id: unknown, changes: Body): Promise<Body> =>
    (await cloud.api.put(`/v2.0/${collection}/${String(id)}`, { [noun]: changes }))[noun] as Body;
  const devices = (...names: readonly string[]) => [
    { device_name: 'tor1', interfaces: names.map((name) => ({ name, segmentation_id: [100] })) },
  ];

  it('finds the extensions without which it makes no gateways and connections', async () => {
    const { extensions } = (await cloud.api.get('/v2.0/extensions')) as { extensions: { alias: string }[] };
    const aliases = extensions.map((each) => each.alias);
    expect(aliases).toEqual(expect.arrayContaining(['l2-gateway', 'l2-gateway-connection', 'provider', 'binding']));
  });

  it('makes an OS::Neutron::Net and changes it', async () => {
    const made = await create('networks', 'network', {
      name: 'stack-net',
      admin_state_up: true,
      shared: false,
      port_security_enabled: false,
      tenant_id: 'p1',
    });
    expect(made).toMatchObject({ name: 'stack-net', port_security_enabled: false, tenant_id: 'p1', status: 'ACTIVE' });
    expect(
      await update('networks', 'network', made['id'], {
        name: 'other',
        admin_state_up: false,
        port_security_enabled: true,
      }),
    ).toMatchObject({ name: 'other', admin_state_up: false, port_security_enabled: true });
  });

  it('makes an OS::Neutron::ProviderNet', async () => {
    const body = {
      name: 'p',
      'provider:network_type': 'vxlan',
      'provider:segmentation_id': '7007',
      'router:external': false,
    };
    expect(await create('networks', 'network', body)).toMatchObject({ 'provider:segmentation_id': 7007 });
  });

  it('makes an OS::Neutron::Subnet and an OS::Neutron::Port in it, and changes the port', async () => {
    const { id: network_id } = await cloud.api.createNetwork();
    const subnet = await create('subnets', 'subnet', {
      name: 'stack-subnet',
      network_id,
      cidr: '192.0.2.0/24',
      ip_version: 4,
      enable_dhcp: true,
      dns_nameservers: [],
      host_routes: [],
      allocation_pools: [{ start: '192.0.2.10', end: '192.0.2.20' }],
    });
    const group = randomUUID();
    const port = await create('ports', 'port', {
      name: 'stack-port',
      network_id,
      admin_state_up: true,
      fixed_ips: [{ subnet_id: subnet['id'], ip_address: '192.0.2.15' }],
      allowed_address_pairs: [{ ip_address: '192.0.2.16' }],
      security_groups: [group],
      port_security_enabled: true,
      'binding:vnic_type': 'baremetal',
      device_id: '',
      device_owner: '',
    });
    expect(port).toMatchObject({
      fixed_ips: [{ subnet_id: subnet['id'], ip_address: '192.0.2.15' }],
      security_groups: [group],
      port_security_enabled: true,
      'binding:vnic_type': 'baremetal',
    });
    const changed = await update('ports', 'port', port['id'], {
      security_groups: [],
      allowed_address_pairs: [],
      port_security_enabled: false,
    });
    expect(changed).toMatchObject({
      name: 'stack-port',
      security_groups: [],
      allowed_address_pairs: [],
      port_security_enabled: false,
      fixed_ips: port['fixed_ips'],
    });
  });

  it('makes an OS::Neutron::L2Gateway, changes its name, its devices, or both, and deletes it', async () => {
    const { id } = await create('l2-gateways', 'l2_gateway', { name: 'stack-gw', devices: devices('eth1') });
    expect(await update('l2-gateways', 'l2_gateway', id, { name: 'renamed' })).toMatchObject({
      name: 'renamed',
      devices: [{ interfaces: [{ name: 'eth1', segmentation_id: ['100'] }] }],
    });
    expect(await update('l2-gateways', 'l2_gateway', id, { devices: devices('eth2', 'eth3') })).toMatchObject({
      name: 'renamed',
      devices: [{ device_name: 'tor1', interfaces: [{ name: 'eth2' }, { name: 'eth3' }] }],
    });
    expect(await update('l2-gateways', 'l2_gateway', id, { name: 'both', devices: devices('eth4') })).toMatchObject({
      name: 'both',
      devices: [{ interfaces: [{ name: 'eth4' }] }],
    });
    await cloud.api.delete(`/v2.0/l2-gateways/${String(id)}`);
    expect(await cloud.api.request('DELETE', `/v2.0/l2-gateways/${String(id)}`)).toMatchObject({ status: 404 });
  });

  it('makes an OS::Neutron::L2GatewayConnection with its three properties, and finds and deletes it by its id', async () => {
    const gateway = await create('l2-gateways', 'l2_gateway', {
      name: 'stack-gw',
      devices: [{ device_name: 'tor1', interfaces: [{ name: 'eth9' }] }],
    });
    const connection = await create('l2-gateway-connections', 'l2_gateway_connection', {
      l2_gateway_id: gateway['id'],
      network_id: (await cloud.api.createNetwork()).id,
      segmentation_id: '650',
    });
    expect(connection).toMatchObject({ l2_gateway_id: gateway['id'], segmentation_id: '650' });
    const path = `/v2.0/l2-gateway-connections/${String(connection['id'])}`;
    expect(await cloud.api.get(path)).toMatchObject({ l2_gateway_connection: { segmentation_id: 650 } });
    await cloud.api.delete(path);
    expect((await cloud.api.request('DELETE', path)).status).toBe(404);
  });

  it('leaves the VLAN of a connection out, or empty, where the gateway names its own', async () => {
    for (const more of [{}, { segmentation_id: '' }]) {
      const name = `eth-${randomUUID()}`;
      const gateway = await create('l2-gateways', 'l2_gateway', { name: 'stack-gw', devices: devices(name) });
      const connection = await create('l2-gateway-connections', 'l2_gateway_connection', {
        l2_gateway_id: gateway['id'],
        network_id: (await cloud.api.createNetwork()).id,
        ...more,
      });
      expect(connection['segmentation_id']).toBe('');
    }
  });
});
