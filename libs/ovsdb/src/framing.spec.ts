import fc from 'fast-check';
import { FramingError } from './errors.js';
import { MessageSplitter } from './framing.js';
import type { Json } from './json.js';
import { parseJson } from './json.js';

/** Everything that confuses a counter of braces: braces, quotes, backslashes, letters of several bytes. */
const nastyText = fc.string({
  unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', '\\"', 'a', ' ', '\n', 'é', '€', '😀', '\u0000'),
});
const nastyJson: fc.Arbitrary<Json> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    nastyText,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(nastyText, tie('value'), { maxKeys: 4 }),
})).object as fc.Arbitrary<Json>;
const blanks = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });

const split = (chunks: readonly Buffer[], limits?: { maxBytes: number; maxDepth: number }): Json[] => {
  const splitter = new MessageSplitter(limits);
  const messages: Json[] = [];
  for (const chunk of chunks) splitter.push(chunk, (message) => messages.push(parseJson(message.toString('utf8'))));
  return messages;
};
const cut = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
};
const fault = (chunks: readonly string[], limits?: { maxBytes: number; maxDepth: number }) => {
  try {
    split(
      chunks.map((each) => Buffer.from(each)),
      limits,
    );
  } catch (error) {
    return error instanceof FramingError ? error.kind : error;
  }
  return 'none';
};

describe('Messages in a byte stream', () => {
  it('come out as they went in, whatever they contain and wherever the network cut them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(blanks, nastyJson), { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (sent, places) => {
          const bytes = Buffer.from(sent.map(([blank, message]) => blank + JSON.stringify(message)).join(''));
          expect(split(cut(bytes, places))).toEqual(sent.map(([, message]) => parseJson(JSON.stringify(message))));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('come out as they went in when every byte arrives alone', () => {
    fc.assert(
      fc.property(nastyJson, nastyJson, (one, other) => {
        const bytes = Buffer.from(JSON.stringify(one) + JSON.stringify(other));
        expect(split([...bytes].map((byte) => Buffer.of(byte)))).toHaveLength(2);
      }),
    );
  });

  it('are delivered as soon as they are complete', () => {
    expect(split([Buffer.from('{"a":1}{"b":')])).toEqual([{ a: 1 }]);
  });

  it('end with a closing brace that nothing opened, after what stood before it was delivered', () => {
    const delivered: string[] = [];
    const splitter = new MessageSplitter();
    expect(() => splitter.push(Buffer.from('{"a":1} }'), (each) => delivered.push(each.toString()))).toThrow(
      FramingError,
    );
    expect(delivered).toEqual(['{"a":1}']);
    expect(fault([']'])).toBe('stray-close');
  });

  it('are objects: a peer that speaks something else is noticed at its first byte', () => {
    expect(fault(['HTTP/1.1 400 Bad Request'])).toBe('garbage');
    expect(fault(['["not an object"]'])).toBe('garbage');
  });

  it('are bounded in length, also before they are complete', () => {
    expect(fault(['{"a":"', 'x'.repeat(95)], { maxBytes: 100, maxDepth: 9 })).toBe('too-long');
    expect(fault(['{"a":"', 'x'.repeat(90), '"}{}'], { maxBytes: 100, maxDepth: 9 })).toBe('none');
  });

  it('are bounded in nesting', () => {
    expect(fault(['{"a":[[[]]]}'], { maxBytes: 100, maxDepth: 4 })).toBe('none');
    expect(fault(['{"a":[[[[]]]]}'], { maxBytes: 100, maxDepth: 4 })).toBe('too-deep');
  });

  it('cost the same per byte however small the chunks: nothing is read twice', () => {
    const bytes = Buffer.from(JSON.stringify({ text: 'x'.repeat(2_000_000) }));
    const chunks = Array.from({ length: Math.ceil(bytes.length / 10) }, (_, index) =>
      bytes.subarray(index * 10, index * 10 + 10),
    );
    expect(split(chunks)).toHaveLength(1);
  });
});
