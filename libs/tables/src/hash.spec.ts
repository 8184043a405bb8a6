import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { BucketDigests, Digest, differingBuckets, EMPTY_DIGEST } from './digest.js';
import {
  BUCKETS,
  bucketOf,
  hashFromBigint64Text,
  hashFromHex,
  hashToBigint64Text,
  hashToHex,
  rowHash,
} from './hash.js';

const rows = fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 8 });

describe('The hash of a row', () => {
  it('is the first 64 bits of SHA-256 over key, newline and canonical JSON', () => {
    expect(canonicalJson({ b: [1, { d: 'ä', c: null }], a: true })).toBe('{"a":true,"b":[1,{"c":null,"d":"ä"}]}');
    expect(hashToHex(rowHash('02:00:00:00:00:01', { vtep: '10.0.0.1', kind: 'port' }))).toBe('e2f07f3a31aa52bd');
  });

  it('does not depend on the order of the fields, nor on having been sent', () => {
    fc.assert(
      fc.property(fc.string(), rows, (key, row) => {
        const reversed = Object.fromEntries(Object.entries(row).reverse());
        const sent: unknown = JSON.parse(JSON.stringify(row));
        expect(rowHash(key, reversed)).toEqual(rowHash(key, row));
        expect(rowHash(key, sent)).toEqual(rowHash(key, row));
      }),
    );
  });

  it('does not count fields that are not sent', () => {
    expect(rowHash('k', { a: 1, b: undefined })).toEqual(rowHash('k', { a: 1 }));
  });

  it('differs with the key', () => {
    expect(rowHash('a', { value: 1 })).not.toEqual(rowHash('b', { value: 1 }));
  });

  it('survives the way through hex and through a PostgreSQL bigint', () => {
    const half = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(half, half, (hi, lo) => {
        expect(hashFromHex(hashToHex({ hi, lo }))).toEqual({ hi, lo });
        expect(hashFromBigint64Text(hashToBigint64Text({ hi, lo }))).toEqual({ hi, lo });
        expect(BigInt.asUintN(64, BigInt(hashToBigint64Text({ hi, lo })))).toBe(BigInt(`0x${hashToHex({ hi, lo })}`));
      }),
    );
  });

  it('is refused where a digest is malformed', () => {
    expect(() => hashFromHex('12')).toThrow('not a digest');
  });
});

describe('The digest of a table', () => {
  it('depends on the rows alone, not on the way there', () => {
    const keyed = fc.uniqueArray(fc.tuple(fc.string(), rows), { selector: ([key]) => key });
    fc.assert(
      fc.property(keyed, keyed, (stay, go) => {
        const [direct, detour, buckets] = [new Digest(), new Digest(), new BucketDigests()];
        for (const [key, row] of [...go, ...stay]) detour.toggle(rowHash(key, row));
        for (const [key, row] of [...stay].reverse()) {
          direct.toggle(rowHash(key, row));
          buckets.toggle(key, rowHash(key, row));
        }
        for (const [key, row] of go) detour.toggle(rowHash(key, row));
        expect(detour.hex()).toBe(direct.hex());
        expect(buckets.totalHex()).toBe(direct.hex());
      }),
    );
  });

  it('of no rows is zero', () => {
    expect(new Digest().hex()).toBe(EMPTY_DIGEST);
    expect(new BucketDigests().totalHex()).toBe(EMPTY_DIGEST);
  });

  it('of a bucket changes only with the rows of that bucket', () => {
    const [before, after] = [new BucketDigests(), new BucketDigests()];
    after.toggle('a', rowHash('a', { value: 1 }));
    expect(differingBuckets(before.toHex(), after.toHex())).toEqual([bucketOf('a')]);
    expect(after.toHex()).toHaveLength(BUCKETS);
  });
});
