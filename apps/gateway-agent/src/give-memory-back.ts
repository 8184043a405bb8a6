import { setFlagsFromString } from 'node:v8';

/** What follows a convergence at once should not be slowed down. */
const SOON_MS = 3000;
/** V8 collects an idle heap after eight seconds, up to three times. */
const LONG_ENOUGH_MS = 20_000;

let timer: NodeJS.Timeout | undefined;

/**
 * Has V8 give back to the kernel what reading a whole switch has left behind, which it would keep until it has long been idle. Only for a
 * while, because under this flag it collects young objects eight times as often.
 */
export function giveMemoryBack(): void {
  clearTimeout(timer);
  timer = setTimeout(begin, SOON_MS).unref();
}

function begin(): void {
  setFlagsFromString('--optimize-for-size');
  timer = setTimeout(end, LONG_ENOUGH_MS).unref();
}

function end(): void {
  setFlagsFromString('--no-optimize-for-size');
}
