import type { Operation, WireAtom, WireRow } from '@l2gw/ovsdb';
import { assertLock, insert, namedUuid, uuid } from '@l2gw/ovsdb';
import { LOCK } from './lock.js';

/** The operations of one transaction: first the assertion that we are the active agent, and no locator twice. */
export class Transaction {
  readonly operations: Operation[] = [assertLock(LOCK)];
  private readonly inserted = new Map<string, WireAtom>();

  /** `existing`: the row of a VTEP IP, if the database has one. */
  constructor(private readonly existing: (vtep: string) => string | undefined) {}

  /** VTEP IPs whose locators this transaction inserts. */
  get newLocators(): readonly string[] {
    return [...this.inserted.keys()];
  }

  add(...operations: readonly Operation[]): void {
    this.operations.push(...operations);
  }

  /** A reference to the locator of a VTEP IP. */
  locator(vtep: string): WireAtom {
    const present = this.existing(vtep);
    return present === undefined ? this.newLocator(vtep) : uuid(present);
  }

  private newLocator(vtep: string): WireAtom {
    const known = this.inserted.get(vtep);
    if (known !== undefined) return known;
    const name = `locator_${this.inserted.size}`;
    const row: WireRow = { encapsulation_type: 'vxlan_over_ipv4', dst_ip: vtep };
    this.add(insert('Physical_Locator', row, { name }));
    this.inserted.set(vtep, namedUuid(name));
    return namedUuid(name);
  }
}
