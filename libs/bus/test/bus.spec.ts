import { eventually } from '../../../test/harness/eventually.js';
import { type NatsServer, startNatsServer } from '../../../test/harness/nats-server.js';
import { type Bus, BusError, connectBus, openBus } from '../src/index.js';
import type { BusOptions } from '../src/index.js';

describe('The bus', () => {
  let nats: NatsServer;
  let buses: Bus[] = [];
  const errors: unknown[] = [];

  async function connected(options: Partial<BusOptions> = {}): Promise<Bus> {
    const bus = await connectBus({
      servers: [nats.url],
      client: 'c1',
      reconnectMs: 20,
      onError: (error) => errors.push(error),
      ...options,
    });
    buses.push(bus);
    return bus;
  }

  beforeEach(async () => {
    nats = await startNatsServer();
    errors.length = 0;
  });

  afterEach(async () => {
    for (const bus of buses) await bus.close();
    buses = [];
    await nats.stop();
  });

  it('carries texts of any script, with their headers', async () => {
    const bus = await connected();
    const heard: unknown[] = [];
    bus.subscribe('a.*', (message) => heard.push(message));
    bus.publish('a.b', 'grüße 🌍', { token: 'x' });
    await bus.flush();
    expect(heard).toEqual([{ subject: 'a.b', body: 'grüße 🌍', headers: { token: 'x' } }]);
  });

  it('lets one of a group answer', async () => {
    const [asking, ...serving] = [
      await connected(),
      await connected({ client: 's1' }),
      await connected({ client: 's2' }),
    ];
    for (const bus of serving)
      bus.serve('q', 'group', async ({ body }) => ({ body: `${body}!`, headers: { by: 's' } }));
    for (const bus of serving) await bus.flush();
    expect(await asking.request('q', 'hi', { timeoutMs: 10_000 })).toMatchObject({ body: 'hi!', headers: { by: 's' } });
  });

  it('answers under the inbox of the client', async () => {
    const bus = await connected();
    const inboxes: string[] = [];
    (await connected({ client: 'spy' })).subscribe('_INBOX_c1.>', ({ subject }) => inboxes.push(subject));
    await buses[1]?.flush();
    bus.serve('q', 'g', async () => ({ body: '' }));
    await bus.request('q', '', { timeoutMs: 10_000 });
    await eventually(() => expect(inboxes).toHaveLength(1));
  });

  it('says why there is no answer', async () => {
    const bus = await connected();
    bus.subscribe('mute', () => undefined);
    await expect(bus.request('nobody', '', { timeoutMs: 10_000 })).rejects.toMatchObject({
      code: 'NO_RESPONDER',
      subject: 'nobody',
    });
    await expect(bus.request('mute', '', { timeoutMs: 50 })).rejects.toMatchObject({ code: 'TIMED_OUT' });
    await expect(bus.request('mute', 'x'.repeat(2_000_000), { timeoutMs: 50 })).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });

  it('reports a handler that fails and goes on', async () => {
    const bus = await connected();
    bus.serve('q', 'g', async ({ body }) => {
      if (body === 'bad') throw new Error('no');
      return { body: 'fine' };
    });
    bus.subscribe('s', () => {
      throw new Error('neither');
    });
    bus.publish('s', '');
    await expect(bus.request('q', 'bad', { timeoutMs: 50 })).rejects.toBeInstanceOf(BusError);
    expect((await bus.request('q', 'good', { timeoutMs: 10_000 })).body).toBe('fine');
    expect(errors).toEqual([new Error('neither'), new Error('no')]);
  });

  it('drops what is published while there is no connection, and comes back with its subscriptions', async () => {
    const bus = await connected();
    const heard: string[] = [];
    const states: boolean[] = [];
    bus.subscribe('a', ({ body }) => heard.push(body));
    bus.subscribe('mute', () => undefined);
    const back = new Promise<void>((resolve) => {
      bus.onStatus((up) => {
        states.push(up);
        if (!up) return;
        bus.publish('a', 'at once');
        resolve();
      });
    });
    const asked = bus.request('mute', '', { timeoutMs: 60_000 });
    asked.catch(() => undefined);
    await bus.flush();
    await nats.kill();
    await expect(asked).rejects.toMatchObject({ code: 'DISCONNECTED' });
    expect(bus.connected).toBe(false);
    bus.publish('a', 'lost');
    await expect(bus.request('a', '', { timeoutMs: 10_000 })).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await expect(bus.flush()).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await nats.restart();
    await back;
    await eventually(() => expect(heard).toEqual(['at once']));
    expect(states).toEqual([false, true]);
  });

  it('waits for its first server and says what it waits for', async () => {
    await nats.kill();
    const waiting = connected();
    await eventually(() => expect(errors[0]).toMatchObject({ code: 'DISCONNECTED' }));
    await nats.restart();
    expect((await waiting).connected).toBe(true);
  });

  it('can be there before its server: it drops and refuses until it comes, and then hears everything that was asked for', async () => {
    await nats.kill();
    const bus = openBus({ servers: [nats.url], client: 'c1', reconnectMs: 20, onError: (error) => errors.push(error) });
    buses.push(bus);
    const [heard, statuses]: [string[], boolean[]] = [[], []];
    bus.onStatus((status) => statuses.push(status));
    bus.subscribe('a', ({ body }) => heard.push(body));
    bus.subscribe('a', () => heard.push('stopped')).stop();
    bus.serve('q', 'g', async () => ({ body: 'answer' }));
    bus.publish('a', 'lost');
    await expect(bus.request('q', '', { timeoutMs: 100 })).rejects.toMatchObject({ code: 'DISCONNECTED' });
    await expect(bus.flush()).rejects.toMatchObject({ code: 'DISCONNECTED' });
    expect(bus.connected).toBe(false);
    await eventually(() => expect(errors).not.toEqual([]));
    await nats.restart();
    await eventually(() => expect(statuses).toEqual([true]));
    bus.publish('a', 'arrived');
    expect((await bus.request('q', '', { timeoutMs: 10_000 })).body).toBe('answer');
    await eventually(() => expect(heard).toEqual(['arrived']));
    await nats.restart();
    await eventually(() => expect(statuses).toEqual([true, false, true]));
  });

  it('can be closed before its server ever came', async () => {
    await nats.kill();
    const bus = openBus({ servers: [nats.url], client: 'c1', reconnectMs: 20, onError: (error) => errors.push(error) });
    await eventually(() => expect(errors).not.toEqual([]));
    await bus.close();
    const said = errors.length;
    await nats.restart();
    expect(bus.connected).toBe(false);
    expect(errors).toHaveLength(said);
  });

  it('can be told not to wait', async () => {
    await nats.kill();
    await expect(connected({ firstConnect: 'fail' })).rejects.toMatchObject({ code: 'DISCONNECTED' });
    const stop = new AbortController();
    const waiting = connected({ signal: stop.signal });
    stop.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    await nats.restart();
  });
});

