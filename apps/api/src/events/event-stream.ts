import type { Response } from 'express';

/** What a slow reader may have waiting in this replica's memory. */
const MOST_BYTES = 256 * 1024;
/** How soon a reader comes back after his connection was cut. */
const RETRY_MS = 2000;

/** One reader's stream of Server-Sent Events (WHATWG HTML §9.2). A reader who is too slow loses events and is told so. */
export class EventStream {
  private overflown = false;

  constructor(private readonly response: Response) {
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      Connection: 'close',
      // Proxies that collect answers before they pass them on (nginx) must not do so here.
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    response.write(`retry: ${RETRY_MS}\n\n`);
    response.on('drain', () => this.drained());
  }

  /** An event without an id leaves the reader's last id as it is. */
  send(event: string, data: object, id?: string): void {
    if (this.overflown) return;
    if (this.response.writableLength > MOST_BYTES) {
      this.overflown = true;
      return;
    }
    this.response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment, so that neither end takes a quiet connection for a dead one. */
  keepAlive(): void {
    if (this.response.writableLength === 0) this.response.write(': \n\n');
  }

  end(): void {
    this.response.end();
  }

  private drained(): void {
    if (!this.overflown) return;
    this.overflown = false;
    this.send('overflow', { text: 'events were lost because they were not read in time; list again' });
  }
}
