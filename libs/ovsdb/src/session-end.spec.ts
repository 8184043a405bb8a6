import { duplexPair } from 'node:stream';
import type { OvsdbError } from './errors.js';
import { FramingError, PeerClosed, ProbeTimeout, ProtocolError, SessionClosed } from './errors.js';
import type { SessionOptions } from './session.js';
import { Session } from './session.js';
import type { Peer } from './testing/scripted-peer.js';
import { meet } from './testing/scripted-peer.js';

describe('A session ends', () => {
  const endOf = async (
    act: (peer: Peer, session: Session) => void,
    options: SessionOptions = {},
  ): Promise<OvsdbError> => {
    const { session, peer } = meet(options);
    act(peer, session);
    return session.closed;
  };

  it.each<[string, new (...words: never[]) => OvsdbError, string]>([
    ['a stray brace', FramingError, '{"id":null,"method":"x","params":[]}}'],
    ['what is no JSON', FramingError, '{"id":nul}'],
    ['what is no JSON-RPC', ProtocolError, '{"hello":"world"}'],
  ])('with %s', async (_, kind, text) => {
    expect(await endOf(({ stream }) => stream.write(text))).toBeInstanceOf(kind);
  });

  it('with its signal, and when it is closed', async () => {
    expect(await endOf(() => undefined, { signal: AbortSignal.abort('stop') })).toMatchObject({ cause: 'stop' });
    expect(await endOf((_, session) => session.close())).toBeInstanceOf(SessionClosed);
  });

  it('when the connection breaks', async () => {
    const [ours] = duplexPair();
    const session = new Session(ours);
    ours.destroy(new Error('ECONNRESET'));
    expect(await session.closed).toMatchObject({ name: PeerClosed.name, message: 'the connection broke: ECONNRESET' });
  });

  it('when a listener cannot make sense of a notification', async () => {
    const end = await endOf((peer, session) => {
      session.onNotification(() => {
        throw new ProtocolError('an update of an unknown row');
      });
      peer.say({ id: null, method: 'update', params: [] });
    });
    expect(end.message).toBe('an update of an unknown row');
  });

  it('after two intervals of silence, having asked for an echo after the first', async () => {
    const { session, peer } = meet({ probeIntervalMs: 10 });
    expect(await peer.hears()).toEqual({ id: 'echo', method: 'echo', params: [] });
    expect(await session.closed).toBeInstanceOf(ProbeTimeout);
  });

  it('but not while the peer answers the echoes', async () => {
    const { session, peer } = meet({ probeIntervalMs: 10 });
    for (let round = 0; round < 5; round += 1) {
      const { id = null } = await peer.hears();
      peer.say({ id, result: [], error: null });
    }
    session.close();
    expect(await session.closed).toBeInstanceOf(SessionClosed);
  });
});
