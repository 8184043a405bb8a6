import { type JsonSchema, oneOf, text } from '@l2gw/contracts';
import { decimals } from './decimals.js';

export { flag, integer, list, oneOf, record, text } from '@l2gw/contracts';

export type Schema = JsonSchema;

export const uuid = (description = ''): Schema =>
  text(description, { format: 'uuid', example: '591ffe08-f8f5-44c1-85c1-1026878f69bd' });

/** A whole number or its decimal text. */
export const number = (description: string, minimum: number, maximum: number): Schema => ({
  oneOf: [{ type: 'integer', minimum, maximum }, text('', { pattern: decimals(minimum, maximum) })],
  description,
});

/** 4 or 6, or its text. */
export const ipVersion = (description = ''): Schema => ({
  oneOf: [{ type: 'integer', enum: [4, 6] }, oneOf(['4', '6'])],
  ...(description === '' ? {} : { description }),
});

export const time = (description = 'UTC.'): Schema => text(description, { format: 'date-time' });

export const mac = (description = ''): Schema =>
  text(description, { pattern: '^[0-9A-Fa-f]{2}([:-]?[0-9A-Fa-f]{2}){5}$', example: '02:00:00:00:ba:1e' });

/** The address of one host, not of several. */
export const stationMac = (description = ''): Schema => ({
  ...mac(description),
  pattern: '^[0-9A-Fa-f][02468ACEace]([:-]?[0-9A-Fa-f]{2}){5}$',
});

export const ip = (description = ''): Schema =>
  text(description, { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }], example: '192.0.2.1' });

export const vtepIp = (description = ''): Schema => text(description, { format: 'ipv4', example: '198.51.100.1' });

const octet = decimals(0, 255).slice(1, -1);
const group = '[0-9A-Fa-f]{1,4}';
const PREFIX_4 = `(${octet}\\.){3}${octet}/${decimals(0, 32).slice(1, -1)}`;
const PREFIX_6 = `((${group}:){7}${group}|(${group}:){1,6}(:|:${group})|::)/${decimals(0, 128).slice(1, -1)}`;

/** `192.0.2.0/24`, `2001:db8::/64`. */
export const prefix = (description = ''): Schema =>
  text(description, { pattern: `^(${PREFIX_4}|${PREFIX_6})$`, example: '192.0.2.0/24' });

/** An object of any attributes. */
export const dictionary = (description = ''): Schema => ({
  type: 'object',
  ...(description === '' ? {} : { description }),
});

/** The same, or null. */
export const nullable = (schema: Schema): Schema =>
  typeof schema['type'] === 'string' && !('enum' in schema)
    ? { ...schema, type: [schema['type'], 'null'] }
    : { oneOf: [schema, { type: 'null' }] };

export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
