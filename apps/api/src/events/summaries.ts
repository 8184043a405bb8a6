import type { L2Event } from '@l2gw/contracts';

/** An event before it is told: the time is that of its telling. */
export type News = Omit<L2Event, 'at'>;

/** Distinct summaries at the most; beyond, they no longer name the network or the switch. */
const MOST = 100;

/** Events that were too many to tell each: how many there were of a kind, in which network, on which switch. */
export class Summaries {
  private readonly counts = new Map<string, { readonly news: News; count: number }>();

  /** Of what is known only the number grows: when a whole network changes, each of its MACs passes here. */
  add(news: News): void {
    const told = this.counts.size < MOST ? news : kindOf(news);
    const key = placeOf(told);
    const known = this.counts.get(key) ?? { news: placed(told), count: 0 };
    known.count += news.count ?? 1;
    this.counts.set(key, known);
  }

  get empty(): boolean {
    return this.counts.size === 0;
  }

  take(): readonly News[] {
    const all = [...this.counts.values()].map(({ news, count }) => ({ ...news, count }));
    this.counts.clear();
    return all;
  }
}

/** The same for those that are told as one. */
function placeOf({ noun, change, network_id: network = '', switch: switchName = '' }: News): string {
  return `${noun} ${change} ${network} ${switchName}`;
}

function placed(news: News): News {
  const { network_id, switch: switchName } = news;
  return {
    ...kindOf(news),
    ...(network_id === undefined ? {} : { network_id }),
    ...(switchName === undefined ? {} : { switch: switchName }),
  };
}

function kindOf({ noun, change }: News): News {
  return { noun, change };
}
