import { type Welcome, hello, listDigest } from './hello.js';

const WELCOME: Welcome = {
  cloud: 'south',
  stretches: [
    { segId: 456, vtep: ['192.0.2.1'], rows: 7 },
    { segId: 457, vtep: ['192.0.2.1', '192.0.2.2'], rows: 0 },
  ],
  relayed: [{ segId: 456, origin: 'east', path: ['east', 'south'], live: true, rows: 3 }],
};
const listed = listDigest(WELCOME);

describe('The answer to a greeting', () => {
  it('names all that is shared to whoever does not know it', () => {
    expect(hello.decodeWelcome(hello.encodeWelcome(WELCOME))).toEqual(WELCOME);
    expect(hello.decodeWelcome(hello.encodeWelcome(WELCOME, { listed: '0000000000000000' }))).toEqual(WELCOME);
  });

  it('is short for whoever knows it, whatever the number of rows', () => {
    const grown = { ...WELCOME, stretches: WELCOME.stretches.map((each) => ({ ...each, rows: each.rows + 1 })) };
    const answer = hello.encodeWelcome(grown, { listed });
    expect(answer.length).toBeLessThan(100);
    expect(hello.decodeWelcome(answer, WELCOME)).toEqual(WELCOME);
  });

  it('is all of it again when a number or an end is another', () => {
    const [first, second] = WELCOME.stretches;
    const moved = { ...WELCOME, stretches: [{ ...first, vtep: ['192.0.2.9'] }, second] } as Welcome;
    expect(hello.decodeWelcome(hello.encodeWelcome(moved, { listed }), WELCOME)).toEqual(moved);
    const fewer = { ...WELCOME, stretches: [first] } as Welcome;
    expect(hello.decodeWelcome(hello.encodeWelcome(fewer, { listed }), WELCOME)).toEqual(fewer);
  });

  it('is all of it again when what is passed on is other', () => {
    for (const change of [{ live: false }, { path: ['east', 'west', 'south'] }, { rows: 4 }]) {
      const turned = { ...WELCOME, relayed: WELCOME.relayed.map((each) => ({ ...each, ...change })) };
      expect(hello.decodeWelcome(hello.encodeWelcome(turned, { listed }), WELCOME)).toEqual(turned);
    }
  });

  it('that refers to a list nobody has is no answer', () => {
    expect(hello.decodeWelcome(hello.encodeWelcome(WELCOME, { listed }))).toBe('busy');
  });

  it('is understood by those who know nothing of it, and the other way round', () => {
    expect(hello.decodeGreeting(JSON.stringify({ cloud: 'north', seenEpoch: 3 }))).toEqual({
      cloud: 'north',
      seenEpoch: 3,
      transit: false,
    });
    const greeting = { cloud: 'north', seenEpoch: 3, transit: true, listed };
    expect(hello.decodeGreeting(hello.encodeGreeting(greeting))).toEqual(greeting);
  });
});
