import { Digest, hashToHex, type PushStore, rowHash } from '../src/index.js';

/** What every `PushStore` must do, as specs that any implementation can be put through. */
export interface StoreUnderTest {
  readonly store: PushStore;
  /** The rows that are stored, by key. */
  rowsOf(table: string): Promise<ReadonlyMap<string, object>>;
}

const TABLE = 'learned/s1';
const A = { key: 'a', row: { value: 1 } };
const B = { key: 'b', row: { value: 2, note: 'ä' } };

function digestOf(...rows: readonly { readonly key: string; readonly row: object }[]): string {
  const digest = new Digest();
  for (const { key, row } of rows) digest.toggle(rowHash(key, row));
  return digest.hex();
}

function bucketsOf(
  ...rows: readonly { readonly key: string; readonly row: object; readonly bucket: number }[]
): string[] {
  const buckets = Array.from({ length: 256 }, () => '0'.repeat(16));
  for (const { key, row, bucket } of rows) buckets[bucket] = hashToHex(rowHash(key, row));
  return buckets;
}

export function itKeepsPushedTables(bucketOf: (key: string) => number, newStore: () => Promise<StoreUnderTest>): void {
  let store: PushStore;
  let rowsOf: StoreUnderTest['rowsOf'];

  beforeEach(async () => {
    const under = await newStore();
    store = under.store;
    rowsOf = (table) => under.rowsOf(table);
    expect(await store.settle(TABLE, { epoch: 5, at: 1, to: 2, digest: digestOf() })).toMatchObject({ position: 2 });
  });

  it('applies a push that goes on where the last one ended', async () => {
    expect(await store.apply(TABLE, { epoch: 5, from: 2, to: 3, ops: [A, B] })).toEqual({ position: 3 });
    expect(await store.apply(TABLE, { epoch: 5, from: 3, to: 4, ops: [{ key: 'a' }] })).toEqual({ position: 4 });
    expect(await rowsOf(TABLE)).toEqual(new Map([['b', B.row]]));
  });

  it('does not apply a push that comes again, too early or too late', async () => {
    await store.apply(TABLE, { epoch: 5, from: 2, to: 3, ops: [A] });
    await store.apply(TABLE, { epoch: 5, from: 3, to: 4, ops: [{ key: 'a' }] });
    expect(await store.apply(TABLE, { epoch: 5, from: 2, to: 3, ops: [A] })).toEqual({ position: 4 });
    expect(await store.apply(TABLE, { epoch: 5, from: 7, to: 8, ops: [A] })).toEqual({ position: 4 });
    expect(await rowsOf(TABLE)).toEqual(new Map());
  });

  it('refuses every push under a lower epoch', async () => {
    const refused = { refused: 'epoch', epoch: 5 };
    expect(await store.apply(TABLE, { epoch: 4, from: 2, to: 3, ops: [A] })).toEqual(refused);
    expect(await store.compare(TABLE, { epoch: 4, buckets: bucketsOf() })).toEqual(refused);
    expect(await store.replace(TABLE, { epoch: 4, at: 9, bucket: bucketOf('a'), rows: [A] })).toEqual(refused);
    expect(await store.settle(TABLE, { epoch: 4, at: 9, to: 10, digest: digestOf() })).toEqual(refused);
    expect(await rowsOf(TABLE)).toEqual(new Map());
  });

  it('takes no push under a higher epoch before the whole table has been settled under it', async () => {
    expect(await store.apply(TABLE, { epoch: 6, from: 2, to: 3, ops: [A] })).toEqual({ position: -1 });
    expect(await store.settle(TABLE, { epoch: 6, at: 1, to: 2, digest: digestOf() })).toMatchObject({ position: 2 });
    expect(await store.apply(TABLE, { epoch: 6, from: 2, to: 3, ops: [A] })).toEqual({ position: 3 });
    expect(await store.apply(TABLE, { epoch: 5, from: 3, to: 4, ops: [B] })).toEqual({ refused: 'epoch', epoch: 6 });
  });

  it('names the buckets in which it differs and writes nothing for it', async () => {
    await store.apply(TABLE, { epoch: 5, from: 2, to: 3, ops: [A, B] });
    const theirs = bucketsOf({ ...A, bucket: bucketOf('a') }, { key: 'b', row: { value: 3 }, bucket: bucketOf('b') });
    expect(await store.compare(TABLE, { epoch: 5, buckets: theirs })).toEqual({
      position: 3,
      differing: [bucketOf('b')],
    });
    expect(await rowsOf(TABLE)).toEqual(
      new Map([
        ['a', A.row],
        ['b', B.row],
      ]),
    );
  });

  it('replaces a bucket, settles on the right digest, and only then takes pushes again', async () => {
    await store.apply(TABLE, { epoch: 5, from: 2, to: 3, ops: [A, B] });
    const next = { key: 'a', row: { value: 9 } };
    expect(await store.replace(TABLE, { epoch: 5, at: 4, bucket: bucketOf('a'), rows: [next] })).toEqual({
      position: 4,
    });
    expect(await store.apply(TABLE, { epoch: 5, from: 3, to: 4, ops: [{ key: 'b' }] })).toEqual({ position: 4 });
    const wrong = await store.settle(TABLE, { epoch: 5, at: 4, to: 5, digest: digestOf(A, B) });
    expect(wrong).toEqual({ position: 4, digest: digestOf(next, B) });
    const settled = { epoch: 5, at: 4, to: 5, digest: digestOf(next, B) };
    expect(await store.settle(TABLE, settled)).toEqual({ position: 5, digest: digestOf(next, B) });
    expect(await store.settle(TABLE, settled)).toEqual({ position: 5, digest: digestOf(next, B) });
    expect(await rowsOf(TABLE)).toEqual(
      new Map([
        ['a', next.row],
        ['b', B.row],
      ]),
    );
  });

  it('is not changed by a replacement that arrives after its repair was settled', async () => {
    await store.settle(TABLE, { epoch: 5, at: 3, to: 4, digest: digestOf() });
    expect(await store.replace(TABLE, { epoch: 5, at: 3, bucket: bucketOf('a'), rows: [A] })).toEqual({ position: 4 });
    expect(await store.settle(TABLE, { epoch: 5, at: 1, to: 2, digest: digestOf() })).toMatchObject({ position: 4 });
    expect(await rowsOf(TABLE)).toEqual(new Map());
  });

  it('empties a bucket for which no rows are sent', async () => {
    await store.apply(TABLE, { epoch: 5, from: 2, to: 3, ops: [A, B] });
    await store.replace(TABLE, { epoch: 5, at: 4, bucket: bucketOf('a'), rows: [] });
    expect(await rowsOf(TABLE)).toEqual(new Map([['b', B.row]]));
  });

  it('confirms a digest without moving', async () => {
    await store.apply(TABLE, { epoch: 5, from: 2, to: 3, ops: [A] });
    const answer = await store.settle(TABLE, { epoch: 5, at: 3, to: 3, digest: digestOf(A) });
    expect(answer).toEqual({ position: 3, digest: digestOf(A) });
  });
}
