import { type Cloud, startCloud } from '../harness/cloud.js';

type Body = Record<string, unknown>;

interface FixedIp {
  readonly subnet_id?: string;
  readonly ip_address: string;
}

describe('Subnets over REST', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest subnets' });
  });
  afterAll(() => cloud?.stop());

  const network = async () => (await cloud.api.createNetwork()).id;
  const post = (subnet: Body) => cloud.api.request('POST', '/v2.0/subnets', { subnet });
  const subnetOf = async (network_id: string, cidr: string, more: Body = {}): Promise<Body> => {
    const answer = await post({ network_id, cidr, ip_version: cidr.includes(':') ? 6 : 4, ...more });
    expect(answer.status).toBe(201);
    return answer.body['subnet'] as Body;
  };
  const port = async (network_id: string, more: Body = {}): Promise<{ id: string; ips: string[] }> => {
    const { port: shown } = (await cloud.api.post('/v2.0/ports', { port: { network_id, ...more } })) as {
      port: { id: string; fixed_ips: FixedIp[] };
    };
    return { id: shown.id, ips: shown.fixed_ips.map((each) => each.ip_address) };
  };
  const refusal = async (port: Body) => {
    const { status, body } = await cloud.api.request('POST', '/v2.0/ports', { port });
    const { type, message } = (body as { NeutronError: { type: string; message: string } }).NeutronError;
    return { status, type, message };
  };

  it('have a gateway and one pool of all other addresses, unless told otherwise', async () => {
    const id = await network();
    const subnet = await subnetOf(id, '10.11.0.0/16', { name: 'subb' });
    expect(subnet).toMatchObject({
      id: expect.any(String),
      name: 'subb',
      network_id: id,
      ip_version: 4,
      cidr: '10.11.0.0/16',
      gateway_ip: '10.11.0.1',
      allocation_pools: [{ start: '10.11.0.2', end: '10.11.255.254' }],
      enable_dhcp: true,
      dns_nameservers: [],
      host_routes: [],
      ipv6_ra_mode: null,
      ipv6_address_mode: null,
      subnetpool_id: null,
    });
    expect(await cloud.api.get(`/v2.0/subnets/${String(subnet['id'])}`)).toEqual({ subnet });
    expect(await cloud.api.get(`/v2.0/subnets?name=subb&network_id=${id}`)).toEqual({ subnets: [subnet] });
    expect(await cloud.api.get(`/v2.0/networks/${id}`)).toMatchObject({ network: { subnets: [subnet['id']] } });
    expect(await cloud.api.get(`/v2.0/networks?id=${id}`)).toMatchObject({ networks: [{ subnets: [subnet['id']] }] });
  });

  it.each([
    [
      'around a gateway in the middle',
      '10.0.0.0/29',
      { gateway_ip: '10.0.0.3' },
      ['10.0.0.1-10.0.0.2', '10.0.0.4-10.0.0.6'],
    ],
    ['everywhere without a gateway', '10.0.0.0/29', { gateway_ip: null }, ['10.0.0.1-10.0.0.6']],
    ['beside the gateway of a /31', '10.0.0.0/31', {}, ['10.0.0.0-10.0.0.0']],
    ['to the very end of IPv6', '2001:db8::/126', {}, ['2001:db8::2-2001:db8::3']],
    [
      'where told',
      '10.0.0.0/24',
      { allocation_pools: [{ start: '10.0.0.9', end: '10.0.0.12' }] },
      ['10.0.0.9-10.0.0.12'],
    ],
  ])('give addresses %s', async (_, cidr, more, pools) => {
    const subnet = await subnetOf(await network(), cidr, more);
    const shown = (subnet['allocation_pools'] as { start: string; end: string }[]).map((p) => `${p.start}-${p.end}`);
    expect(shown).toEqual(pools);
  });

  it.each([
    ['a host in place of a subnet', { cidr: '10.0.0.5/24' }, 400, /'10.0.0.0\/24' is recommended/],
    ['no subnet at all', { cidr: 'ten' }, 400, /Invalid input for cidr. Reason: 'ten' is not a valid IP subnet/],
    ['everything', { cidr: '0.0.0.0/0' }, 400, /0 is not allowed as CIDR prefix length/],
    ['another IP version', { cidr: '10.0.0.0/24', ip_version: 6 }, 400, /for IP version 6/],
    ['a gateway elsewhere', { cidr: '10.0.0.0/24', gateway_ip: '10.0.1.1' }, 400, /Gateway is not valid on subnet/],
    [
      'a pool elsewhere',
      { cidr: '10.0.0.0/24', allocation_pools: [{ start: '10.0.1.1', end: '10.0.1.2' }] },
      400,
      /spans beyond the subnet cidr 10.0.0.0\/24/,
    ],
    [
      'a pool that begins at its end',
      { cidr: '10.0.0.0/24', allocation_pools: [{ start: '10.0.0.9', end: '10.0.0.2' }] },
      400,
      /The allocation pool 10.0.0.9-10.0.0.2 is not valid/,
    ],
    [
      'pools that overlap',
      {
        cidr: '10.0.0.0/24',
        allocation_pools: [
          { start: '10.0.0.2', end: '10.0.0.9' },
          { start: '10.0.0.9', end: '10.0.0.12' },
        ],
      },
      409,
      /Found overlapping allocation pools: 10.0.0.2-10.0.0.9 10.0.0.9-10.0.0.12/,
    ],
    [
      'a gateway in a pool',
      { cidr: '10.0.0.0/24', gateway_ip: '10.0.0.3', allocation_pools: [{ start: '10.0.0.2', end: '10.0.0.9' }] },
      409,
      /Gateway ip 10.0.0.3 conflicts with allocation pool/,
    ],
    ['no cidr', {}, 400, /Required attribute 'cidr' not specified/],
  ])('are refused with %s', async (_, body, status, message) => {
    expect(await post({ network_id: await network(), ...body })).toMatchObject({
      status,
      body: { NeutronError: { message: expect.stringMatching(message) } },
    });
  });

  it('are refused where they overlap, and without their network', async () => {
    const id = await network();
    await subnetOf(id, '10.0.0.0/16');
    expect(await post({ network_id: id, cidr: '10.0.1.0/24' })).toMatchObject({
      status: 400,
      body: { NeutronError: { type: 'InvalidInput', message: expect.stringMatching(/overlaps with another subnet/) } },
    });
    expect(await post({ network_id: '00000000-0000-0000-0000-000000000000', cidr: '10.0.1.0/24' })).toMatchObject({
      status: 404,
      body: { NeutronError: { type: 'NetworkNotFound' } },
    });
  });

  it('are changed, and deleted with their network or before', async () => {
    const id = await network();
    const subnet = await subnetOf(id, '10.0.0.0/24');
    const path = `/v2.0/subnets/${String(subnet['id'])}`;
    const change = { name: 'new', enable_dhcp: false, dns_nameservers: ['192.0.2.53'], gateway_ip: null };
    expect(await cloud.api.put(path, { subnet: change })).toMatchObject({ subnet: { ...change, revision_number: 1 } });
    expect(await cloud.api.request('PUT', path, { subnet: { cidr: '10.0.0.0/25' } })).toMatchObject({
      status: 400,
      body: { NeutronError: { message: 'Cannot update read-only attribute cidr' } },
    });
    await cloud.api.delete(path);
    expect(await cloud.api.request('GET', path)).toMatchObject({
      status: 404,
      body: { NeutronError: { type: 'SubnetNotFound' } },
    });
    const second = await subnetOf(id, '10.0.0.0/24');
    await cloud.api.delete(`/v2.0/networks/${id}`);
    expect((await cloud.api.request('GET', `/v2.0/subnets/${String(second['id'])}`)).status).toBe(404);
  });

  it('give ports an address of each IP version, in turn', async () => {
    const id = await network();
    await subnetOf(id, '10.0.0.0/24');
    await subnetOf(id, '2001:db8::/64');
    expect((await port(id)).ips).toEqual(['10.0.0.2', '2001:db8::2']);
    const second = await port(id);
    expect(second.ips).toEqual(['10.0.0.3', '2001:db8::3']);
    await cloud.api.delete(`/v2.0/ports/${second.id}`);
    expect((await port(id, { fixed_ips: [] })).ips).toEqual([]);
    expect((await port(id)).ips).toEqual(['10.0.0.3', '2001:db8::3']);
  });

  it('give the address that is named, or any of the subnet that is named', async () => {
    const id = await network();
    const subnet = await subnetOf(id, '10.0.0.0/24');
    const other = await subnetOf(id, '10.0.1.0/24');
    expect((await port(id, { fixed_ips: [{ subnet_id: other['id'] }] })).ips).toEqual(['10.0.1.2']);
    expect((await port(id, { fixed_ips: [{ ip_address: '10.0.0.77' }] })).ips).toEqual(['10.0.0.77']);
    expect(
      (
        await port(id, {
          fixed_ips: [{ subnet_id: subnet['id'], ip_address: '10.0.0.78' }, { subnet_id: other['id'] }],
        })
      ).ips,
    ).toEqual(['10.0.0.78', '10.0.1.3']);
    expect(await refusal({ network_id: id, fixed_ips: [{ ip_address: '10.0.0.78' }] })).toEqual({
      status: 409,
      type: 'IpAddressInUse',
      message: `Unable to complete operation for network ${id}. The IP address 10.0.0.78 is in use.`,
    });
    expect(await refusal({ network_id: id, fixed_ips: [{ ip_address: '10.9.0.1' }] })).toMatchObject({
      status: 400,
      type: 'InvalidIpForNetwork',
    });
    expect(
      await refusal({ network_id: id, fixed_ips: [{ subnet_id: other['id'], ip_address: '10.0.0.8' }] }),
    ).toMatchObject({ status: 400, type: 'InvalidIpForSubnet' });
    expect(await refusal({ network_id: await network(), fixed_ips: [{ subnet_id: other['id'] }] })).toMatchObject({
      status: 400,
      type: 'InvalidInput',
    });
  });

  it('give the address that hosts make of their MACs (RFC 4291)', async () => {
    const id = await network();
    await subnetOf(id, '2001:db8::/64', { ipv6_address_mode: 'slaac', ipv6_ra_mode: 'slaac' });
    expect((await port(id, { mac_address: 'fa:16:3e:00:00:01' })).ips).toEqual(['2001:db8::f816:3eff:fe00:1']);
  });

  it('fill gaps when they have come to their end, and say when they are full', async () => {
    const id = await network();
    await subnetOf(id, '10.0.0.0/29');
    const ports = [];
    for (let n = 0; n < 5; n += 1) ports.push(await port(id));
    expect(ports.map((each) => each.ips[0])).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5', '10.0.0.6']);
    expect(await refusal({ network_id: id })).toEqual({
      status: 409,
      type: 'IpAddressGenerationFailure',
      message: `No more IP addresses available on network ${id}.`,
    });
    await cloud.api.delete(`/v2.0/ports/${String(ports[1]?.id)}`);
    expect((await port(id)).ips).toEqual(['10.0.0.3']);
  });

  it('give many ports their addresses at once, beside those that name theirs', async () => {
    const id = await network();
    await subnetOf(id, '10.0.0.0/24');
    const named = { network_id: id, fixed_ips: [{ ip_address: '10.0.0.3' }] };
    const { ports } = (await cloud.api.post('/v2.0/ports', {
      ports: [{ network_id: id }, named, { network_id: id }],
    })) as { ports: { fixed_ips: FixedIp[] }[] };
    expect(ports.map((each) => each.fixed_ips[0]?.ip_address)).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.4']);
  });

  it('give no address twice, however many ask at once', async () => {
    const id = await network();
    await subnetOf(id, '10.0.0.0/26');
    const answers = await Promise.all(
      Array.from({ length: 70 }, () => cloud.api.request('POST', '/v2.0/ports', { port: { network_id: id } })),
    );
    const ips = answers
      .filter((answer) => answer.status === 201)
      .map((answer) => (answer.body as { port: { fixed_ips: FixedIp[] } }).port.fixed_ips[0]?.ip_address);
    expect([ips.length, new Set(ips).size]).toEqual([61, 61]);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(9);
  });

  it('keep a port’s addresses when it is changed otherwise, and give it others when asked', async () => {
    const id = await network();
    const subnet = await subnetOf(id, '10.0.0.0/24');
    const { id: portId } = await port(id);
    const put = async (change: Body) => {
      const { port: shown } = (await cloud.api.put(`/v2.0/ports/${portId}`, { port: change })) as {
        port: { fixed_ips: FixedIp[] };
      };
      return shown.fixed_ips;
    };
    const first = { subnet_id: subnet['id'], ip_address: '10.0.0.2' };
    expect(await put({ name: 'new' })).toEqual([first]);
    expect(await put({ fixed_ips: [{ subnet_id: subnet['id'] }, { subnet_id: subnet['id'] }] })).toEqual([
      first,
      { subnet_id: subnet['id'], ip_address: '10.0.0.3' },
    ]);
    expect(await put({ fixed_ips: [{ ip_address: '10.0.0.9' }] })).toEqual([
      { subnet_id: subnet['id'], ip_address: '10.0.0.9' },
    ]);
    expect(await cloud.api.request('DELETE', `/v2.0/subnets/${String(subnet['id'])}`)).toMatchObject({
      status: 409,
      body: { NeutronError: { type: 'SubnetInUse' } },
    });
    await cloud.api.delete(`/v2.0/ports/${portId}`);
    await cloud.api.delete(`/v2.0/subnets/${String(subnet['id'])}`);
  });

  it('are not needed: a network without any takes addresses as they come, each once', async () => {
    const id = await network();
    expect((await port(id)).ips).toEqual([]);
    const wanted = { network_id: id, fixed_ips: [{ ip_address: '192.0.2.1' }] };
    expect((await port(id, wanted)).ips).toEqual(['192.0.2.1']);
    expect(await refusal(wanted)).toMatchObject({ status: 409, type: 'IpAddressInUse' });
  });
});
