import { itKeepsPushedTables } from '../test/push-store-contract.js';
import { bucketOf } from './hash.js';
import { MemoryPushStore } from './memory-push-store.js';

describe('A store of pushed tables in memory', () => {
  itKeepsPushedTables(bucketOf, async () => {
    const store = new MemoryPushStore();
    return { store, rowsOf: async (table) => store.rowsOf(table) };
  });

  it('refuses an epoch below the last one issued, even before the new one has pushed', async () => {
    const store = new MemoryPushStore();
    store.issue('learned/s1', 7);
    expect(await store.apply('learned/s1', { epoch: 6, from: -1, to: 1, ops: [] })).toEqual({
      refused: 'epoch',
      epoch: 7,
    });
  });
});
