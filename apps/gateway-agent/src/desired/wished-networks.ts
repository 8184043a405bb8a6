import type { Replica } from '@l2gw/tables';
import { mergeWishes } from './merge-wishes.js';
import type { SwitchWish, Wish } from './wish.js';

/** The tables of all switches of the database as one: what they want of each network together. */
export class WishedNetworks {
  /** By the names of their switches. */
  private readonly tables = new Map<string, Replica<SwitchWish>>();
  private readonly merged = new Map<string, Wish>();

  add(switchName: string, table: Replica<SwitchWish>): void {
    this.tables.set(switchName, table);
  }

  /** False until all tables were whole once. */
  get complete(): boolean {
    return this.all((table) => table.complete);
  }

  /** The API has confirmed all tables since the agent was started. */
  get confirmed(): boolean {
    return this.all((table) => table.confirmed);
  }

  position(switchName: string): { readonly epoch: string; readonly revision: number } | undefined {
    const table = this.tables.get(switchName);
    return table === undefined || !this.confirmed ? undefined : { epoch: table.epoch, revision: table.revision };
  }

  /** How many MACs there is room for; it is the switch's, and every row of its table says it. Of several switches the smallest counts. */
  get maxMacs(): number | undefined {
    const rooms = [...this.tables.values()].flatMap((table) => roomIn(table) ?? []);
    return rooms.length === 0 ? undefined : Math.min(...rooms);
  }

  get(network: string): Wish | undefined {
    return this.merged.get(network);
  }

  entries(): Iterable<readonly [network: string, wish: Wish]> {
    return this.merged;
  }

  /** A row of the network has changed: what is wanted of it now. */
  take(network: string): Wish | undefined {
    const wishes = [...this.tables].flatMap(([name, table]) => {
      const wish = table.get(network);
      return wish === undefined ? [] : [{ switch: name, wish }];
    });
    const merged = mergeWishes(wishes);
    if (merged === undefined) this.merged.delete(network);
    else this.merged.set(network, merged);
    return merged;
  }

  private all(isSo: (table: Replica<SwitchWish>) => boolean): boolean {
    return this.tables.size > 0 && [...this.tables.values()].every(isSo);
  }
}

function roomIn(table: Replica<SwitchWish>): number | undefined {
  for (const [, wish] of table.entries()) if (wish.kind === 'wish') return wish.row.maxMacs;
  return undefined;
}
