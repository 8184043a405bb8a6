import { parseIp, parseMac, parseVtepIp } from '@l2gw/l2';
import { attribute } from './attribute-rules.js';
import { spelled } from './neutron-error.js';

/** Decorators for attributes whose refusals are worded as Neutron words them. */

/** What PostgreSQL has no room for. */
export const UNSTORABLE = /[\0\p{Surrogate}]/u;

export const IsText = (longest = 255): PropertyDecorator =>
  attribute(
    'isText',
    (value) => typeof value === 'string' && value.length <= longest && !UNSTORABLE.test(value),
    (value) =>
      typeof value === 'string'
        ? UNSTORABLE.test(value)
          ? 'a NUL character, or half of a surrogate pair, is not allowed.'
          : `'${value}' exceeds maximum length of ${longest}.`
        : `'${spelled(value)}' is not a valid string.`,
  );

export const IsUuid = (): PropertyDecorator =>
  attribute('isUuid', isUuid, (value) => `'${spelled(value)}' is not a valid UUID.`);

/** True, false, or a word that Neutron takes for one of them. */
export const IsFlag = (): PropertyDecorator =>
  attribute(
    'isFlag',
    (value) => typeof value === 'boolean',
    (value) => `'${spelled(value)}' cannot be converted to boolean.`,
    (value) => flagOf(value) ?? value,
  );

export const IsMac = (): PropertyDecorator =>
  attribute('isMac', parses(parseMac), (value) => `'${spelled(value)}' is not a valid MAC address.`);

/** The address of a VTEP; hardware_vtep has no other encapsulation than `vxlan_over_ipv4`. */
export const IsVtepIp = (): PropertyDecorator =>
  attribute('isVtepIp', parses(parseVtepIp), (value) =>
    isIp(value)
      ? `'${spelled(value)}' is not an IPv4 address; hardware VTEPs speak VXLAN over IPv4 only.`
      : `'${spelled(value)}' is not a valid IP address.`,
  );

/** Whole number or its decimal text; use with `@Type(() => Number)`-less bodies and read it by `toInteger`. */
export const IsIntegerText = (lowest: number, highest: number): PropertyDecorator =>
  attribute(
    'isIntegerText',
    (value) => value === null || inRange(toInteger(value), lowest, highest),
    (value) => `'${spelled(value)}' is not an integer from ${lowest} to ${highest}.`,
  );

/** The same, but not null. */
export const IsInteger = (lowest: number, highest: number): PropertyDecorator =>
  attribute(
    'isInteger',
    (value) => inRange(toInteger(value), lowest, highest),
    (value) => `'${spelled(value)}' is not an integer from ${lowest} to ${highest}.`,
  );

export const IsOneOf = (choices: readonly string[]): PropertyDecorator =>
  attribute(
    'isOneOf',
    (value) => typeof value === 'string' && choices.includes(value),
    (value) => `'${spelled(value)}' is not in ${JSON.stringify(choices)}.`,
  );

/** A JSON object, or null for "none". */
export const IsDictionary = (): PropertyDecorator =>
  attribute(
    'isDictionary',
    (value) => typeof value === 'object' && !Array.isArray(value),
    (value) => `'${spelled(value)}' is not a dictionary.`,
  );

/** A JSON object of texts under some of these names. */
export const IsDictionaryOf = (names: readonly string[]): PropertyDecorator =>
  attribute(
    'isDictionaryOf',
    (value) => foreignIn(value, names) === undefined,
    (value) => foreignIn(value, names) ?? '',
  );

function foreignIn(value: unknown, names: readonly string[]): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `'${spelled(value)}' is not a dictionary.`;
  const unknown = Object.keys(value).filter((name) => !names.includes(name));
  if (unknown.length > 0) return `'${unknown.join(', ')}' is not in ${JSON.stringify(names)}.`;
  const wrong = Object.values(value).find(
    (each) => typeof each !== 'string' || each.length > 255 || each.includes('\0'),
  );
  return wrong === undefined ? undefined : `'${spelled(wrong)}' is not a text of up to 255 characters.`;
}

/** A list whose items `problemOf` finds nothing wrong with. */
export const IsListOf = (problemOf: (item: unknown) => string | undefined): PropertyDecorator =>
  attribute(
    'isListOf',
    (value) => value === null || (Array.isArray(value) && value.every((item) => problemOf(item) === undefined)),
    (value) =>
      Array.isArray(value)
        ? (value.map(problemOf).find((problem) => problem !== undefined) ?? '')
        : `'${spelled(value)}' is not a list.`,
  );

/** Takes part in the whitelist; a pure function of the noun looks at it. */
export const IsAnything = (): PropertyDecorator =>
  attribute(
    'isAnything',
    () => true,
    () => '',
  );

/** Absent for what is neither true nor false, nor a word that Neutron takes for one of them. */
export function flagOf(value: unknown): boolean | undefined {
  if (typeof value !== 'string' && value !== 0 && value !== 1) return undefined;
  const word = String(value).trim().toLowerCase();
  if (['1', 't', 'true', 'on', 'y', 'yes'].includes(word)) return true;
  return ['0', 'f', 'false', 'off', 'n', 'no'].includes(word) ? false : undefined;
}

export function isUuid(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value);
}

export function parses(parse: (text: string) => unknown): (value: unknown) => boolean {
  return (value) => {
    try {
      return typeof value === 'string' && parse(value) !== undefined;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
}

export const isIp = parses(parseIp);
export const isMac = parses(parseMac);
export const isVtepIp = parses(parseVtepIp);

/** `NaN` for what is neither a whole number nor its decimal text. */
export function toInteger(value: unknown): number {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : NaN;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
}

function inRange(value: number, lowest: number, highest: number): boolean {
  return value >= lowest && value <= highest;
}
