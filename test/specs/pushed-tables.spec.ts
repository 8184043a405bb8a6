import { connectBus } from '@l2gw/bus';
import { learnedTable, openSession, switchClientId } from '@l2gw/contracts';
import { parseMac } from '@l2gw/l2';
import { PushWriter } from '@l2gw/tables';
import { type Cloud, startCloud } from '../harness/cloud.js';
import { eventually } from '../harness/eventually.js';

const NETWORK = '591ffe08-f8f5-44c1-85c1-1026878f69bd';
const SWITCH = 'tor-1';
const client = switchClientId(SWITCH);

type Bus = Awaited<ReturnType<typeof connectBus>>;

describe('What an agent pushes', () => {
  let cloud: Cloud;
  let bus: Bus;
  beforeAll(async () => {
    cloud = await startCloud({ name: 'pushed tables', replicas: 2 });
    bus = await connectBus({ servers: [cloud.natsUrl], client });
  });
  afterAll(async () => {
    await bus?.close();
    await cloud?.stop();
  });

  const open = async (): Promise<number> => {
    const answer = await bus.request(openSession.subject(client), JSON.stringify({ switchName: SWITCH }), {
      timeoutMs: 5000,
    });
    return openSession.decodeReply(JSON.parse(answer.body)).epoch;
  };
  const writer = (onFenced?: (epoch: number) => void) =>
    new PushWriter({ bus, client, table: learnedTable.table(client), ...(onFenced === undefined ? {} : { onFenced }) });
  const mac = (n: number) => parseMac(`0200000000${n.toString(16).padStart(2, '0')}`);
  const put = (to: PushWriter, n: number) =>
    to.put(learnedTable.key(NETWORK, mac(n), `row-${n}`), { logicalSwitch: NETWORK, mac: mac(n), ip: `192.0.2.${n}` });
  const listed = async () =>
    ((await cloud.api.get(`/v2.0/l2-switches/${SWITCH}/macs`))['macs'] as { mac: string; ip_address: string }[]).map(
      (each) => each.mac,
    );

  it('makes its switch known, and arrives whichever replica takes it', async () => {
    const pusher = writer();
    for (let n = 1; n <= 100; n += 1) put(pusher, n);
    pusher.open(await open());
    await pusher.settled();
    expect(await listed()).toHaveLength(100);
    for (let n = 1; n <= 100; n += 3) pusher.drop(learnedTable.key(NETWORK, mac(n), `row-${n}`));
    await pusher.settled();
    expect(await listed()).toHaveLength(66);
    pusher.stop();
  });

  it('replaces what a predecessor has left, without keeping anything of it', async () => {
    const successor = writer();
    put(successor, 1);
    put(successor, 2);
    successor.open(await open());
    await successor.settled();
    expect(await listed()).toEqual([mac(1), mac(2)]);
    successor.stop();
  });

  it('is refused once somebody else has been given a higher epoch', async () => {
    let fencedBy: number | undefined;
    const predecessor = writer((epoch) => (fencedBy = epoch));
    put(predecessor, 1);
    predecessor.open(await open());
    await predecessor.settled();
    const epoch = await open();
    put(predecessor, 9);
    await eventually(() => expect(fencedBy).toBe(epoch));
    expect(await listed()).not.toContain(mac(9));
    predecessor.stop();
  });

  it('is kept even where nobody understands it, and says nothing then', async () => {
    const strange = writer();
    strange.put('no/key/of-ours', { logicalSwitch: 5 });
    put(strange, 3);
    strange.open(await open());
    await strange.settled();
    expect(await listed()).toEqual([mac(3)]);
    strange.stop();
  });

  it('cannot be of another switch', async () => {
    const other = switchClientId('tor-2');
    const attempt = bus.request(openSession.subject(client), JSON.stringify({ switchName: 'tor-2' }), {
      timeoutMs: 1000,
    });
    await expect(attempt).rejects.toThrow();
    expect((await cloud.api.request('GET', '/v2.0/l2-switches/tor-2')).status).toBe(404);
    expect(other).not.toBe(client);
  });
});
