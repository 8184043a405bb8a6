import type { Operation, WireAtom, WireRow } from '@l2gw/ovsdb';
import { assertLock, insert, namedUuid, uuid } from '@l2gw/ovsdb';
import { type Locator, partsOf } from './locator.js';
import { LOCK } from './lock.js';

/** The operations of one transaction: first the assertion that we are the active agent, and no locator twice. */
export class Transaction {
  readonly operations: Operation[] = [assertLock(LOCK)];
  private readonly inserted = new Map<Locator, WireAtom>();

  /** `existing`: the row of a locator, if the database has one. */
  constructor(private readonly existing: (locator: Locator) => string | undefined) {}

  /** Locators that this transaction inserts. */
  get newLocators(): readonly Locator[] {
    return [...this.inserted.keys()];
  }

  add(...operations: readonly Operation[]): void {
    this.operations.push(...operations);
  }

  /** A reference to the row of a locator. */
  locator(locator: Locator): WireAtom {
    const present = this.existing(locator);
    return present === undefined ? this.newLocator(locator) : uuid(present);
  }

  private newLocator(locator: Locator): WireAtom {
    const known = this.inserted.get(locator);
    if (known !== undefined) return known;
    const name = `locator_${this.inserted.size}`;
    this.add(insert('Physical_Locator', columnsOf(locator), { name }));
    this.inserted.set(locator, namedUuid(name));
    return namedUuid(name);
  }
}

function columnsOf(locator: Locator): WireRow {
  const { vtep, key } = partsOf(locator);
  return { encapsulation_type: 'vxlan_over_ipv4', dst_ip: vtep, ...(key === undefined ? {} : { tunnel_key: key }) };
}
