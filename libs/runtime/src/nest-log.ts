import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** Lets Nest's own messages through as events: what goes wrong always, its chatter only while debugging. */
export class NestLog implements LoggerService {
  constructor(private readonly target: Log) {}

  log(message: unknown, ...context: unknown[]): void {
    this.target.debug('nest', { message, context });
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.target.warn('nest', { message, context });
  }

  error(message: unknown, ...context: unknown[]): void {
    this.target.error('nest', { message, context });
  }

  debug(message: unknown, ...context: unknown[]): void {
    this.target.debug('nest', { message, context });
  }
}
