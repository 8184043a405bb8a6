import type { PeerRow, StretchRow } from '@l2gw/contracts';
import type { RowOp, StopListening } from '@l2gw/tables';
import type { RelayedStretch } from '../peers/hello.js';
import { FLOOD_KEY, encodeFlood, vtepsOf } from '../peers/stretch-rows.js';
import type { Ways, WaysChange } from '../ways/ways.js';
import { RelayedRows } from './relayed-rows.js';
import { type RelayTerms, resolveRelay } from './resolve-relay.js';
import { selectExported } from './select-exported.js';
import { StretchExport } from './stretch-export.js';
import { isSame } from './is-same.js';

/** To whom, and what of it. */
export interface RelayOrder extends RelayTerms {
  readonly peer: PeerRow;
  /** Our stretches with the receiver by the number. */
  readonly group: readonly StretchRow[];
}

/** The table by which it is passed on. */
export interface RelayTable {
  readonly write: (ops: readonly RowOp[]) => void;
  readonly remove: () => void;
}

/** What one peer is told of one stretch of a third cloud. */
export class Relay {
  private readonly rows: RelayedRows;
  private readonly stopListening: StopListening;
  private told: StretchExport | undefined;
  private listed = '';

  constructor(
    private readonly ways: Ways,
    private order: RelayOrder,
    private readonly table: RelayTable,
    /** What is said of it in greetings may be another now. */
    private readonly onTurn: () => void,
  ) {
    this.rows = new RelayedRows(ways, order.own);
    this.stopListening = ways.onChange((change) => this.changed(change));
    this.look();
  }

  /** What greetings say of it; absent: it is not passed on. */
  sight(): Pick<RelayedStretch, 'path' | 'live' | 'rows'> | undefined {
    const { chosen } = this.ways;
    const verdict = resolveRelay(chosen, this.order);
    if (verdict === 'untold') return undefined;
    if (chosen === undefined) return { path: [], live: false, rows: 0 };
    return { path: [...chosen.path, this.order.own], live: chosen.isLive, rows: this.told?.size ?? 0 };
  }

  become(order: RelayOrder): void {
    const { peer, group } = this.order;
    this.order = order;
    this.look();
    if (order.peer !== peer || !isSame(order.group, group)) this.told?.become(this.flood, selectExported(order.peer));
  }

  stop(): void {
    this.stopListening();
    this.told?.stop();
  }

  private changed(change: WaysChange): void {
    this.look();
    this.rows.changed(change);
    const { path, live } = this.sight() ?? {};
    const listed = JSON.stringify({ path, live });
    if (listed !== this.listed) this.onTurn();
    this.listed = listed;
  }

  private look(): void {
    const verdict = resolveRelay(this.ways.chosen, this.order);
    if (verdict === 'told') this.told ??= this.begin();
    if (verdict !== 'untold' || this.told === undefined) return;
    this.told.stop();
    this.told = undefined;
    this.table.remove();
  }

  private begin(): StretchExport {
    return new StretchExport(this.rows, this.flood, selectExported(this.order.peer), this.table.write);
  }

  /** Frames go to where the cloud says it is, or to us. */
  private readonly flood = (): object => {
    const { group, peer } = this.order;
    const said = this.ways.chosen?.said.get(FLOOD_KEY);
    const vteps = said?.kind === 'flood' ? said.vtep : [];
    return encodeFlood(group, peer.nextHopSelf === true ? vtepsOf(group) : vteps);
  };
}
