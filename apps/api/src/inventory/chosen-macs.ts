import { randomBytes } from 'node:crypto';
import { type MacAddress, parseMac } from '@l2gw/l2';
import type { EntityManager } from 'typeorm';

interface NewPort {
  readonly network_id: string;
  readonly mac_address?: string;
}

/**
 * The MACs of new ports; those that were given none get one. There are 16 million to choose from, so of 10,000 ports two choose the same
 * nearly always, and one in a thousand meets one of 10,000 that are there.
 */
export class ChosenMacs {
  private readonly used = new Set<MacAddress>();
  private readonly macs: MacAddress[];

  constructor(private readonly ports: readonly NewPort[]) {
    for (const { mac_address } of ports) if (mac_address !== undefined) this.used.add(parseMac(mac_address));
    this.macs = ports.map(({ mac_address }) => (mac_address === undefined ? this.another() : parseMac(mac_address)));
  }

  /** Of the port at this place of the list. */
  of(at: number): MacAddress {
    return this.macs[at] ?? this.another();
  }

  /** Chooses others instead of those that the networks have; answers whether it has chosen any of them. */
  async replaceTaken(db: EntityManager): Promise<boolean> {
    const taken = await takenAmong(
      db,
      this.ports.map(({ network_id }) => network_id),
      this.macs,
    );
    let isAny = false;
    for (const [at, { mac_address, network_id }] of this.ports.entries()) {
      if (mac_address !== undefined || !taken.has(`${network_id} ${this.of(at)}`)) continue;
      this.macs[at] = this.another();
      isAny = true;
    }
    return isAny;
  }

  private another(): MacAddress {
    for (;;) {
      const mac = randomMac();
      if (this.used.has(mac)) continue;
      this.used.add(mac);
      return mac;
    }
  }
}

/** One that the network does not have. */
export async function freeMac(db: EntityManager, network_id: string): Promise<MacAddress> {
  const chosen = new ChosenMacs([{ network_id }]);
  while (await chosen.replaceTaken(db));
  return chosen.of(0);
}

/** With the prefix that Neutron gives to ports. */
function randomMac(): MacAddress {
  return parseMac(`fa163e${randomBytes(3).toString('hex')}`);
}

/** `network MAC` each. */
async function takenAmong(
  db: EntityManager,
  networks: readonly string[],
  macs: readonly MacAddress[],
): Promise<ReadonlySet<string>> {
  const rows: { network: string; mac: string }[] = await db.query(
    `SELECT network, mac FROM unnest($1::uuid[], $2::text[]) AS wanted (network, mac)
     WHERE EXISTS (SELECT FROM port WHERE network_id = network AND mac_address = mac)`,
    [networks, macs],
  );
  return new Set(rows.map(({ network, mac }) => `${network} ${mac}`));
}
