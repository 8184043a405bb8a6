import { exportTable, networkTable } from '@l2gw/contracts';
import type { Mark } from '../database/facts.js';
import { type NetworkKey, candidatesOf, keyText } from '../forwarding/candidates.js';
import { isUuid } from '../http/attributes.js';
import { compileExport } from './compile-export.js';
import { compileMac, compileRemote, compileVtep } from './compile-network.js';
import type { CompilerConnection } from './compiler-connection.js';
import { disputedAmong, openConflictsOf } from './conflict-rows.js';
import { type Derived, NOTHING_DERIVED, type RoundDerivation } from './derivation.js';
import { forgetClaims } from './forget-claims.js';
import { retireIps } from './ip-claim-rows.js';
import { heldIps } from './ip-holders.js';
import { agreementOn, retireSequences, sequencedMacs, writeSequences } from './mac-sequences.js';
import { type KindOfKey, allKeysOf, floodMembersOf } from './network-facts.js';
import { stretchedNetworksOf } from './stretch-facts.js';
import type { SharedNetworks } from './sync-facts.js';
import { contestedAmong } from './contested-macs.js';

const EXPORT = exportTable.table('');
const NETWORK = networkTable.table('');

/** The networks that these marks are of. */
export function networksOf(marks: readonly Mark[]): readonly string[] {
  const tables = [...new Set(marks.map(({ table }) => table))];
  const ids = tables.flatMap((table) =>
    [NETWORK, EXPORT].filter((prefix) => table.startsWith(prefix)).map((prefix) => table.slice(prefix.length)),
  );
  return [...new Set(ids)].filter(isUuid);
}

/** Derives rows of the networks' tables, and of what other clouds are told of those that are shared. */
export async function deriveNetworks(
  db: CompilerConnection,
  marks: readonly Mark[],
  shared: SharedNetworks,
): Promise<RoundDerivation> {
  const wholes = wholesOf(marks, NETWORK);
  const exported = [...new Set([...wholesOf(marks, EXPORT), ...wholes.filter((network) => shared.all.has(network))])];
  const all = await allKeysOf(db, [...new Set([...wholes, ...exported])]);
  const keys = [...marks.flatMap(keyOf), ...all.keys];
  if (keys.length === 0 && wholes.length === 0 && exported.length === 0) return NOTHING_DERIVED;
  const unshared = exported.filter((network) => !shared.all.has(network));
  const removed = wholes.filter((network) => !all.existing.has(network));
  await forgetClaims(db, removed);
  await retireSequences(db, unshared);
  await retireIps(db, unshared);
  const { agreements, ...derived } = await deriveKeys(db, keys, shared);
  return {
    ...derived,
    agreements: [...agreements, ...(await openConflictsOf(db, unshared))],
    whole: [...wholes.map(networkTable.table), ...exported.map(exportTable.table)],
    removed: [...removed.map(networkTable.table), ...unshared.map(exportTable.table)],
  };
}

async function deriveKeys(
  db: CompilerConnection,
  keys: readonly KindOfKey[],
  shared: SharedNetworks,
): Promise<Pick<RoundDerivation, 'rows' | 'agreements' | 'again'>> {
  const of = (kind: KindOfKey['kind']) => keys.filter((key) => key.kind === kind);
  const told = of('mac').filter((key) => shared.all.has(key.network));
  const isDisputed = ({ network }: NetworkKey) => shared.disputed.has(network);
  const [said, members, stretched, disputed] = await Promise.all([
    candidatesOf(db, of('mac')),
    floodMembersOf(db, of('vtep')),
    stretchedNetworksOf(db, of('remote')),
    disputedAmong(db, told.filter(isDisputed)),
  ]);
  const contested = await contestedAmong(db, told, said, disputed);
  const macs = await sequencedMacs(db, contested, said);
  const ips = await heldIps(db, macs);
  await writeSequences(db, macs, ips.ips);
  const sequenced = macs.map(({ key, candidates }) => [keyText(key), candidates] as const);
  const decided = new Map([...sequenced, ...ips.candidates]);
  const candidatesFor = (key: NetworkKey) => {
    const text = keyText(key);
    return decided.get(text) ?? said.get(text) ?? [];
  };
  const compile = {
    mac: (key: KindOfKey) => compileMac(candidatesFor(key)),
    vtep: (key: KindOfKey) => compileVtep(members.get(keyText(key)) ?? new Set()),
    remote: (key: KindOfKey) => compileRemote(stretched.get(keyText(key))),
  };
  const rows = [
    ...keys.map((key) => derived(networkTable.table(key.network), `${key.kind}/${key.name}`, compile[key.kind](key))),
    ...contested.map((key) => derived(exportTable.table(key.network), key.name, compileExport(candidatesFor(key)))),
  ];
  const agreements = [...macs.map(agreementOn), ...ips.agreements];
  return { rows, agreements: agreements.filter((each) => each.conflict || isDisputed(each)), again: ips.marks };
}

function wholesOf(marks: readonly Mark[], prefix: string): readonly string[] {
  return marks
    .filter(({ table, key }) => key === '' && table.startsWith(prefix))
    .map(({ table }) => table.slice(prefix.length));
}

/** None for the mark of a whole table, or of something that is no key. */
function keyOf({ table, key }: Mark): KindOfKey[] {
  const network = table.slice(NETWORK.length);
  const [, kind, name] = /^(mac|vtep|remote)\/(.*)$/s.exec(key) ?? [];
  if (!table.startsWith(NETWORK) || !isUuid(network) || kind === undefined || name === undefined) return [];
  return [{ network, kind: kind as KindOfKey['kind'], name }];
}

function derived(table: string, key: string, row: object | undefined): Derived {
  return row === undefined ? { table, key } : { table, key, row };
}
