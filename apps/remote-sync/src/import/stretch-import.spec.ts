import type { PeerRow, StretchRow } from '@l2gw/contracts';
import { parseMac, parseVtepIp } from '@l2gw/l2';
import { MemoryPushStore, PushReceiver, PushWriter } from '@l2gw/tables';
import { chanceFrom } from '../../../../libs/tables/test/chance.js';
import { ModelBus } from '../../../../libs/tables/test/model-bus.js';
import { VirtualClock } from '../../../../libs/tables/test/virtual-clock.js';
import { SpokenRows } from '../../test/spoken-rows.js';
import { FLOOD_KEY, type StretchTableRow } from '../peers/stretch-rows.js';
import { PushedTable } from '../tables/pushes.js';
import { Ways } from '../ways/ways.js';
import { Room } from './room.js';
import { StretchImport } from './stretch-import.js';

const TABLE = 'import/a/c1';
const [ONE, TWO, OLD] = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:09'] as const;
const LIMITS = { macs: 10, ips: 4, total: 10 };
const STRETCH = { connection: 'c1', vtep: '192.0.2.1', subnets: [], routerMacs: [], flood: true };
const PEER = { cloud: 'a', limits: LIMITS, importRules: [] };
const TERMS = { peer: PEER as unknown as PeerRow, stretch: STRETCH as unknown as StretchRow };
const HERE = { kind: 'flood', vtep: [parseVtepIp('192.0.2.1')], flood: true } as const;
const ELSEWHERE = { ...HERE, vtep: ['192.0.2.9'] };

const macs = (...all: readonly string[]): Record<string, StretchTableRow> =>
  Object.fromEntries(
    all.map((mac) => [mac, { kind: 'mac', mac: { mac: parseMac(mac), sequence: 0, ips: [], kind: 'port' } }]),
  );

describe('What is accepted of a stretch whose table is still fetched', () => {
  let clock: VirtualClock;
  let store: MemoryPushStore;
  let pushed: PushedTable;
  let ways: Ways;
  let said: SpokenRows<StretchTableRow>;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryPushStore();
    store.issue(TABLE, 1);
    const random = chanceFrom(1);
    const net = new ModelBus(clock, random);
    new PushReceiver({ bus: net.client(), store, mayPush: async () => true, random }).start();
    const writer = new PushWriter({ bus: net.client(), client: 'remote-sync', table: TABLE, clock, random });
    pushed = new PushedTable(writer, () => 1);
    ways = new Ways(pushed);
    said = new SpokenRows();
    new StretchImport(TERMS, said, ways.enter('a', said), new Room(LIMITS));
  });

  const told = async (): Promise<readonly string[]> => {
    await clock.pass(1000);
    return [...store.rowsOf(TABLE).keys()].sort();
  };

  it('is told at once if the API has nothing of it, and counts when all of it is known', async () => {
    pushed.recalled(new Map());
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    expect(await told()).toEqual([ONE]);
    expect(ways.chosen).toBeUndefined();
    said.say(macs(TWO), { nowComplete: true });
    expect(await told()).toEqual([ONE, TWO]);
    expect([...(ways.chosen?.rows.keys() ?? [])]).toEqual([ONE, TWO]);
  });

  it('is taken back if it has gone before all is known', async () => {
    pushed.recalled(new Map());
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE, TWO) });
    expect(await told()).toEqual([ONE, TWO]);
    said.say({ [ONE]: undefined }, { nowComplete: true });
    expect(await told()).toEqual([TWO]);
  });

  it('waits if the API has something of it, for that may have to go', async () => {
    pushed.recalled(new Map([[OLD, undefined]]));
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    expect(await told()).toEqual([]);
    said.say(macs(TWO), { nowComplete: true });
    expect(await told()).toEqual([ONE, TWO]);
  });

  it('waits if what the API has is not known yet', async () => {
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    expect(await told()).toEqual([]);
    said.say(macs(TWO), { nowComplete: true });
    pushed.recalled(new Map());
    expect(await told()).toEqual([ONE, TWO]);
  });

  it('waits until it is known where the end of the peer is', async () => {
    pushed.recalled(new Map());
    said.say(macs(ONE));
    expect(await told()).toEqual([]);
    said.say({ [FLOOD_KEY]: ELSEWHERE, ...macs(TWO) }, { nowComplete: true });
    expect(await told()).toEqual([]);
    said.say({ [FLOOD_KEY]: HERE });
    expect(await told()).toEqual([ONE, TWO]);
  });

  it('waits if there is another way by which the cloud is heard', async () => {
    pushed.recalled(new Map());
    ways.enter('hub', said);
    said.say({ [FLOOD_KEY]: HERE, ...macs(ONE) });
    expect(await told()).toEqual([]);
    said.say(macs(TWO), { nowComplete: true });
    expect(await told()).toEqual([ONE, TWO]);
  });
});
