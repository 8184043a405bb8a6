/** Tells listeners what happened, and keeps their faults away from the teller. */

export type Unsubscribe = () => void;

export class Emitter<Event> {
  private readonly listeners = new Set<(event: Event) => void>();

  on(listener: (event: Event) => void): Unsubscribe {
    const own = (event: Event) => listener(event);
    this.listeners.add(own);
    return () => this.listeners.delete(own);
  }

  /** Calls every listener now. One that throws does not stop the others; its error surfaces as uncaught. */
  emit(event: Event): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(event);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
