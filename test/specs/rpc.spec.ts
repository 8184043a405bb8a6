import { type Bus, BusError, connectBus } from '@l2gw/bus';
import { type Cloud, startCloud } from '../harness/cloud.js';

describe('The API over the bus', () => {
  let cloud: Cloud;
  let bus: Bus;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'rpc', replicas: 2 });
    bus = await connectBus({ servers: [cloud.natsUrl], client: 'spec' });
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  const call = async (pattern: string, request?: object) => {
    const text = request === undefined ? '' : JSON.stringify(request);
    const answer = await bus.request(`l2gw.v1.rpc.${pattern}`, text, { timeoutMs: 5000 });
    return {
      status: Number(answer.headers['L2gw-Status']),
      body: answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown),
    };
  };

  it('does what REST does, and REST sees it', async () => {
    const answer = await call('network.create', { body: { network: { name: 'by bus' } } });
    expect(answer).toMatchObject({
      status: 200,
      body: { network: { name: 'by bus', 'provider:network_type': 'vxlan' } },
    });
    const { network } = answer.body as { network: { id: string } };
    expect(await cloud.api.get(`/v2.0/networks/${network.id}`)).toEqual(answer.body);
    expect(await call('network.show', { id: network.id })).toEqual({ status: 200, body: answer.body });
    expect(await call('network.list', { query: 'name=by+bus&fields=id' })).toEqual({
      status: 200,
      body: { networks: [{ id: network.id }] },
    });
    expect(await call('network.delete', { id: network.id })).toMatchObject({ status: 200 });
    expect((await cloud.api.request('GET', `/v2.0/networks/${network.id}`)).status).toBe(404);
  });

  it('takes a request without arguments', async () => {
    expect(await call('gateway.list')).toMatchObject({ status: 200, body: { l2_gateways: [] } });
  });

  it('answers faults as REST does', async () => {
    expect(await call('gateway.show', { id: 'nope' })).toEqual({
      status: 404,
      body: { NeutronError: { type: 'L2GatewayNotFound', message: 'L2 Gateway nope could not be found', detail: '' } },
    });
    expect(await call('gateway.create', { body: {} })).toMatchObject({
      status: 400,
      body: { NeutronError: { message: 'Resource body required' } },
    });
    const garbage = await bus.request('l2gw.v1.rpc.gateway.list', 'not json', { timeoutMs: 5000 });
    expect(garbage.headers['L2gw-Status']).toBe('400');
  });

  it('answers each request once, whichever replica takes it', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, n) => call('network.create', { body: { network: { name: `n${n}` } } })),
    );
    const { body } = await call('network.list');
    expect((body as { networks: unknown[] }).networks).toHaveLength(40);
  });

  it('has no subject for what it cannot do', async () => {
    await expect(call('network.explode')).rejects.toThrow(BusError);
  });
});
