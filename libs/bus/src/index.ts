export { Bus, BusError } from './bus.js';
export type { Headers, Message, Reply, RequestOptions, Subscription } from './bus.js';
export type { BusOptions } from './bus-options.js';
export { connectBus, openBus } from './connect-bus.js';
