/** Those who want to be told of something. */
export class Listeners<Event> {
  private readonly all = new Set<(event: Event) => void>();

  on(listener: (event: Event) => void): () => void {
    const own = (event: Event): void => listener(event);
    this.all.add(own);
    return () => void this.all.delete(own);
  }

  tell(event: Event): void {
    for (const listener of [...this.all]) listener(event);
  }
}
