import type { NextFunction, Request, Response } from 'express';
import { Counter, Histogram, type Registry } from 'prom-client';

const SECONDS = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30];

/** Counts and measures HTTP requests by the template of their route, never by what stands in its place. */
export class RequestMetrics {
  private readonly requests: Counter<'method' | 'route' | 'status'>;
  private readonly seconds: Histogram<'method'>;

  constructor(registry: Registry) {
    this.requests = new Counter({
      name: 'l2gw_api_requests_total',
      help: 'HTTP requests that were answered',
      labelNames: ['method', 'route', 'status'],
      registers: [registry],
    });
    this.seconds = new Histogram({
      name: 'l2gw_api_request_seconds',
      help: 'HTTP requests, until answered; those that wait for a status or for events, too',
      labelNames: ['method'],
      buckets: SECONDS,
      registers: [registry],
    });
  }

  /** For every request, before anything else. */
  readonly watch = (request: Request, response: Response, next: NextFunction): void => {
    const began = performance.now();
    response.once('close', () => {
      const method = METHODS.has(request.method) ? request.method : 'other';
      this.requests.inc({ method, route: templateOf(request), status: String(response.statusCode) });
      this.seconds.observe({ method }, (performance.now() - began) / 1000);
    });
    next();
  };
}

/** Clients may send any word. */
const METHODS = new Set(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS']);

/** `none`: no route of ours, or refused before one was looked for. */
function templateOf({ route }: Request): string {
  const path = (route as { readonly path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : 'none';
}
