import { parseIp, parseMac } from '@l2gw/l2';
import { Transform } from 'class-transformer';
import { type ValidationArguments, ValidateBy, type ValidationOptions } from 'class-validator';
import { spelled } from './neutron-error.js';

/** Decorators for attributes whose refusals are worded as Neutron words them. */

const attribute = (
  name: string,
  accepts: (value: unknown) => boolean,
  reason: (value: unknown) => string,
): PropertyDecorator => {
  const options: ValidationOptions = { message: (args: ValidationArguments) => reason(args.value) };
  return ValidateBy({ name, validator: { validate: (value) => value === undefined || accepts(value) } }, options);
};

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
export const IsFlag = (): PropertyDecorator => (target, name) => {
  Transform(({ value }: { value: unknown }) => flagOf(value) ?? value)(target, name);
  attribute(
    'isFlag',
    (value) => typeof value === 'boolean',
    (value) => `'${spelled(value)}' cannot be converted to boolean.`,
  )(target, name);
};

export const IsMac = (): PropertyDecorator =>
  attribute('isMac', parses(parseMac), (value) => `'${spelled(value)}' is not a valid MAC address.`);

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

/** `NaN` for what is neither a whole number nor its decimal text. */
export function toInteger(value: unknown): number {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : NaN;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : NaN;
}

function inRange(value: number, lowest: number, highest: number): boolean {
  return value >= lowest && value <= highest;
}
