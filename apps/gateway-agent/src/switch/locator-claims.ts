import type { Locator } from './locator.js';

/**
 * Locators that are being inserted by transactions under way. Two of them that insert the same locator would break
 * the second one, so who needs a locator that is on its way waits for it and then re-uses it.
 */
export class LocatorClaims {
  private readonly underWay = new Map<Locator, Promise<unknown>>();

  /** Resolves when none of these is on its way. */
  async free(locators: Iterable<Locator>): Promise<void> {
    for (const locator of locators) {
      for (let busy = this.underWay.get(locator); busy !== undefined; busy = this.underWay.get(locator)) await busy;
    }
  }

  /** Until the transaction has ended, in whatever way. */
  hold(locators: readonly Locator[], transaction: Promise<unknown>): void {
    if (locators.length === 0) return;
    const ended = transaction.then(
      () => this.release(locators),
      () => this.release(locators),
    );
    for (const locator of locators) this.underWay.set(locator, ended);
  }

  private release(locators: readonly Locator[]): void {
    for (const locator of locators) this.underWay.delete(locator);
  }
}
