import { Disconnected, PeerClosed, QueueFull, RequestAborted, RequestTimeout, RpcError } from './errors.js';
import type { Json } from './json.js';
import { meet } from './testing/scripted-peer.js';

describe('A session', () => {
  it('matches replies to requests by their id, in whatever order they come', async () => {
    const { session, peer } = meet();
    const both = Promise.all([session.request('a', [1]), session.request('b', [])]);
    const [first, second] = [await peer.hears(), await peer.hears()];
    expect(first).toMatchObject({ method: 'a', params: [1] });
    peer.say({ id: second['id'] ?? null, result: 'for b', error: null });
    peer.say({ id: first['id'] ?? null, result: 'for a', error: null });
    expect(await both).toEqual(['for a', 'for b']);
  });

  it('rejects with the words of the server', async () => {
    const { session, peer } = meet();
    const request = session.request('a', []);
    peer.say({
      id: (await peer.hears())['id'] ?? null,
      result: null,
      error: { error: 'syntax error', details: 'why' },
    });
    await expect(request).rejects.toMatchObject({ name: RpcError.name, error: 'syntax error', details: 'why' });
  });

  it('answers an echo at once, with the same params and id, and nothing that was not asked', async () => {
    const { session, peer } = meet();
    peer.say({ id: 'echo', method: 'echo', params: ['x', { y: 1 }] });
    peer.say({ id: null, method: 'something_new', params: [] });
    peer.say({ id: 99, result: {}, error: null });
    expect(await peer.hears()).toEqual({ id: 'echo', result: ['x', { y: 1 }], error: null });
    void session.request('a', []).catch(() => undefined);
    expect(await peer.hears()).toMatchObject({ method: 'a' });
    expect(peer.unheard).toBe(0);
  });

  it('hands notifications over in order', async () => {
    const { session, peer } = meet();
    const heard: Json[] = [];
    const enough = new Promise<void>((resolve) =>
      session.onNotification((_, [n = null]) => heard.push(n) === 3 && resolve()),
    );
    [1, 2, 3].forEach((n) => peer.say({ id: null, method: 'update', params: [n] }));
    await enough;
    expect(heard).toEqual([1, 2, 3]);
  });

  it('keeps a bounded number of requests unanswered, and a bounded number waiting', async () => {
    const { session, peer } = meet({ maxInFlight: 2, maxQueued: 1 });
    const three = ['a', 'b', 'c'].map((method) => session.request(method, []));
    await expect(session.request('d', [])).rejects.toBeInstanceOf(QueueFull);
    const [a, b] = [await peer.hears(), await peer.hears()];
    expect(peer.unheard).toBe(0);
    peer.say({ id: a['id'] ?? null, result: 1, error: null });
    const c = await peer.hears();
    [b, c].forEach(({ id = null }) => peer.say({ id, result: 2, error: null }));
    expect(await Promise.all(three)).toEqual([1, 2, 2]);
  });

  it('says of a request that is given up whether it had been sent, and cancels a transaction', async () => {
    const { session, peer } = meet({ maxInFlight: 1 });
    const giveUp = new AbortController();
    const sent = session.request('transact', ['db'], { signal: giveUp.signal });
    const waiting = session.request('transact', ['db'], { signal: giveUp.signal });
    const { id } = await peer.hears();
    giveUp.abort('enough');
    await expect(sent).rejects.toMatchObject({ name: RequestAborted.name, outcome: 'unknown', cause: 'enough' });
    await expect(waiting).rejects.toMatchObject({ outcome: 'not-sent' });
    expect(await peer.hears()).toEqual({ id: null, method: 'cancel', params: [id] });
    await expect(session.request('a', [], { signal: giveUp.signal })).rejects.toBeInstanceOf(RequestAborted);
  });

  it('waits no longer than the caller wants', async () => {
    const { session } = meet();
    await expect(session.request('a', [], { timeoutMs: 5 })).rejects.toBeInstanceOf(RequestTimeout);
  });

  it('tells every request what became of it when the connection ends', async () => {
    const { session, peer } = meet({ maxInFlight: 1 });
    const requests = ['a', 'b'].map((method) => session.request(method, []));
    const outcomes = Promise.allSettled(requests);
    await peer.hears();
    peer.stream.end();
    expect(await session.closed).toBeInstanceOf(PeerClosed);
    expect(await outcomes).toMatchObject([{ reason: { outcome: 'unknown' } }, { reason: { outcome: 'not-sent' } }]);
    await expect(session.request('c', [])).rejects.toBeInstanceOf(Disconnected);
  });
});