describe('A bus whose server allows little', () => {
  const config = `authorization { users = [
    { user: agent, password: secret, permissions: { publish: ["mine.>", "_INBOX_c1.>"], subscribe: ["mine.>", "_INBOX_c1.>"] } }
  ] }`;

  it('reports what is refused and rejects what is asked', async () => {
    const nats = await startNatsServer({ config });
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const credentials = { user: 'agent', password: 'secret' };
    const bus = await connectBus({ servers: [nats.url], client: 'c1', ...credentials, onError });
    bus.publish('yours.a', '');
    await eventually(() => expect(errors).toMatchObject([{ code: 'REFUSED', subject: 'publish to yours.a' }]));
    bus.subscribe('yours.b', () => undefined);
    await eventually(() => expect(errors[1]).toMatchObject({ code: 'REFUSED', subject: 'subscription to yours.b' }));
    await expect(bus.request('yours.c', '', { timeoutMs: 5000 })).rejects.toMatchObject({ code: 'REFUSED' });
    const wrong = {
      servers: [nats.url],
      client: 'c1',
      user: 'agent',
      password: 'guess',
      firstConnect: 'fail' as const,
    };
    const refusal: unknown = await connectBus(wrong).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'REFUSED' });
    expect(String(refusal)).not.toContain('guess');
    await bus.close();
    await nats.stop();
  });
});
