import fc from 'fast-check';
import { chunksOf } from './chunks.js';
import { decodeTableMessage } from './decode.js';
import type { RevisedOp } from './table-publisher.js';
import type { DeltaMessage } from './wire.js';

function messages(from: number, ops: readonly RevisedOp[], to?: number): DeltaMessage[] {
  const delta = { table: 't', from, ops, digest: '0'.repeat(16), ...(to === undefined ? {} : { to }) };
  return chunksOf('e', delta).map((body) => {
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(256 * 1024);
    const message = decodeTableMessage(body);
    if (message.kind !== 'delta') throw new Error('not a delta');
    return message;
  });
}

const puts = (count: number, text = 'x') =>
  Array.from({ length: count }, (_, at): RevisedOp => ({ key: `k${at}`, row: { text }, revision: 101 + at }));

describe('A delta', () => {
  it('of 1,201 ops goes in three messages, each from where the one before ended', () => {
    const parts = messages(90, puts(1201));
    expect(parts.map(({ from, to, ops }) => [from, to, ops.length])).toEqual([
      [90, 600, 500],
      [600, 1100, 500],
      [1100, 1301, 201],
    ]);
  });

  it('of long rows goes in messages of at most 256 KiB, whatever the script', () => {
    const parts = messages(0, puts(40, 'ä'.repeat(10_000)));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.flatMap(({ ops }) => ops)).toHaveLength(40);
  });

  it('carries only the last of several changes of one key', () => {
    const [part] = messages(0, [
      { key: 'a', row: { value: 1 }, revision: 1 },
      { key: 'b', row: { value: 1 }, revision: 2 },
      { key: 'a', revision: 3 },
    ]);
    expect(part).toMatchObject({ from: 0, to: 3, ops: [{ key: 'b', row: { value: 1 } }, { key: 'a' }] });
  });

  it('without ops tells that a table has come into being', () => {
    expect(messages(0, [], 7)).toEqual([{ kind: 'delta', epoch: 'e', from: 0, to: 7, ops: [] }]);
    expect(messages(7, [])).toEqual([]);
  });

  it('keeps any text intact', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.dictionary(fc.string(), fc.jsonValue()), (key, row) => {
        const sent: unknown = JSON.parse(JSON.stringify(row));
        expect(messages(0, [{ key, row, revision: 1 }])[0]?.ops).toEqual([{ key, row: sent }]);
      }),
    );
  });
});
