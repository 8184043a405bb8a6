import { assertLock, dialPlain, NotOwner, parseEndpoint, Session } from '@l2gw/ovsdb';
import { eventually } from '../harness/eventually.js';
import { type OvsdbServer, startOvsdbServer } from '../harness/ovsdb-server.js';
import { Clients, next } from './ovsdb-world.js';

const LOCK = 'l2gw_agent';

describe('The lock of a connection', () => {
  const clients = new Clients();
  let server: OvsdbServer;

  beforeAll(async () => {
    server = await startOvsdbServer();
  });

  afterEach(() => clients.stop());
  afterAll(() => server.stop());

  it('belongs to the first, and to the next when the first is gone', async () => {
    const first = await clients.connect(server.tcpEndpoint, { lock: LOCK });
    const second = await clients.connect(server.tcpEndpoint, { lock: LOCK });
    expect([first.hasLock, second.hasLock]).toEqual([true, false]);
    await first.transact([assertLock(LOCK)]);
    await expect(second.transact([assertLock(LOCK)])).rejects.toBeInstanceOf(NotOwner);

    const taken = next(second.onLock.bind(second));
    await first.stop();
    expect(await taken).toBe(true);
    expect([first.hasLock, second.hasLock]).toEqual([false, true]);
    await second.transact([assertLock(LOCK)]);
  });

  it('can be stolen, and comes back when the thief leaves', async () => {
    const owner = await clients.connect(server.tcpEndpoint, { lock: LOCK });
    const thief = new Session(await dialPlain(parseEndpoint(server.tcpEndpoint), { timeoutMs: 5000 }));
    const lost = next(owner.onLock.bind(owner));
    await thief.request('steal', [LOCK]);
    expect(await lost).toBe(false);
    await expect(owner.transact([assertLock(LOCK)])).rejects.toBeInstanceOf(NotOwner);
    thief.close();
    await eventually(() => expect(owner.hasLock).toBe(true));
  });

  it('is told once to its owner, whoever stops waiting for it', async () => {
    const owner = await clients.connect(server.tcpEndpoint, { lock: LOCK });
    const told: boolean[] = [];
    owner.onLock((held) => told.push(held));
    const waiter = await clients.connect(server.tcpEndpoint, { lock: LOCK });
    await waiter.stop();
    await owner.transact([assertLock(LOCK)]);
    expect(told).toEqual([]);
  });

  it('is asked for again in the next session', async () => {
    const owner = await clients.connect(server.tcpEndpoint, { lock: LOCK });
    const told: boolean[] = [];
    owner.onLock((held) => told.push(held));
    await server.restart();
    await eventually(() => expect(told).toEqual([false, true]));
  });
});
