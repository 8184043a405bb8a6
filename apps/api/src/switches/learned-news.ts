import { Injectable } from '@nestjs/common';
import { Log } from '@l2gw/runtime';
import { DataSource } from 'typeorm';
import { Events } from '../events/events.js';
import type { News } from '../events/summaries.js';

/** MACs of one push at the most of which it is found out where they were before. */
const MOST_LOOKED_UP = 100;
/** Look-ups under way at once at the most; beyond, a MAC that moved is told as one that appeared. */
const MOST_AT_ONCE = 2;

interface LearnedKey {
  readonly network: string;
  readonly mac: string;
}

/** Tells which MACs a switch has learned and forgotten, and which of them another switch had learned before. */
@Injectable()
export class LearnedNews {
  private underWay = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly events: Events,
    private readonly log: Log,
  ) {}

  /** Call after commit; keys are those of the table `learned/`. */
  tell(switchName: string, appeared: readonly string[], vanished: readonly string[]): void {
    this.events.tell(...vanished.map((key) => newsOf('vanished', switchName, keyOf(key))));
    const keys = appeared.map(keyOf);
    if (keys.length === 0) return;
    if (keys.length > MOST_LOOKED_UP || this.underWay >= MOST_AT_ONCE) return this.appeared(switchName, keys);
    void this.lookedUp(switchName, keys);
  }

  private async lookedUp(switchName: string, keys: readonly LearnedKey[]): Promise<void> {
    this.underWay += 1;
    try {
      this.appeared(switchName, keys, await this.othersWith(switchName, keys));
    } catch (error) {
      this.log.debug('learned-macs-not-looked-up', { error });
      this.appeared(switchName, keys);
    } finally {
      this.underWay -= 1;
    }
  }

  private appeared(switchName: string, keys: readonly LearnedKey[], others?: ReadonlyMap<string, string>): void {
    this.events.tell(
      ...keys.map((key) => {
        const from = others?.get(textOf(key));
        return from === undefined ? newsOf('appeared', switchName, key) : { ...newsOf('moved', switchName, key), from };
      }),
    );
  }

  /** The switch that had each of these MACs last; a switch does not forget a MAC at the instant at which another learns it. */
  private async othersWith(switchName: string, keys: readonly LearnedKey[]): Promise<ReadonlyMap<string, string>> {
    const rows: (LearnedKey & { name: string })[] = await this.dataSource.query(
      `SELECT DISTINCT ON (logical_switch, mac) logical_switch AS network, mac, switch.name
       FROM unnest($2::text[], $3::text[]) AS wanted (network, mac_text)
       JOIN learned_mac ON logical_switch = network AND mac = mac_text
       JOIN switch ON table_name = 'learned/' || switch.id
       WHERE switch.name <> $1 ORDER BY logical_switch, mac, arrival DESC`,
      [switchName, keys.map((key) => key.network), keys.map((key) => key.mac)],
    );
    return new Map(rows.map((row) => [textOf(row), row.name]));
  }
}

function keyOf(key: string): LearnedKey {
  const [network = '', mac = ''] = key.split('/');
  return { network, mac };
}

const textOf = ({ network, mac }: LearnedKey): string => `${network} ${mac}`;

function newsOf(change: News['change'], switchName: string, { network, mac }: LearnedKey): News {
  return { noun: 'learned', change, id: mac, network_id: network, switch: switchName };
}
