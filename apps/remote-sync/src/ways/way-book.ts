import { importTable } from '@l2gw/contracts';
import type { Pushes } from '../tables/pushes.js';
import { Ways } from './ways.js';

/** The ways to all stretches in one session. */
export class WayBook {
  private readonly ways = new Map<string, Ways>();

  constructor(private readonly pushes: Pushes) {}

  of(cloud: string, connection: string): Ways {
    const table = importTable.table(cloud, connection);
    const known = this.ways.get(table) ?? new Ways(this.pushes.table(table));
    this.ways.set(table, known);
    return known;
  }

  /** The API has no others of these tables any more. */
  keep(tables: ReadonlySet<string>): void {
    for (const table of [...this.ways.keys()]) if (!tables.has(table)) this.ways.delete(table);
  }
}
