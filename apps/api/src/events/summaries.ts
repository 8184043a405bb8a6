import type { L2Event } from '@l2gw/contracts';

/** An event before it is told: the time is that of its telling. */
export type News = Omit<L2Event, 'at'>;

/** Distinct summaries at the most; beyond, they no longer name the network or the switch. */
const MOST = 100;

/** Events that were too many to tell each: how many there were of a kind, in which network, on which switch. */
export class Summaries {
  private readonly counts = new Map<string, News & { readonly count: number }>();

  add(news: News): void {
    const summary = this.counts.size < MOST ? placed(news) : kindOf(news);
    const key = JSON.stringify(summary);
    this.counts.set(key, { ...summary, count: (this.counts.get(key)?.count ?? 0) + (news.count ?? 1) });
  }

  get empty(): boolean {
    return this.counts.size === 0;
  }

  take(): readonly News[] {
    const all = [...this.counts.values()];
    this.counts.clear();
    return all;
  }
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
