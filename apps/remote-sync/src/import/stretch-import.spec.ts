import { type Bus, connectBus } from '@l2gw/bus';
import { parseMac, parseVtepIp } from '@l2gw/l2';
import { MemoryPushStore, PushReceiver, PushWriter } from '@l2gw/tables';
import { eventually } from '../../../../test/harness/eventually.js';
import { type NatsServer, startNatsServer } from '../../../../test/harness/nats-server.js';
import { peerRow, stretchRow } from '../../test/peer-rows.js';
import { SpokenRows } from '../../test/spoken-rows.js';
import { FLOOD_KEY, type StretchTableRow } from '../peers/stretch-rows.js';
import { PushedTable } from '../tables/pushes.js';
import { Ways } from '../ways/ways.js';
import { Room } from './room.js';
import { StretchImport } from './stretch-import.js';

const TABLE = 'import/a/c1';
const [ONE, TWO, OLD] = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:09'] as const;
const LIMITS = { macs: 10, ips: 4, total: 10 };
const TERMS = { peer: peerRow({ cloud: 'a', limits: LIMITS }), stretch: stretchRow({ connection: 'c1' }) };
const HERE = { kind: 'flood', vtep: [parseVtepIp('192.0.2.1')], flood: true } as const;
const ELSEWHERE = { ...HERE, vtep: ['192.0.2.9'] };

const macs = (...all: readonly string[]): Record<string, StretchTableRow> =>
  Object.fromEntries(
    all.map((mac) => [mac, { kind: 'mac', mac: { mac: parseMac(mac), sequence: 0, ips: [], kind: 'port' } }]),
  );

describe('What is accepted of a stretch whose table is still fetched', () => {
  let nats: NatsServer;
  let bus: Bus;
  let store: MemoryPushStore;
  let receiver: PushReceiver;
  let pushed: PushedTable;
  let ways: Ways;
  let said: SpokenRows<StretchTableRow>;

  beforeAll(async () => {
    nats = await startNatsServer();
    bus = await connectBus({ servers: [nats.url], client: 'remote-sync' });
  });

  afterAll(async () => {
    await bus.close();
    await nats.stop();
  });

  beforeEach(() => {
    store = new MemoryPushStore();
    store.issue(TABLE, 1);
    receiver = new PushReceiver({ bus, store, mayPush: () => true });
    receiver.start();
    pushed = new PushedTable(new PushWriter({ bus, client: 'remote-sync', table: TABLE }), () => 1);
    ways = new Ways(pushed);
    said = new SpokenRows();
    new StretchImport(TERMS, said, ways.enter('a', said), new Room(LIMITS));
  });

  afterEach(() => {
    pushed.stop();
    receiver.stop();
  });

  const told = (...all: readonly string[]): Promise<void> =>
    eventually(() => expect([...store.rowsOf(TABLE).keys()].sort()).toEqual(all));

  it('is told at once if the API has nothing of it, and counts when all of it is known', async () => {
    pushed.recalled(new Map());
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    await told(ONE);
    expect(ways.chosen).toBeUndefined();
    said.say(macs(TWO), { nowComplete: true });
    await told(ONE, TWO);
    expect([...(ways.chosen?.rows.keys() ?? [])]).toEqual([ONE, TWO]);
  });

  it('is taken back if it has gone before all is known', async () => {
    pushed.recalled(new Map());
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE, TWO) });
    await told(ONE, TWO);
    said.say({ [ONE]: undefined }, { nowComplete: true });
    await told(TWO);
  });

  it('waits if the API has something of it, for that may have to go', async () => {
    pushed.recalled(new Map([[OLD, undefined]]));
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    expect(pushed.isOpen).toBe(false);
    said.say(macs(TWO), { nowComplete: true });
    await told(ONE, TWO);
  });

  it('waits if what the API has is not known yet', async () => {
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    expect(pushed.isOpen).toBe(false);
    said.say(macs(TWO), { nowComplete: true });
    pushed.recalled(new Map());
    await told(ONE, TWO);
  });

  it('waits until it is known where the end of the peer is', async () => {
    pushed.recalled(new Map());
    said.say(macs(ONE));
    expect(pushed.isOpen).toBe(false);
    said.say({ [FLOOD_KEY]: ELSEWHERE, ...macs(TWO) }, { nowComplete: true });
    expect(ways.chosen?.rows.size).toBe(0);
    said.say({ [FLOOD_KEY]: HERE });
    await told(ONE, TWO);
  });

  it('waits if there is another way by which the cloud is heard', async () => {
    pushed.recalled(new Map());
    ways.enter('hub', said);
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    expect(pushed.isOpen).toBe(false);
    said.say(macs(TWO), { nowComplete: true });
    await told(ONE, TWO);
  });
});
