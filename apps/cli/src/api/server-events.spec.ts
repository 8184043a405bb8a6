import { type ServerEvent, readEvents } from './server-events.js';

async function read(...chunks: readonly string[]): Promise<readonly ServerEvent[]> {
  const stream = (async function* () {
    yield* chunks;
  })();
  const events: ServerEvent[] = [];
  for await (const event of readEvents(stream)) events.push(event);
  return events;
}

const TEXT = 'retry: 2000\n\nid: a-1\nevent: port\ndata: {"x":1}\n\n: \n\nevent: overflow\ndata: {"y": "a: b"}\n\n';
const EVENTS = [
  { id: 'a-1', name: 'port', data: '{"x":1}' },
  { name: 'overflow', data: '{"y": "a: b"}' },
];

describe('A stream of events', () => {
  it('is read event by event, without comments', async () => {
    expect(await read(TEXT)).toEqual(EVENTS);
  });

  it('may be cut anywhere', async () => {
    expect(await read(...TEXT)).toEqual(EVENTS);
  });

  it('that breaks off in the middle of an event has not said it', async () => {
    expect(await read(TEXT.slice(0, -1))).toEqual(EVENTS.slice(0, 1));
  });
});
