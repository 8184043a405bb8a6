/** A network that is stretched to a remote gateway and back, again and again. */
import type { ApiClient, Json } from '../../test/harness/api-client.js';
import { eventually } from '../../test/harness/eventually.js';

/** A network, connected to a gateway of a switch that nobody serves. */
export async function stretchNetwork(api: ApiClient): Promise<Stretch> {
  await api.put('/v2.0/l2-switches/tor-1', { l2_switch: {} });
  const { id: network_id } = await api.createNetwork();
  const devices = [{ device_name: 'tor-1', interfaces: [{ name: 'Ethernet1', segmentation_id: [100] }] }];
  const l2_gateway_id = await api.createGateway('stretched', devices);
  await api.connect(l2_gateway_id, network_id);
  const remote = { l2_remote_gateway: { name: 'remote', ipaddr: '198.51.100.1' } };
  const { l2_remote_gateway } = (await api.post('/v2.0/l2-remote-gateways', remote)) as { l2_remote_gateway: Json };
  return new Stretch(api, { l2_gateway_id, network_id, remote_gateway_id: l2_remote_gateway['id'] });
}

export class Stretch {
  constructor(
    private readonly api: ApiClient,
    private readonly body: Json,
  ) {}

  /** Answers the id of the remote gateway connection. */
  async begin(): Promise<string> {
    const { l2_remote_gateway_connection: connection } = (await this.api.post('/v2.0/l2-remote-gateway-connections', {
      l2_remote_gateway_connection: this.body,
    })) as { l2_remote_gateway_connection: Json };
    return String(connection['id']);
  }

  /** Resolves when so many remote MACs are in use. */
  async settled(count: number): Promise<void> {
    await eventually(
      async () => {
        const { l2_remote_macs } = await this.api.get('/v2.0/l2-remote-macs?state=active&fields=id');
        if ((l2_remote_macs as unknown[]).length !== count) throw new Error('remote MACs are pending');
      },
      { timeoutMs: 60_000 },
    );
  }

  /** Removes the remote gateway connection with the MACs behind it. */
  async end(id: string): Promise<void> {
    await this.api.delete(`/v2.0/l2-remote-gateway-connections/${id}`);
  }
}
