import { switchTable, type ClientId, type LogicalSwitchRow } from '@l2gw/contracts';
import type { Mark } from '../database/facts.js';
import { compileLogicalSwitch } from './compile-switch.js';
import type { CompilerConnection } from './compiler-connection.js';
import type { Derivation, Derived, RoundDerivation } from './derivation.js';
import { deriveNetworks, networksOf } from './derive-networks.js';
import { deriveSync } from './derive-sync.js';
import { type SwitchKey, allBoundOn, boundNetworksOf, switchKeyText } from './switch-facts.js';
import { sharedAmong } from './sync-facts.js';

/** Derives the marked rows from the facts as they are now. */
export async function derive(
  db: CompilerConnection,
  marks: readonly Mark[],
  replication: LogicalSwitchRow['replication'],
): Promise<RoundDerivation> {
  const of = (...prefixes: string[]) => marks.filter(({ table }) => prefixes.some((each) => table.startsWith(each)));
  const shared = await sharedAmong(db, networksOf(marks));
  const { agreements, again, ...derived } = await deriveNetworks(db, of('network/', 'export/'), shared);
  const parts: readonly Derivation[] = [
    derived,
    await deriveSwitches(db, of('switch/'), replication),
    await deriveSync(db, marks, shared.all),
  ];
  return {
    rows: parts.flatMap((each) => each.rows),
    whole: parts.flatMap((each) => each.whole),
    removed: parts.flatMap((each) => each.removed),
    agreements,
    again,
  };
}

const NOTHING: Derivation = { rows: [], whole: [], removed: [] };

async function deriveSwitches(
  db: CompilerConnection,
  marks: readonly Mark[],
  replication: LogicalSwitchRow['replication'],
): Promise<Derivation> {
  if (marks.length === 0) return NOTHING;
  const idOf = (table: string) => table.slice('switch/'.length);
  const wholes = marks.filter((mark) => mark.key === '').map((mark) => idOf(mark.table));
  const all = wholes.length === 0 ? { existing: new Set<string>(), keys: [] } : await allBoundOn(db, wholes);
  const keys: SwitchKey[] = [
    ...marks.filter((mark) => mark.key !== '').map((mark) => ({ switchId: idOf(mark.table), network: mark.key })),
    ...all.keys,
  ];
  const bound = await boundNetworksOf(db, keys);
  const tableOf = (switchId: string) => switchTable.table(switchId as ClientId);
  return {
    rows: keys.map((key) =>
      derived(tableOf(key.switchId), key.network, compileLogicalSwitch(bound.get(switchKeyText(key)), replication)),
    ),
    whole: wholes.map(tableOf),
    removed: wholes.filter((id) => !all.existing.has(id)).map(tableOf),
  };
}

function derived(table: string, key: string, row: object | undefined): Derived {
  return row === undefined ? { table, key } : { table, key, row };
}
