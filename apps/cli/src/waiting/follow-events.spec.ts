import { type ServerEvent } from '../api/server-events.js';
import { Refused, Unreachable } from '../failures.js';
import { type OpenStream, followEvents } from './follow-events.js';

const event = (id: string): ServerEvent => ({ id, name: 'port', data: '{}' });

/** One stream after another; each says what it has to say and then breaks off or fails. */
async function follow(enoughAfter: number, ...streams: readonly (readonly (ServerEvent | 'begun' | Error)[])[]) {
  const [opened, states, pauses, seen]: [(string | undefined)[], string[], number[], string[]] = [[], [], [], []];
  const open: OpenStream = async function* (lastId) {
    const items = streams[opened.length] ?? [];
    opened.push(lastId);
    for (const item of items) {
      if (item instanceof Error) throw item;
      yield item;
    }
  };
  const failure = await followEvents(open, {
    onEvent: ({ id = '' }) => (seen.push(id) < enoughAfter ? 'more' : 'enough'),
    onState: (text) => states.push(text),
    sleep: async (ms) => pauses.push(ms),
  }).catch((error: unknown) => error);
  return { opened, states, pauses, seen, failure };
}

describe('Following events', () => {
  it('goes on after the last one read when the stream breaks off, and says so', async () => {
    const away = new Unreachable('cannot reach it');
    const { opened, states, pauses, seen, failure } = await follow(
      3,
      ['begun', event('a'), event('b')],
      [away],
      [new Refused('TooManyWaiters', 'full', 503)],
      ['begun', event('c')],
    );
    expect([failure, seen]).toEqual([undefined, ['a', 'b', 'c']]);
    expect(opened).toEqual([undefined, 'b', 'b', 'b']);
    expect(pauses).toEqual([1000, 2000, 4000]);
    expect(states).toEqual([
      'the stream has ended; trying again in 1 s',
      'cannot reach it; trying again in 2 s',
      'full; trying again in 4 s',
      'connected again',
    ]);
  });

  it('begins with short pauses again after it was connected', async () => {
    const { pauses } = await follow(1, ['begun'], ['begun'], ['begun', event('a')]);
    expect(pauses).toEqual([1000, 1000]);
  });

  it('fails if there is nothing to follow at first, or nobody may', async () => {
    expect((await follow(1, [new Unreachable('cannot reach it')])).failure).toBeInstanceOf(Unreachable);
    expect((await follow(1, ['begun'], [new Refused('Unauthorized', 'no', 401)])).failure).toBeInstanceOf(Refused);
  });
});
