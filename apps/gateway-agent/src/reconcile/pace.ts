import type { BackOff } from '@l2gw/reconcile';
import type { Limit } from './patience.js';

/** Pauses between tries of what may succeed in a moment. */
export const BACK_OFF: BackOff = { firstMs: 10, mostMs: 5000, random: Math.random };

/**
 * MACs of a transaction: what ovsdb-server takes in fastest without keeping others waiting. The update that tells of a transaction is an object with
 * a key for each row, and V8 reads one of 128 keys or more far sooner: it makes no hidden classes for it.
 */
export const MAC_BATCH = 150;

/** Transactions under way: four of them at the server, which takes in no more at a time, and four that follow when one is answered. */
export const MAC_WINDOW = 8;

/** Who was told so often that a pause is this long already has a problem that an operator should see. */
export const STUBBORN_MS = 500;

/** Between tries of what an operator has to put right. */
export const SLOW_RETRY_MS = 30_000;

/** Corrections of a MAC that somebody changes on the switch. */
export const MAC_PATIENCE: Limit = { most: 3, withinMs: 5000 };

/** Changes of a MAC that the switch learns and forgets: it is told three times that it came and went, and then now and then. */
export const LEARNED_PATIENCE: Limit = { most: 6, withinMs: 5000 };

/** Choices among the members of a flood set because tunnels went down or up. */
export const TUNNEL_PATIENCE: Limit = { most: 1, withinMs: 10_000 };

/** Passes over a network because of changes on the switch, most of which are our own. */
export const NETWORK_PATIENCE: Limit = { most: 20, withinMs: 5000 };
