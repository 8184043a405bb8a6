import { setFlagsFromString } from 'node:v8';

/** V8 collects an idle heap after eight seconds, up to three times. */
const LONG_ENOUGH_MS = 20_000;

let end: NodeJS.Timeout | undefined;

/**
 * Has V8 give back to the kernel what reading a whole switch has left behind, which it would keep until it has long been idle. Only for a
 * while, because under this flag it collects young objects eight times as often.
 */
export function giveMemoryBack(): void {
  clearTimeout(end);
  setFlagsFromString('--optimize-for-size');
  end = setTimeout(() => setFlagsFromString('--no-optimize-for-size'), LONG_ENOUGH_MS).unref();
}
