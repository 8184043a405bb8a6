export { BusError } from './bus.js';
export type { Bus, Headers, Message, Reply, RequestOptions, Subscription } from './bus.js';
