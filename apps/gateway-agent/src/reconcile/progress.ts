import { Injectable } from '@nestjs/common';
import type { Problem } from '@l2gw/contracts';
import { NO_ROWS, type WishedRows } from '../desired/wish.js';
import { Listeners } from '../listeners.js';
import type { MacKey, MacsByNetwork } from './mac-key.js';
import { macOfKey, networkOfKey } from './mac-key.js';
import { Drift } from './drift.js';
import { Outstanding } from './outstanding.js';
import type { Standing } from './resolve-confirmation.js';
import { problemsOf, type SwitchProblem } from './switch-problem.js';

const SOON_MS = 500;

interface NetworkProgress {
  rows: WishedRows;
  /** False while a part of it waits for something that is on its way. */
  isWhole: boolean;
  logicalSwitch: Standing['logicalSwitch'];
  problems: readonly SwitchProblem[];
  isFilled: boolean | undefined;
  readonly refusals: Map<string, Problem>;
}

/** How far each network has come on the switch: what the loops tell, and what the confirmations are made of. */
@Injectable()
export class Progress {
  readonly outstanding = new Outstanding();
  readonly drift = new Drift();
  private readonly networks = new Map<string, NetworkProgress>();
  private readonly listeners = new Listeners<string>();
  private readonly toTell = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  /** Told a network about which something else is to be said. */
  onChange(listener: (network: string) => void): () => void {
    return this.listeners.on(listener);
  }

  /** As one of the switches sees it. */
  standing(network: string, switchName: string): Standing {
    const { rows, isWhole, logicalSwitch, problems, isFilled, refusals } = this.of(network);
    const wished = rows.get(switchName);
    if (wished === undefined)
      return { ...NOT_WISHED, logicalSwitch: logicalSwitch === 'unknown' ? 'unknown' : 'absent' };
    const row = isWhole && wished.isOther !== true ? wished.hash : undefined;
    return { row, logicalSwitch, problems: problemsOf(switchName, problems), isFilled, refusals };
  }

  /** Whether the MACs of the network may be written. */
  isOpen(network: string): boolean {
    return this.networks.get(network)?.logicalSwitch === 'written';
  }

  /** There is to be a new logical switch, and nothing is on it yet. */
  begun(network: string): void {
    this.of(network).isFilled = false;
  }

  /** What is not whole yet is not confirmed. */
  written(network: string, rows: WishedRows, problems: readonly SwitchProblem[], isWhole = true): void {
    this.tell(network, { rows, isWhole, logicalSwitch: 'written', problems });
  }

  /** The logical switch is as it is and must stay so. */
  failed(network: string, rows: WishedRows, problems: readonly SwitchProblem[]): void {
    this.tell(network, { rows, isWhole: true, logicalSwitch: 'unknown', problems });
  }

  /** There is no logical switch of this network. Without rows there should be none. */
  absent(network: string, rows: WishedRows, problems: readonly SwitchProblem[]): void {
    this.of(network).refusals.clear();
    this.tell(network, { rows, isWhole: true, logicalSwitch: 'absent', problems, isFilled: false });
    if (rows.size === 0) this.networks.delete(network);
  }

  /** These MACs are not as they should be; when they have been written, the network is filled. */
  filling(network: string, macs: readonly MacKey[]): void {
    const { isFilled } = this.of(network);
    this.outstanding.fill(network, macs, performance.now());
    this.tell(network, { isFilled: macs.length === 0 ? true : isFilled });
  }

  /** Answers the networks that are filled now and were not before. */
  macsWritten(macs: MacsByNetwork): readonly string[] {
    const filled: string[] = [];
    for (const [network, keys] of macs) {
      const isFilled = this.outstanding.end(network, keys);
      const progress = this.networks.get(network);
      if (progress === undefined) continue;
      if (isFilled && progress.logicalSwitch === 'written') {
        this.tell(network, { isFilled: true });
        filled.push(network);
      }
      if (progress.refusals.size > 0) this.accepted(network, progress.refusals, keys);
    }
    return filled;
  }

  private accepted(network: string, refusals: NetworkProgress['refusals'], macs: readonly MacKey[]): void {
    const before = refusals.size;
    for (const mac of macs) refusals.delete(macOfKey(mac));
    if (refusals.size < before) this.tellSoon(network);
  }

  /** What is refused is not waited for: when everything else is there, the network is filled. */
  macRefused(mac: MacKey, problem: Problem): void {
    const network = networkOfKey(mac);
    const progress = this.of(network);
    progress.refusals.set(macOfKey(mac), problem);
    if (this.outstanding.end(network, [mac])) progress.isFilled = true;
    this.tellSoon(network);
  }

  /** Nothing is certain any more; what was said stays said until it is known better. */
  forget(): void {
    this.networks.clear();
    this.toTell.clear();
  }

  /** A switch whose table is full refuses thousands one by one: that is told now and then, not each time. */
  private tellSoon(network: string): void {
    this.toTell.add(network);
    this.timer ??= setTimeout(() => {
      const networks = [...this.toTell];
      this.toTell.clear();
      this.timer = undefined;
      for (const each of networks) this.listeners.tell(each);
    }, SOON_MS).unref();
  }

  private tell(network: string, news: Partial<NetworkProgress>): void {
    Object.assign(this.of(network), news);
    this.listeners.tell(network);
  }

  private of(network: string): NetworkProgress {
    const known = this.networks.get(network) ?? {
      rows: NO_ROWS,
      isWhole: false,
      logicalSwitch: 'unknown',
      problems: [],
      isFilled: undefined,
      refusals: new Map(),
    };
    this.networks.set(network, known);
    return known;
  }
}

const NOT_WISHED: Omit<Standing, 'logicalSwitch'> = {
  row: undefined,
  problems: [],
  isFilled: undefined,
  refusals: new Map(),
};
