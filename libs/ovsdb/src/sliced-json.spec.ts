import fc from 'fast-check';
import type { Json } from './json.js';
import { jsonInSlices } from './sliced-json.js';

const read = (text: string): { readonly value: Json; readonly turns: number } => {
  const slices = jsonInSlices(Buffer.from(text));
  let turns = 0;
  for (;;) {
    const next = slices.next();
    if (next.done === true) return { value: next.value, turns };
    turns += 1;
  }
};
const plain = (value: Json): unknown => JSON.parse(JSON.stringify(value));

describe('A JSON text that is read in slices', () => {
  it('is what it is when it is read at once', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6 }));
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1, '\t'), (object, indent) => {
        const text = JSON.stringify(object, undefined, indent);
        expect(plain(read(text).value)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each([
    ['keys and texts full of what ends them', { '{"a":[1,2]}': '\\"},{', '\\': { ',': ['}', '\\\\"', ':'] } }],
    ['members between containers', { a: 1, b: { c: [] }, d: 'x', e: [{}, 2, [3], null], f: true }],
    ['nothing', {}],
    ['a member that every object seems to have', JSON.parse('{"a": {"__proto__": {"b": 1}}}') as object],
  ])('may have %s', (_, object) => {
    expect(plain(read(JSON.stringify(object)).value)).toEqual(object);
  });

  it('gives others a turn again and again', () => {
    const rows = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, n) => [`row ${n}`, { initial: { MAC: `${n}` } }]),
    );
    const message = { id: 7, result: [false, 'x', { Ucast_Macs_Remote: rows, Port: {} }], error: null };
    const { value, turns } = read(JSON.stringify(message));
    expect(value).toEqual(message);
    expect(turns).toBeGreaterThanOrEqual(2);
    const older = { id: 7, result: { Ucast_Macs_Remote: rows }, error: null };
    expect(read(JSON.stringify(older))).toMatchObject({ value: older, turns: turns });
  });

  it.each(['{"a": nonsense}', '{"a": [1 2]}', '{"a" {}}', '{"a":{"b":,}}', '{]'])('is refused as %s', (text) => {
    expect(() => read(text)).toThrow(SyntaxError);
  });
});
