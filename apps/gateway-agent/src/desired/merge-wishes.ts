import type { LogicalSwitchRow, RemoteTunnel } from '@l2gw/contracts';
import type { SwitchWish, Wish, WishedNetwork, WishedRow } from './wish.js';

/** What one switch wants of a network. */
export interface OneWish {
  readonly switch: string;
  readonly wish: SwitchWish;
}

/**
 * What the switches of one database want of a network together: there is one logical switch, so the bindings and the remote gateway
 * connections of all are united, and where they want different things of the logical switch itself, the first is right.
 */
export function mergeWishes([first, ...others]: readonly OneWish[]): Wish | undefined {
  if (first === undefined) return undefined;
  const all = [first, ...others];
  const unreadable = all.find(({ wish }) => wish.kind === 'unreadable');
  if (unreadable?.wish.kind === 'unreadable') {
    const rows = new Map(all.map((each) => [each.switch, { hash: each.wish.hash }]));
    return { kind: 'unreadable', rows, reason: unreadable.wish.reason };
  }
  const readable = all.flatMap(({ switch: name, wish }) => (wish.kind === 'wish' ? [{ name, ...wish }] : []));
  const [base] = readable;
  if (base === undefined) return undefined;
  const rows = new Map(readable.map(({ name, hash, row }) => [name, compared(hash, row, base)]));
  return { kind: 'wish', rows, row: united(base.row, readable) };
}

interface Readable {
  readonly name: string;
  readonly row: LogicalSwitchRow;
}

/** Of these a database has one, however many switches it has. */
const SHARED = ['replication', 'serviceNodes', 'maxFloodLocators', 'drift'] as const;

function compared(hash: string, row: LogicalSwitchRow, base: Readable): WishedRow {
  if (row.vni !== base.row.vni || row.name !== base.row.name) return { hash, isOther: true };
  const differing = SHARED.filter((each) => JSON.stringify(row[each]) !== JSON.stringify(base.row[each]));
  return differing.length === 0 ? { hash } : { hash, overruled: `${base.name} (${differing.join(', ')})` };
}

function united(base: LogicalSwitchRow, all: readonly Readable[]): WishedNetwork {
  const capabilities = base.capabilities?.filter((each) => all.every(({ row }) => row.capabilities?.includes(each)));
  const remotes = remotesOf(all);
  const rooms = all.flatMap(({ row }) => row.maxMacs ?? []);
  return {
    ...base,
    bindings: all.flatMap(({ name, row }) => row.bindings.map((binding) => ({ ...binding, switch: name }))),
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(remotes.length === 0 ? {} : { remotes }),
    ...(rooms.length === 0 ? {} : { maxMacs: Math.min(...rooms) }),
  };
}

/** A way is down if it is for all: the switches share the rows of MACs. */
function remotesOf(all: readonly Readable[]): readonly RemoteTunnel[] {
  const remotes = all
    .flatMap(({ row }) => row.remotes ?? [])
    .sort((a, b) => Number(b.down === true) - Number(a.down === true));
  return [...new Map(remotes.map((each) => [each.connection, each])).values()];
}
