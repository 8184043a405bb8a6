import { networkTable, switchTable, type ClientId, type LogicalSwitchRow } from '@l2gw/contracts';
import { isUuid } from '../http/attributes.js';
import type { Mark } from '../database/facts.js';
import { candidatesOf, keyText } from '../forwarding/candidates.js';
import { compileMac, compileRemote, compileVtep } from './compile-network.js';
import { compileLogicalSwitch } from './compile-switch.js';
import type { CompilerConnection } from './compiler-connection.js';
import { type KindOfKey, allKeysOf, floodMembersOf } from './network-facts.js';
import { stretchedNetworksOf } from './stretch-facts.js';
import { type SwitchKey, allBoundOn, boundNetworksOf, switchKeyText } from './switch-facts.js';

/** What a derived row should be now; without `row` it should not be. */
export interface Derived extends Mark {
  readonly row?: object;
}

export interface Derivation {
  readonly rows: readonly Derived[];
  /** Tables of which every row was derived: what else is stored of them is left over. */
  readonly whole: readonly string[];
  /** Of these, tables whose noun is gone. */
  readonly removed: readonly string[];
}

/** Derives the marked rows from the facts as they are now. */
export async function derive(
  db: CompilerConnection,
  marks: readonly Mark[],
  replication: LogicalSwitchRow['replication'],
): Promise<Derivation> {
  const networks = await deriveNetworks(
    db,
    marks.filter((mark) => mark.table.startsWith('network/')),
  );
  const switches = await deriveSwitches(
    db,
    marks.filter((mark) => mark.table.startsWith('switch/')),
    replication,
  );
  return {
    rows: [...networks.rows, ...switches.rows],
    whole: [...networks.whole, ...switches.whole],
    removed: [...networks.removed, ...switches.removed],
  };
}

const NOTHING: Derivation = { rows: [], whole: [], removed: [] };

async function deriveNetworks(db: CompilerConnection, marks: readonly Mark[]): Promise<Derivation> {
  if (marks.length === 0) return NOTHING;
  const wholes = marks.filter((mark) => mark.key === '').map((mark) => mark.table.slice('network/'.length));
  const all = wholes.length === 0 ? { existing: new Set<string>(), keys: [] } : await allKeysOf(db, wholes);
  const keys = [...marks.flatMap(keyOf), ...all.keys];
  const of = (kind: KindOfKey['kind']) => keys.filter((key) => key.kind === kind);
  const candidates = await candidatesOf(db, of('mac'));
  const members = await floodMembersOf(db, of('vtep'));
  const stretched = await stretchedNetworksOf(db, of('remote'));
  const compile = {
    mac: (key: KindOfKey) => compileMac(candidates.get(keyText(key)) ?? []),
    vtep: (key: KindOfKey) => compileVtep(members.get(keyText(key)) ?? new Set()),
    remote: (key: KindOfKey) => compileRemote(stretched.get(keyText(key))),
  };
  return {
    rows: keys.map((key) =>
      derived(networkTable.table(key.network), `${key.kind}/${key.name}`, compile[key.kind](key)),
    ),
    whole: wholes.map(networkTable.table),
    removed: wholes.filter((network) => !all.existing.has(network)).map(networkTable.table),
  };
}

/** None for the mark of a whole table, or of something that is no key. */
function keyOf({ table, key }: Mark): KindOfKey[] {
  const network = table.slice('network/'.length);
  const [, kind, name] = /^(mac|vtep|remote)\/(.*)$/s.exec(key) ?? [];
  if (!isUuid(network) || kind === undefined || name === undefined) return [];
  return [{ network, kind: kind as KindOfKey['kind'], name }];
}

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
