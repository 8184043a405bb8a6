import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { PATTERN_METADATA } from '@nestjs/microservices/constants.js';

/** A method of a controller, as its decorators have it. */
export interface Route {
  /** `v2.0/networks`. */
  readonly home: string;
  readonly method: string;
  /** Below `home`: `:id/macs`. */
  readonly below: string;
  /** Of the bus: `network.show`; absent if the bus does not have it. */
  readonly pattern?: string;
}

/** Every route that the application serves. */
export function routesOf(app: INestApplication): readonly Route[] {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => (typeof metatype === 'function' ? routesIn(metatype) : []));
}

/** As OpenAPI writes it: `/v2.0/networks/{id}`. */
export function pathOf({ home, below }: Pick<Route, 'home' | 'below'>): string {
  const path = [home, below].filter((part) => part !== '').join('/');
  return `/${path.replace(/:(\w+)/g, '{$1}')}`;
}

function routesIn(controller: { readonly name: string; readonly prototype?: unknown }): readonly Route[] {
  const home = trimmed(metadata(PATH_METADATA, controller));
  const methods = Object.entries(Object.getOwnPropertyDescriptors(controller.prototype ?? {}));
  return methods.flatMap(([, { value }]: [string, PropertyDescriptor]) => {
    const method = typeof value === 'function' ? metadata(METHOD_METADATA, value) : undefined;
    if (typeof method !== 'number' || typeof value !== 'function') return [];
    const [pattern] = [metadata(PATTERN_METADATA, value)].flat();
    const route = { home, method: String(RequestMethod[method]), below: trimmed(metadata(PATH_METADATA, value)) };
    return [typeof pattern === 'string' ? { ...route, pattern } : route];
  });
}

function metadata(key: string, target: object): unknown {
  return Reflect.getMetadata(key, target);
}

function trimmed(path: unknown): string {
  return typeof path === 'string' ? path.replace(/^\/|\/$/g, '') : '';
}
