/** Something that lets through, or makes everybody wait until it does again. */
export class Gate {
  passage: Promise<void> = Promise.resolve();
  private letThrough: (() => void) | undefined;

  close(): void {
    if (this.letThrough) return;
    this.passage = new Promise((resolve) => (this.letThrough = resolve));
  }

  open(): void {
    this.letThrough?.();
    this.letThrough = undefined;
  }
}
