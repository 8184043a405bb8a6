import { parseMac } from '@l2gw/l2';
import type { Row, RowChange, Uuid } from '@l2gw/ovsdb';
import { textOf } from '@l2gw/ovsdb';

type Rows = Uuid | readonly Uuid[];

/** The canonical spelling, or what the row says if that is no MAC. */
export interface MacPlace {
  readonly logicalSwitch: Uuid;
  readonly mac: string;
}

/**
 * Finds the rows of a MAC without reading the table. hardware_vtep has no index on (MAC, logical_switch), so there can be
 * several rows of one MAC, in several spellings; nearly always there is one, and it costs no array.
 */
export class MacIndex {
  private readonly macs = new Map<Uuid, Map<string, Rows>>();

  /** Answers whose rows they were and are. */
  take({ uuid, before, after }: RowChange): readonly MacPlace[] {
    const [old, now] = [before && placeOf(before), after && placeOf(after)];
    if (old?.logicalSwitch !== now?.logicalSwitch || old?.mac !== now?.mac) {
      if (old) this.remove(old.logicalSwitch, old.mac, uuid);
      if (now) this.add(now.logicalSwitch, now.mac, uuid);
    }
    return now === undefined ? (old === undefined ? [] : [old]) : old === undefined ? [now] : [old, now];
  }

  get(logicalSwitch: Uuid, mac: string): readonly Uuid[] {
    return asList(this.macs.get(logicalSwitch)?.get(mac));
  }

  macsOf(logicalSwitch: Uuid): Pick<ReadonlyMap<string, unknown>, 'size' | 'keys'> {
    return this.macs.get(logicalSwitch) ?? EMPTY;
  }

  private add(logicalSwitch: Uuid, mac: string, uuid: Uuid): void {
    const macs = this.macs.get(logicalSwitch) ?? new Map<string, Rows>();
    this.macs.set(logicalSwitch, macs);
    const present = macs.get(mac);
    macs.set(mac, present === undefined ? uuid : [...asList(present), uuid]);
  }

  private remove(logicalSwitch: Uuid, mac: string, uuid: Uuid): void {
    const macs = this.macs.get(logicalSwitch);
    if (macs === undefined) return;
    const [one, ...more] = asList(macs.get(mac)).filter((each) => each !== uuid);
    if (one === undefined) macs.delete(mac);
    else macs.set(mac, more.length === 0 ? one : [one, ...more]);
    if (macs.size === 0) this.macs.delete(logicalSwitch);
  }
}

/** The canonical spelling; what is no MAC at all stands for itself, so that it can be found and removed. */
function macOf(row: Row): string {
  const text = textOf(row, 'MAC') ?? '';
  try {
    return parseMac(text);
  } catch {
    return text; // the database accepts any text
  }
}

function placeOf(row: Row): MacPlace {
  return { logicalSwitch: textOf(row, 'logical_switch') ?? '', mac: macOf(row) };
}

const EMPTY: ReadonlyMap<string, unknown> = new Map();
const NONE: readonly Uuid[] = [];

function asList(rows: Rows | undefined): readonly Uuid[] {
  if (rows === undefined) return NONE;
  return typeof rows === 'string' ? [rows] : rows;
}
