import type { NextFunction, Request, Response } from 'express';
import { plumgridCollection } from './base-path.js';

/**
 * The specification updates a gateway by a POST to the collection, as if it were a new one. What adds and removes interfaces of devices
 * can only mean a gateway that exists, so it is routed to where that one is changed.
 */
export function updateByPost(request: Request, _response: Response, next: NextFunction): void {
  const name = request.method === 'POST' ? changedGateway(request) : undefined;
  if (name !== undefined) {
    request.method = 'PUT';
    request.url = request.url.replace(/^([^?]*?)\/?(?=\?|$)/, `$1/${encodeURIComponent(name)}`);
  }
  next();
}

function changedGateway(request: Request): string | undefined {
  if (plumgridCollection(request) !== 'l2-gateways') return undefined;
  const gateway = dictionary(dictionary(request.body)['l2_gateway']);
  const { name, devices } = gateway;
  if (typeof name !== 'string' || name === '' || !Array.isArray(devices)) return undefined;
  return devices.map(dictionary).some(isDelta) ? name : undefined;
}

function isDelta(device: Readonly<Record<string, unknown>>): boolean {
  return 'new_interfaces' in device || 'deleted_interfaces' in device;
}

function dictionary(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
