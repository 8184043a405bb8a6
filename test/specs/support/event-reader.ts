/** Reads an event stream of the API as a browser's EventSource does, without coming back by itself. */
import type { L2Event } from '@l2gw/contracts';
import { eventually } from '../../harness/eventually.js';

export interface StreamedEvent {
  readonly id: string | undefined;
  readonly name: string;
  readonly data: L2Event;
}

export class EventReader {
  readonly events: StreamedEvent[] = [];
  ended = false;

  private constructor(
    readonly response: Response,
    private readonly closing: AbortController,
  ) {
    void this.read().finally(() => (this.ended = true));
  }

  /** Resolves when the stream has begun: what happens from now on is in it. */
  static async open(url: string, query = '', lastId?: string): Promise<EventReader> {
    const closing = new AbortController();
    const response = await fetch(`${url}/v2.0/l2-events${query}`, {
      signal: closing.signal,
      headers: lastId === undefined ? {} : { 'Last-Event-ID': lastId },
    });
    if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
    return new EventReader(response, closing);
  }

  /** Waits for an event that has all of these attributes. */
  sees(expected: Partial<L2Event>): Promise<StreamedEvent> {
    return eventually(() => {
      const found = this.events.find(({ data }) => this.matches(data, expected));
      if (found === undefined)
        throw new Error(`no ${JSON.stringify(expected)} among ${JSON.stringify(this.events.map((each) => each.data))}`);
      return found;
    });
  }

  /** Forgets what was read. */
  clear(): void {
    this.events.length = 0;
  }

  close(): void {
    this.closing.abort();
  }

  private matches(data: object, expected: object): boolean {
    return Object.entries(expected).every(
      ([name, value]) => JSON.stringify(Reflect.get(data, name)) === JSON.stringify(value),
    );
  }

  private async read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of (this.response.body ?? []) as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString('utf8');
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch (error) {
      if (!this.closing.signal.aborted && !(error instanceof TypeError)) throw error;
    }
  }

  private take(block: string): void {
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const [name, data] = [field('event'), field('data')];
    if (name === undefined || data === undefined) return;
    this.events.push({ id: field('id'), name, data: JSON.parse(data) as L2Event });
  }
}
