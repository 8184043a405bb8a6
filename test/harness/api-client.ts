/** A REST client that says what it wants to see: any other status is an error with the answer in it. */

export type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly body: Json;
}

export class ApiClient {
  constructor(
    readonly url: string,
    private readonly token?: string,
  ) {}

  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(this.token === undefined ? {} : { 'X-Auth-Token': this.token }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Json) };
  }

  async get(path: string): Promise<Json> {
    return this.expect(200, 'GET', path);
  }

  async post(path: string, body: unknown): Promise<Json> {
    return this.expect(201, 'POST', path, body);
  }

  async put(path: string, body: unknown): Promise<Json> {
    return this.expect(200, 'PUT', path, body);
  }

  async delete(path: string): Promise<void> {
    await this.expect(204, 'DELETE', path);
  }

  /** `POST /v2.0/networks`; answers the network's id and VNI. */
  async createNetwork(attributes: Json = {}): Promise<{ readonly id: string; readonly vni: number }> {
    const { network } = (await this.post('/v2.0/networks', { network: attributes })) as { network: Json };
    return { id: String(network['id']), vni: Number(network['provider:segmentation_id']) };
  }

  async createPort(attributes: Json): Promise<string> {
    const { port } = (await this.post('/v2.0/ports', { port: attributes })) as { port: Json };
    return String(port['id']);
  }

  /** A compute host with the end point of its tunnels. */
  async registerHost(host: string, tunnelIp: string): Promise<string> {
    const configurations = { tunneling_ip: tunnelIp, tunnel_types: ['vxlan'] };
    const body = { host, agent_type: 'Open vSwitch agent', binary: 'neutron-openvswitch-agent', configurations };
    const { agent } = (await this.post('/v2.0/agents', { agent: body })) as { agent: Json };
    return String(agent['id']);
  }

  async createGateway(name: string, devices: readonly Json[]): Promise<string> {
    const { l2_gateway } = (await this.post('/v2.0/l2-gateways', { l2_gateway: { name, devices } })) as {
      l2_gateway: Json;
    };
    return String(l2_gateway['id']);
  }

  async connect(gateway: string, network: string, vlan?: number): Promise<string> {
    const body = {
      l2_gateway_id: gateway,
      network_id: network,
      ...(vlan === undefined ? {} : { segmentation_id: String(vlan) }),
    };
    const answer = (await this.post('/v2.0/l2-gateway-connections', { l2_gateway_connection: body })) as {
      l2_gateway_connection: Json;
    };
    return String(answer.l2_gateway_connection['id']);
  }

  /** Status and reason of a connection, in one text such as `ACTIVE` or `ERROR tor-1: CONFLICT …`. */
  async statusOf(connection: string): Promise<string> {
    const answer = (await this.get(`/v2.0/l2-gateway-connections/${connection}`)) as { l2_gateway_connection: Json };
    return `${String(answer.l2_gateway_connection['status'])} ${String(answer.l2_gateway_connection['status_reason'])}`.trim();
  }

  private async expect(status: number, method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await this.request(method, path, body);
    if (answer.status !== status) {
      throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
    }
    return answer.body;
  }
}
