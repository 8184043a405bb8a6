import type { BackOff } from '@l2gw/reconcile';

/** Pauses between tries of what may succeed in a moment. */
export const BACK_OFF: BackOff = { firstMs: 10, mostMs: 5000, random: Math.random };

/** Who was told so often that a pause is this long already has a problem that an operator should see. */
export const STUBBORN_MS = 500;

/** Between tries of what an operator has to put right. */
export const SLOW_RETRY_MS = 30_000;
