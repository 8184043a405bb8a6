import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { switchClientId, syncQuestion, syncRecall, syncReport } from '@l2gw/contracts';
import { parseIp } from '@l2gw/l2';
import Ajv2020 from 'ajv/dist/2020.js';
import { type NatsConnection, connect } from 'nats';
import type { Json } from '../harness/api-client.js';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';
import { type NatsServer, startNatsServer } from '../harness/nats-server.js';
import { closed } from './support/closed-schema.js';
import { SyncHand, createPeer, createRemoteGateway, stretchTo } from './support/shared-network.js';

interface Message {
  readonly payload: Json;
  readonly headers?: Json;
}

interface Document {
  readonly channels: Readonly<
    Record<string, { readonly address: string; readonly messages: Readonly<Record<string, Message>> }>
  >;
  readonly operations: Readonly<Record<string, { readonly action: string }>>;
  readonly components: Json;
}

interface Heard {
  readonly subject: string;
  readonly reply: string;
  readonly body: string;
}

const TOR = { name: 'tor-1', tunnelIps: ['10.0.0.1'], ports: ['Ethernet1'] };
const MAC = '02:00:00:00:00:01';

describe('The AsyncAPI document of the bus', () => {
  let nats: NatsServer;
  let cloud: Cloud;
  let spy: NatsConnection;
  let document: Document;
  const heard: Heard[] = [];

  beforeAll(async () => {
    nats = await startNatsServer({ config: 'http: "127.0.0.1:-1"\n' });
    spy = await connect({ servers: nats.url });
    spy.subscribe('>', {
      callback: (_, { subject, reply = '', data }) =>
        heard.push({ subject, reply, body: new TextDecoder().decode(data) }),
    });
    cloud = await startCloud({
      name: 'asyncapi',
      natsUrl: nats,
      replicas: 2,
      switches: [TOR],
      api: { L2GW_CLOUD_ID: 'north' },
    });
    document = (await cloud.api.get('/asyncapi.json')) as unknown as Document;
    await live(cloud);
  });
  afterAll(async () => {
    await spy?.close();
    await cloud?.stop();
  });

  /** The channels whose address the subject has; one that names it in full goes before those that it fits into. */
  const channelsOf = (subject: string) => {
    const fitting = Object.entries(document.channels).filter(([, { address }]) =>
      new RegExp(`^${address.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^.]+')}$`).test(subject),
    );
    const exact = fitting.filter(([, { address }]) => address === subject);
    return exact.length > 0 ? exact : fitting;
  };

  const validators = new Map<Json, (value: unknown) => unknown>();
  const faultsOf = (schema: Json, body: string): unknown => {
    const known = validators.get(schema);
    const validate = known ?? strict(schema, document.components);
    validators.set(schema, validate);
    return validate(body === '' ? '' : (JSON.parse(body) as unknown));
  };

  const requests = (name: string) =>
    Object.entries(document.channels[name]?.messages ?? {}).flatMap(([key, message]) =>
      key === 'answer' ? [] : [message],
    );

  /** Of all messages that a channel may have, the faults of the one that fits best. */
  const faultsAmong = (messages: readonly Message[], body: string) =>
    messages
      .map(({ payload }) => faultsOf(payload, body) as readonly unknown[])
      .reduce((best, each) => (each.length < best.length ? each : best));

  it('names every subject that the API listens to', async () => {
    const addresses = (actions: readonly string[]) =>
      Object.entries(document.channels)
        .filter(([name]) => actions.includes(document.operations[name]?.action ?? ''))
        .map(([, { address }]) => address.replaceAll(/\{\w+\}/g, '*'));
    const listens = new Set((await subscriptionsOf(nats, 'api')).filter((subject) => !subject.startsWith('_INBOX')));
    const pushes = 'l2gw.v1.up.*.>';
    expect(listens).toContain(pushes);
    listens.delete(pushes);
    const named = (actions: readonly string[]) =>
      new Set(addresses(actions).filter((address) => !address.startsWith('l2gw.v1.up.')));
    expect([...listens].filter((subject) => !named(['receive', 'send']).has(subject))).toEqual([]);
    expect([...named(['receive'])].filter((address) => !listens.has(address))).toEqual([]);
  });

  it('has exactly one channel for every message on a living bus, and the message is as it is described', async () => {
    const messages = heard.filter(({ subject }) => subject.startsWith('l2gw.'));
    for (const { subject, body } of messages) {
      const [found, ...others] = channelsOf(subject).map(([name]) => name);
      expect([subject, typeof found, others]).toEqual([subject, 'string', []]);
      expect([subject, body, faultsAmong(requests(found ?? ''), body)]).toEqual([subject, body, []]);
    }
  });

  /** Requests of which the answer was heard, too. */
  const answered = () => {
    const answers = new Map(heard.map(({ subject, body }) => [subject, body]));
    return heard.flatMap(({ subject, reply }) => {
      const answer = reply === '' ? undefined : answers.get(reply);
      const [[name, channel] = ['', undefined]] = channelsOf(subject);
      return answer === undefined || channel === undefined ? [] : [{ subject, name, channel, answer }];
    });
  };

  it('describes the answers as they are', async () => {
    await eventually(() =>
      expect(answered().map(({ name }) => name)).toEqual(
        expect.arrayContaining(
          ['req.open', 'req.check', 'req.since', 'req.digest', 'req.bucket', 'req.snapshot', 'up.report', 'up.learned']
            .concat(['rpc.network.create', 'rpc.network.list', 'rpc.gateway.show', 'rpc.forwarding.explain'])
            .concat(['ask.transactions', 'ask.diff', 'ask.statistics', 'ask.resync'])
            .concat(['ask.sync.refresh', 'ask.sync.rib-in']),
        ),
      ),
    );
    for (const { subject, channel, answer } of answered()) {
      const { payload = {} } = channel.messages['answer'] ?? {};
      expect([subject, answer, faultsOf(payload, answer)]).toEqual([subject, answer, []]);
    }
  });

  it('was held against something of every channel that is not an RPC', () => {
    const seen = new Set(heard.flatMap(({ subject }) => channelsOf(subject).map(([name]) => name)));
    const others = Object.keys(document.channels).filter((name) => !name.startsWith('rpc.'));
    expect(others.filter((name) => !seen.has(name))).toEqual([]);
    expect(others.length).toBeGreaterThan(10);
  });

  it('refuses messages that are not of the bus', () => {
    const [{ payload: beat = {} } = {}] = [document.channels['table.network']?.messages['beat']];
    const good = { kind: 'beat', epoch: 'e', revision: 1, digest: '0123456789abcdef' };
    expect(faultsOf(beat, JSON.stringify(good))).toEqual([]);
    for (const bad of [{ ...good, digest: 'x' }, { ...good, revision: '1' }, { ...good, more: 1 }, {}])
      expect(faultsOf(beat, JSON.stringify(bad))).not.toEqual([]);
    expect(channelsOf('l2gw.v1.rpc.network.explode')).toEqual([]);
  });

  /** Lets everything happen at least once that the document speaks of. */
  async function live(all: Cloud): Promise<void> {
    const { api } = all;
    await api.registerHost('host-1', '10.0.0.11');
    const { id } = await api.createNetwork({ name: 'blue' });
    const isThere = () => api.get(`/v2.0/l2-switches/${TOR.name}`) as Promise<{ l2_switch: { ports: unknown[] } }>;
    await eventually(async () => expect((await isThere()).l2_switch.ports).toHaveLength(1));
    const interfaces = [{ name: 'Ethernet1' }];
    const gateway = await api.createGateway('g', [{ device_name: TOR.name, interfaces }]);
    const connection = await api.connect(gateway, id, 100);
    await api.get(`/v2.0/l2-gateway-connections/${connection}?wait=ACTIVE`);
    // One of the two replicas has the compiler; the other one calls it over the bus.
    for (const [replica, mac_address] of [MAC, '02:00:00:00:00:04'].entries())
      await all.clientOf(replica).createPort({ network_id: id, mac_address, 'binding:host_id': 'host-1' });
    await all.tor(TOR.name).learn(id, '02:00:00:00:00:02', '192.0.2.2');
    const heardOf = (subject: RegExp, body: RegExp) =>
      eventually(() => expect(heard.some((each) => subject.test(each.subject) && body.test(each.body))).toBe(true));
    await heardOf(/\.up\..*\.learned\./, /"put|"apply"/);
    await heardOf(/\.event\.mac$/, /02:00:00:00:00:02/);
    await heardOf(/\.table\.network\./, /"beat"/);
    await heardOf(/\.life\.sw-/, /^$/);
    await share(all, id, gateway);
    await ask(id, gateway);
  }

  /** As remote-sync shares the network with another cloud. */
  async function share(all: Cloud, network: string, gateway: string): Promise<void> {
    const remote = await createRemoteGateway(all);
    const peer = await createPeer(all, 'south', { remote_gateways: [remote] });
    const hand = await SyncHand.connect(nats.url);
    await hand.open();
    await hand.ask({ instance: 'another' });
    const stretch = await stretchTo(all, network, gateway, remote);
    await eventually(() => expect(hand.sync.get(`stretch/${stretch}`)).toBeDefined());
    const exported = hand.followExport(network);
    await eventually(() => expect(exported.get(MAC)).toBeDefined());
    await hand.says('south', stretch, '02:00:00:00:00:03', { ips: [parseIp('192.0.2.3')] });
    hand.report.put(`peer/${peer}`, { state: 'live', epoch: 1, since: new Date().toISOString() });
    hand.report.put(`stretch/${stretch}`, { state: 'live', accepted: 1, refused: { policy: 1 } });
    await hand.report.settled();
    await hand.bus.request(syncRecall.subject, JSON.stringify({ table: syncReport.table }), { timeoutMs: 5000 });
    const answers = { refresh: REFRESHED, 'rib-in': { rows: [], more: false } };
    hand.bus.serve(syncQuestion.served, 'sync', async ({ subject }) => {
      const question = syncQuestion.questionIn(subject) ?? 'refresh';
      return { body: syncQuestion.encodeReply({ answer: answers[question] }) };
    });
    await hand.bus.flush();
    expect((await all.api.request('POST', `/v2.0/l2-sync-peers/${peer}/refresh`)).status).toBe(200);
    await all.api.get(`/v2.0/l2-sync-peers/${peer}/rib-in?mac=${MAC}`);
    await hand.close();
  }

  /** As the agent of the switch would ask about its tables, and as a client asks over the bus. */
  async function ask(id: string, gateway: string): Promise<void> {
    const table = `network/${id}`;
    const request = (subject: string, body: object) => spy.request(subject, JSON.stringify(body), { timeout: 20_000 });
    const questions = {
      check: { tables: [{ table, epoch: '', revision: -1, digest: '0000000000000000' }] },
      since: { table, revision: 0 },
      digest: { table },
      bucket: { table, bucket: 0 },
      snapshot: { table },
    };
    for (const [verb, body] of Object.entries(questions))
      await request(`l2gw.v1.req.${switchClientId(TOR.name)}.${verb}`, body);
    await request(`l2gw.v1.req.${switchClientId(TOR.name)}.since`, { table: 'network/nope', revision: 0 });
    for (const question of ['transactions', 'diff', 'statistics'])
      await request(`l2gw.v1.rpc.switch.${question}`, { id: TOR.name });
    await request('l2gw.v1.rpc.switch.resync', { id: TOR.name });
    await request('l2gw.v1.rpc.network.create', { body: { network: { name: 'by bus' } } });
    await request('l2gw.v1.rpc.network.list', { query: 'limit=1' });
    await request('l2gw.v1.rpc.gateway.show', { id: gateway });
    await request('l2gw.v1.rpc.gateway.show', { id: 'nope' });
    await request('l2gw.v1.rpc.forwarding.explain', { query: `mac=${MAC}&network=${id}` });
  }
});

const REFRESHED = { answered: true, settled: true, compared: 0, differing: 0, stretches: [] };

/** What is wrong with a value of which nothing may be there that the schema does not name. */
function strict(schema: Json, components: Json): (value: unknown) => readonly unknown[] {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile({ ...(closed(schema) as Json), components: closed(components) });
  return (value) => (validate(value) ? [] : (validate.errors ?? []));
}

/** The subjects that clients of this name listen to. */
async function subscriptionsOf(nats: NatsServer, client: string): Promise<readonly string[]> {
  const file = readdirSync(nats.dir).find((each) => each.endsWith('.ports')) ?? '';
  const { monitoring } = JSON.parse(readFileSync(join(nats.dir, file), 'utf8')) as { monitoring: string[] };
  const answer = (await (await fetch(`${monitoring[0]}/connz?subs=1`)).json()) as {
    connections: { name?: string; subscriptions_list?: string[] }[];
  };
  return answer.connections.flatMap((each) => (each.name === client ? (each.subscriptions_list ?? []) : []));
}
