/** Ends a request whose answer is a stream that says nothing any more: its server may be gone without a word. */
export class Silence {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly mostMs: number) {
    this.begin();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Passes on what is said. */
  async *heard(chunks: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const chunk of chunks) {
      this.begin();
      yield chunk;
    }
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private begin(): void {
    this.end();
    const over = new Error(`nothing was heard for ${this.mostMs / 1000} s`);
    this.timer = setTimeout(() => this.controller.abort(over), this.mostMs).unref();
  }
}
