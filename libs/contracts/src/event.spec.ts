import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, EVENT_NOUNS, l2Event, statusHint } from './index.js';

const golden = Object.entries(
  JSON.parse(readFileSync(join(__dirname, '../golden/event.v1.golden.json'), 'utf8')) as Record<string, object>,
);

describe('An event of version 1', () => {
  it.each(golden)('%s is understood as it is, now and by every later reader', (_, event) => {
    expect(l2Event.decode(event)).toEqual(event);
    expect(l2Event.decode({ ...event, later: { than: 1 } })).toEqual(event);
  });

  it.each(golden)('%s is refused without what every event has, or with a field of another type', (_, event) => {
    for (const field of ['noun', 'change', 'at'])
      expect(() => l2Event.decode({ ...event, [field]: undefined })).toThrow(ContractError);
    for (const field of Object.keys(event))
      expect(() => l2Event.decode({ ...event, [field]: true })).toThrow(ContractError);
  });

  it('has a subject of its noun, which readers of all nouns hear', () => {
    for (const noun of EVENT_NOUNS) expect(l2Event.subject(noun)).toBe(l2Event.heard.replace('*', noun));
  });
});

describe('A hint of another status', () => {
  it('names a switch, and the networks if it is not about all of them', () => {
    expect(statusHint.decode({ switch: 'sw-1' })).toEqual({ switch: 'sw-1' });
    expect(statusHint.decode({ switch: 'sw-1', networks: ['n'] })).toEqual({ switch: 'sw-1', networks: ['n'] });
    expect(() => statusHint.decode({ networks: ['n'] })).toThrow(ContractError);
  });
});
