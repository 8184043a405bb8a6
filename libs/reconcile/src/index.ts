export { type BackOff, delayAfter } from './back-off.js';
export { type Failure, Reconciler, type ReconcilerOptions, Terminal } from './reconciler.js';
