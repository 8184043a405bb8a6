import { networkTable, syncTable } from '@l2gw/contracts';
import type { Mark } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { compileCloud, compilePeer, compileStretch } from './compile-sync.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Derivation, Derived } from './derivation.js';
import { networksOf } from './derive-networks.js';
import { cloudIdOf, peersOf, sharedNetworksOf } from './sync-facts.js';

const { table } = syncTable;
const MAC = networkTable.macKey('');

/**
 * Derives what remote-sync is told of peers and stretches: the rows that are marked, and those of shared networks of which anything
 * but MACs was marked, such as their borders.
 */
export async function deriveSync(
  db: CompilerConnection,
  marks: readonly Mark[],
  shared: ReadonlySet<string>,
): Promise<Derivation> {
  const keys = marks.flatMap(keyOf);
  const networks = networksOf(marks.filter(({ key }) => !key.startsWith(MAC))).filter((id) => shared.has(id));
  const all = marks.some((mark) => mark.table === table && mark.key === '');
  if (keys.length === 0 && networks.length === 0 && !all) return { rows: [], whole: [], removed: [] };
  const named = (kind: string) => keys.filter((key) => key.kind === kind && isUuid(key.name)).map((key) => key.name);
  const peers = await peersOf(db, all ? 'all' : named('peer'));
  const stretches = await sharedNetworksOf(db, { ids: named('stretch'), networks, all });
  const rows: Derived[] = [
    ...(all ? [derived(syncTable.cloudKey, compileCloud(await cloudIdOf(db)))] : []),
    ...unique([...named('peer'), ...peers.keys()]).map((id) =>
      derived(syncTable.peerKey(id), compilePeer(peers.get(id))),
    ),
    ...unique([...named('stretch'), ...stretches.keys()]).map((id) =>
      derived(syncTable.stretchKey(id), compileStretch(stretches.get(id))),
    ),
  ];
  return { rows, whole: all ? [table] : [], removed: [] };
}

/** A mark of a remote gateway connection is one of the stretch that it may be. */
function keyOf({ table: marked, key }: Mark): { readonly kind: string; readonly name: string }[] {
  const [, kind = '', name = ''] = /^(peer|stretch|remote)\/(.*)$/s.exec(key) ?? [];
  if (marked === table && kind !== '') return [{ kind, name }];
  return marked.startsWith('network/') && kind === 'remote' ? [{ kind: 'stretch', name }] : [];
}

const unique = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

function derived(key: string, row: object | undefined): Derived {
  return row === undefined ? { table, key } : { table, key, row };
}
