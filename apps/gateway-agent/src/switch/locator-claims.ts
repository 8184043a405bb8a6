/**
 * VTEP IPs whose locators are being inserted by transactions under way. Two of them that insert the same locator would break
 * the second one, so who needs a locator that is on its way waits for it and then re-uses it.
 */
export class LocatorClaims {
  private readonly underWay = new Map<string, Promise<unknown>>();

  /** Resolves when none of these is on its way. */
  async free(vteps: Iterable<string>): Promise<void> {
    for (const vtep of vteps) {
      for (let busy = this.underWay.get(vtep); busy !== undefined; busy = this.underWay.get(vtep)) await busy;
    }
  }

  /** Until the transaction has ended, in whatever way. */
  hold(vteps: readonly string[], transaction: Promise<unknown>): void {
    if (vteps.length === 0) return;
    const ended = transaction.then(
      () => this.release(vteps),
      () => this.release(vteps),
    );
    for (const vtep of vteps) this.underWay.set(vtep, ended);
  }

  private release(vteps: readonly string[]): void {
    for (const vtep of vteps) this.underWay.delete(vtep);
  }
}
