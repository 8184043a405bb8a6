import { type Cloud, startCloud } from '../harness/cloud.js';
import type { Answer, Json } from '../harness/api-client.js';

describe('Remote gateways over REST', () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rest remote' });
    await cloud.api.put('/v2.0/l2-switches/tor1', { l2_switch: {} });
  });
  afterAll(() => cloud?.stop());

  let used = 0;
  const request = (method: string, path: string, body?: unknown) => cloud.api.request(method, `/v2.0/${path}`, body);
  const postGateway = (body: unknown) => request('POST', 'l2-remote-gateways', { l2_remote_gateway: body });
  const postConnection = (body: unknown) =>
    request('POST', 'l2-remote-gateway-connections', { l2_remote_gateway_connection: body });
  const postMacs = (macs: unknown, connection?: string) =>
    request('POST', `l2-remote-macs${connection ? `?rgw_connection=${connection}` : ''}`, { l2_remote_macs: macs });
  const of = (answer: Answer, noun: string): Json => {
    if (answer.status !== 201) throw new Error(JSON.stringify(answer));
    return answer.body[noun] as Json;
  };
  const remoteGateway = async (name = 'rgw') =>
    String(of(await postGateway({ name, ipaddr: '198.51.100.1' }), 'l2_remote_gateway')['id']);
  /** A network with its name, connected to a gateway with its own. */
  const connected = async () => {
    used += 1;
    const names = { network: `network-${used}`, gateway: `gateway-${used}` };
    const { id: network, vni } = await cloud.api.createNetwork({ name: names.network });
    const devices = [{ device_name: 'tor1', interfaces: [{ name: `eth${used}`, segmentation_id: [100] }] }];
    const gateway = await cloud.api.createGateway(names.gateway, devices);
    const connection = await cloud.api.connect(gateway, network);
    return { network, vni, gateway, connection, names };
  };
  const stretched = async (): Promise<string> => {
    const { network, gateway } = await connected();
    const body = { l2_gateway_id: gateway, network_id: network, remote_gateway_id: await remoteGateway() };
    return String(of(await postConnection(body), 'l2_remote_gateway_connection')['id']);
  };
  const fault = (status: number, type: string, message: RegExp) => ({
    status,
    body: { NeutronError: { type, message: expect.stringMatching(message) } },
  });
  const mac = (n: number) =>
    `02:00:00:00:${(n >> 8).toString(16).padStart(2, '0')}:${(n & 255).toString(16).padStart(2, '0')}`;

  describe('A remote gateway', () => {
    it('has a name and an address, and is unused until something leads there', async () => {
      const created = of(await postGateway({ name: 'paris', ipaddr: '198.51.100.7' }), 'l2_remote_gateway');
      expect(created).toMatchObject({ name: 'paris', ipaddr: '198.51.100.7', status: 'UNUSED', revision_number: 1 });
      const path = `l2-remote-gateways/${String(created['id'])}`;
      expect((await request('GET', path)).body['l2_remote_gateway']).toEqual(created);
      const changed = await request('PUT', path, { l2_remote_gateway: { ip_address: '198.51.100.8' } });
      expect(changed.body['l2_remote_gateway']).toMatchObject({
        name: 'paris',
        ipaddr: '198.51.100.8',
        revision_number: 2,
      });
      expect((await request('GET', 'l2-remote-gateways?name=paris')).body['l2_remote_gateways']).toHaveLength(1);
      expect(await request('DELETE', path)).toMatchObject({ status: 204 });
      expect(await request('GET', path)).toMatchObject(fault(404, 'L2RemoteGatewayNotFound', /could not be found/));
    });

    it.each(['ipaddr', 'ip_address', 'ip_addr'])('takes its address as %s', async (name) => {
      expect(of(await postGateway({ [name]: '198.51.100.9' }), 'l2_remote_gateway')['ipaddr']).toBe('198.51.100.9');
    });

    it.each([
      [{ ipaddr: '2001:db8::1' }, /not an IPv4 address; hardware VTEPs speak VXLAN over IPv4 only/],
      [{ ipaddr: 'paris' }, /Invalid input for ipaddr\. Reason: 'paris' is not a valid IP address/],
      [{ ipaddr: null }, /'None' is not a valid IP address/],
      [{ name: 'x' }, /Required attribute 'ipaddr' not specified/],
      [{ name: 'x'.repeat(300), ipaddr: '198.51.100.1' }, /exceeds maximum length of 255/],
      [{ ipaddr: '198.51.100.1', status: 'ACTIVE' }, /Attribute 'status' not allowed in POST/],
    ])('refuses %j with a text that says why', async (body, text) => {
      expect(await postGateway(body)).toMatchObject(fault(400, 'HTTPBadRequest', text));
    });

    it('may be called by its name on the base of the PLUMgrid specification', async () => {
      const created = of(await postGateway({ name: 'by-name', ipaddr: '198.51.100.3' }), 'l2_remote_gateway');
      expect(await cloud.api.get('/v2/l2-remote-gateways/by-name')).toMatchObject({
        l2_remote_gateway: { id: created['id'] },
      });
      expect(await request('GET', 'l2-remote-gateways/by-name')).toMatchObject({ status: 404 });
    });

    it('cannot go while a network is stretched to it', async () => {
      const id = await stretched();
      const { body } = await request('GET', `l2-remote-gateway-connections/${id}`);
      const remote = String((body['l2_remote_gateway_connection'] as Json)['remote_gateway_id']);
      expect(await request('DELETE', `l2-remote-gateways/${remote}`)).toMatchObject(
        fault(409, 'L2RemoteGatewayInUse', new RegExp(`remote gateway connection ${id}`)),
      );
      expect((await request('GET', `l2-remote-gateways/${remote}`)).body['l2_remote_gateway']).toMatchObject({
        status: 'BUILD',
        status_reason: expect.stringMatching(/^tor1: NOT_CONNECTED/) as string,
      });
    });
  });

  describe('A remote gateway connection', () => {
    it('has the VNI of the network unless it names another, and floods only if it is asked to', async () => {
      const { network, vni, gateway } = await connected();
      const body = { l2_gateway_id: gateway, network_id: network, remote_gateway_id: await remoteGateway() };
      expect(of(await postConnection(body), 'l2_remote_gateway_connection')).toMatchObject({
        ...body,
        segmentation_id: vni,
        seg_id: vni,
        flood: false,
        gateway,
        network,
        status: 'BUILD',
        status_reason: expect.stringMatching(/^tor1: NOT_CONNECTED/) as string,
      });
    });

    it('takes names for ids and the attributes of the prototype, as texts or null', async () => {
      const { names, gateway, network } = await connected();
      const id = await remoteGateway('rgw-by-name');
      const spelled = { gateway: names.gateway, network: names.network, remote_gateway: 'rgw-by-name' };
      const created = of(
        await postConnection({ ...spelled, seg_id: '9765', flood: 'True' }),
        'l2_remote_gateway_connection',
      );
      expect(created).toMatchObject({
        l2_gateway_id: gateway,
        network_id: network,
        remote_gateway_id: id,
        seg_id: 9765,
        flood: true,
      });
      await request('DELETE', `l2-remote-gateway-connections/${String(created['id'])}`);
      expect(await postConnection({ ...spelled, seg_id: null, flood: null })).toMatchObject({ status: 201 });
    });

    it('asks for an id where a name stands for several', async () => {
      const { gateway, network } = await connected();
      const ids = [await remoteGateway('twin'), await remoteGateway('twin')];
      const answer = await postConnection({ gateway, network, remote_gateway: 'twin' });
      expect(answer).toMatchObject(fault(409, 'NotUniqueMatch', new RegExp(ids.toSorted().join(', '))));
    });

    it('needs a network that is connected to the gateway, and keeps it connected', async () => {
      const { gateway, network, connection } = await connected();
      const remote = await remoteGateway();
      const other = await cloud.api.createNetwork();
      expect(await postConnection({ gateway, network: other.id, remote_gateway: remote })).toMatchObject(
        fault(
          409,
          'L2GatewayConnectionRequired',
          /is not connected to gateway .* create an l2-gateway-connection first/,
        ),
      );
      const id = String(
        of(await postConnection({ gateway, network, remote_gateway: remote }), 'l2_remote_gateway_connection')['id'],
      );
      const path = `l2-gateway-connections/${connection}`;
      expect(await request('DELETE', path)).toMatchObject(fault(409, 'L2GatewayConnectionInUse', new RegExp(id)));
      expect(await request('DELETE', `l2-remote-gateway-connections/${id}`)).toMatchObject({ status: 204 });
      expect(await request('DELETE', path)).toMatchObject({ status: 204 });
    });

    it('is the only one of its network, gateway and remote gateway, also when four are asked for at once', async () => {
      const { gateway, network } = await connected();
      const remote = await remoteGateway();
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => postConnection({ gateway, network, remote_gateway: remote })),
      );
      expect(answers.map((each) => each.status).sort()).toEqual([201, 409, 409, 409]);
      for (const answer of answers.filter((each) => each.status === 409)) {
        expect(answer).toMatchObject(fault(409, 'L2RemoteGatewayConnectionExists', /is stretched .* already/));
      }
    });

    it('does not lead two networks into one over there', async () => {
      const [first, second] = [await connected(), await connected()];
      const remote = await remoteGateway();
      expect(
        await postConnection({ gateway: first.gateway, network: first.network, remote_gateway: remote }),
      ).toMatchObject({ status: 201 });
      const body = { gateway: second.gateway, network: second.network, remote_gateway: remote, seg_id: first.vni };
      expect(await postConnection(body)).toMatchObject(
        fault(409, 'L2RemoteGatewaySegmentationIDInUse', new RegExp(`${first.network} is known`)),
      );
    });

    it.each([
      [{ seg_id: 0 }, /'0' is not an integer from 1 to 16777215/],
      [{ seg_id: 16777216 }, /is not an integer from 1 to 16777215/],
      [{ seg_id: 'x' }, /'x' is not an integer/],
      [{ flood: 'maybe' }, /'maybe' is neither True nor False/],
      [{ colour: 'red' }, /Unrecognized attribute\(s\) 'colour'/],
    ])('refuses %j', async (wrong, text) => {
      const { gateway, network } = await connected();
      const answer = await postConnection({ gateway, network, remote_gateway: await remoteGateway(), ...wrong });
      expect(answer).toMatchObject(fault(400, 'HTTPBadRequest', text));
    });

    it.each([
      ['gateway', 'L2GatewayNotFound'],
      ['network', 'NetworkNotFound'],
      ['remote_gateway', 'L2RemoteGatewayNotFound'],
    ])('says that its %s is not there', async (what, type) => {
      const { gateway, network } = await connected();
      const body = { gateway, network, remote_gateway: await remoteGateway() };
      for (const missing of ['no such thing', '591ffe08-f8f5-44c1-85c1-1026878f69bd', '']) {
        expect(await postConnection({ ...body, [what]: missing })).toMatchObject(
          fault(404, type, /could not be found/),
        );
      }
    });

    it('cannot be changed, is found by what it joins, and can be deleted by its remote gateway if that names exactly one', async () => {
      const id = await stretched();
      const path = `l2-remote-gateway-connections/${id}`;
      const row = (await request('GET', path)).body['l2_remote_gateway_connection'] as Json;
      expect(await request('PUT', path, { l2_remote_gateway_connection: {} })).toMatchObject({ status: 400 });
      for (const name of ['network_id', 'network', 'l2_gateway_id', 'gateway', 'remote_gateway_id', 'seg_id']) {
        const { body } = await request('GET', `l2-remote-gateway-connections?${name}=${String(row[name])}`);
        expect(body['l2_remote_gateway_connections']).toMatchObject([{ id }]);
      }
      expect((await request('GET', 'l2-remote-gateway-connections?name=x')).body).toEqual({
        l2_remote_gateway_connections: [],
      });
      const remote = String(row['remote_gateway_id']);
      expect(await request('DELETE', `l2-remote-gateway-connections/${remote}`)).toMatchObject({ status: 204 });
      expect(await request('GET', path)).toMatchObject(fault(404, 'L2RemoteGatewayConnectionNotFound', /could not/));
    });
  });

  describe('Remote MACs', () => {
    it.each([
      ['l2_remote_mac', { mac: mac(1), ipaddr: '192.0.2.1' }],
      ['remote-mac', { mac: '02-00-00-00-00-01', ip: '192.0.2.1' }],
      ['l2_remote_mac', { mac: `${mac(1)};192.0.2.1` }],
      ['l2_remote_mac', { mac: '0200.0000.0001', ip_addr: '192.0.2.1' }],
    ])('come one by one, as %s with %j', async (envelope, body) => {
      const connection = await stretched();
      const answer = await request('POST', 'l2-remote-macs', { [envelope]: { ...body, rgw_connection: connection } });
      const created = of(answer, 'l2_remote_mac');
      expect(created).toMatchObject({
        mac: mac(1),
        ipaddr: '192.0.2.1',
        ip_addr: '192.0.2.1',
        rgw_connection: connection,
        remote_gateway_connection_id: connection,
        origin: 'admin',
      });
      expect(created['uuid']).toBe(created['id']);
      const shown = await request('GET', `l2-remote-macs/${String(created['id'])}`);
      expect(shown.body['l2_remote_mac']).toMatchObject({ mac: mac(1) });
    });

    it('come in their thousands, in the order of the request, and are listed by connection, and deleted one by one', async () => {
      const [connection, other] = [await stretched(), await stretched()];
      const wanted = Array.from({ length: 1000 }, (_, n) => ({ mac: mac(n), ip: `10.${n >> 8}.${n & 255}.1` }));
      const answer = await request('POST', `l2-remote-macs?rgw_connection=${connection}`, { 'remote-macs': wanted });
      const created = (answer.body['l2_remote_macs'] as Json[]) ?? [];
      expect(created.map((each) => ({ mac: each['mac'], ip: each['ipaddr'] }))).toEqual(wanted);
      await postMacs([{ mac: mac(1) }], other);
      const list = async (query: string) => (await request('GET', `l2-remote-macs?${query}`)).body['l2_remote_macs'];
      expect(await list(`rgw_connection=${connection}`)).toHaveLength(1000);
      expect(await list(`remote_connection=${other}`)).toMatchObject([{ mac: mac(1), ipaddr: '' }]);
      expect(await request('DELETE', `l2-remote-macs/${String(created[7]?.['id'])}`)).toMatchObject({ status: 204 });
      expect(await list(`rgw_connection=${connection}`)).toHaveLength(999);
      expect(await list(`rgw_connection=${connection}&mac=${mac(7)}`)).toEqual([]);
    });

    it('are all refused if one is wrong, each with what is wrong with it', async () => {
      const connection = await stretched();
      const macs = [
        { mac: mac(1) },
        { mac: 'zz' },
        { mac: '01:00:5e:00:00:01' },
        { mac: mac(2), ip: '192.0.2.300' },
        { mac: mac(3), colour: 'red' },
        'text',
        {},
      ];
      const { status, body } = await postMacs(macs, connection);
      expect([status, body]).toMatchObject([
        400,
        {
          NeutronError: {
            message: '6 of 7 items cannot be created, so none was.',
            detail: expect.stringContaining(
              "item 1: Invalid input for mac. Reason: 'zz' is not a valid MAC address.",
            ) as string,
            items: [
              { index: 1 },
              { index: 2, message: expect.stringContaining('not the MAC address of a host') as string },
              { index: 3, message: expect.stringContaining("'192.0.2.300' is not a valid IP address") as string },
              { index: 4, message: "Unrecognized attribute(s) 'colour'" },
              { index: 5 },
              { index: 6, message: expect.stringContaining("Required attribute 'mac' not specified") as string },
            ],
          },
        },
      ]);
      expect((await request('GET', `l2-remote-macs?rgw_connection=${connection}`)).body).toEqual({
        l2_remote_macs: [],
      });
    });

    it('are all refused if one is there already, or twice in the request, or behind a connection that is not', async () => {
      const connection = await stretched();
      expect(await postMacs([{ mac: mac(5), ip: '192.0.2.5' }], connection)).toMatchObject({ status: 201 });
      const nowhere = '591ffe08-f8f5-44c1-85c1-1026878f69bd';
      for (const [macs, status, type, index] of [
        [[{ mac: mac(4) }, { mac: mac(5), ip: '192.0.2.5' }], 409, 'L2RemoteMacExists', 1],
        [[{ mac: mac(4) }, { mac: mac(6) }, { mac: mac(4).toUpperCase() }], 409, 'L2RemoteMacExists', 2],
        [[{ mac: mac(4) }, { mac: mac(6), rgw_connection: nowhere }], 404, 'L2RemoteGatewayConnectionNotFound', 1],
      ] as const) {
        const answer = await postMacs(macs, connection);
        expect(answer).toMatchObject({ status, body: { NeutronError: { type, items: [{ index }] } } });
      }
      const { body } = await request('GET', `l2-remote-macs?rgw_connection=${connection}`);
      expect(body['l2_remote_macs']).toHaveLength(1);
    });

    it('may have several IPs, each an entry of its own', async () => {
      const connection = await stretched();
      const both = [
        { mac: mac(5), ip: '192.0.2.5' },
        { mac: mac(5), ip: '2001:DB8::5' },
      ];
      const { body } = await postMacs(both, connection);
      expect(body['l2_remote_macs']).toMatchObject([{ ipaddr: '192.0.2.5' }, { ipaddr: '2001:db8::5' }]);
    });

    it.each([
      [{ l2_remote_macs: [] }, 'Resources required'],
      [{ l2_remote_macs: 'all' }, 'Resources required'],
      [{ macs: [] }, "Unable to find 'l2_remote_mac' in request body"],
      [{}, 'Resource body required'],
      [
        { l2_remote_mac: { mac: '02:00:00:00:00:01' } },
        "Failed to parse request. Required attribute 'rgw_connection' not specified",
      ],
      [
        { l2_remote_macs: Array.from({ length: 10_001 }, () => ({})) },
        '10001 remote MACs are more than the 10000 of one request: send them in several.',
      ],
    ])('are refused in a body that makes no sense', async (body, message) => {
      expect(await request('POST', 'l2-remote-macs', body)).toMatchObject({
        status: 400,
        body: { NeutronError: { type: 'HTTPBadRequest', message } },
      });
    });

    it('count against the project’s quota, a bulk as a whole', async () => {
      const connection = await stretched();
      await cloud.api.put('/v2.0/quotas/limited', { quota: { l2_remote_mac: 2 } });
      const bulk = (...numbers: number[]) =>
        postMacs(
          numbers.map((n) => ({ mac: mac(n), project_id: 'limited' })),
          connection,
        );
      expect(await bulk(1, 2, 3)).toMatchObject(fault(409, 'OverQuota', /l2_remote_mac/));
      expect(await bulk(1, 2)).toMatchObject({ status: 201 });
      expect(await bulk(3)).toMatchObject(fault(409, 'OverQuota', /l2_remote_mac/));
    });

    it('go with their connection', async () => {
      const connection = await stretched();
      const created = (await postMacs([{ mac: mac(9) }], connection)).body['l2_remote_macs'] as Json[];
      await request('DELETE', `l2-remote-gateway-connections/${connection}`);
      expect(await request('GET', `l2-remote-macs/${String(created[0]?.['id'])}`)).toMatchObject(
        fault(404, 'L2RemoteMacNotFound', /could not be found/),
      );
    });
  });
});
