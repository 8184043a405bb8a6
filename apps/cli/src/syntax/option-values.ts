/** Reads the values of options; what they throw, commander prints with the name of the option. */
import { parseIp, parseVlan, parseVni } from '@l2gw/l2';
import { InvalidArgumentError } from 'commander';

export function integer(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

export const vlan = (text: string): number => understood(() => parseVlan(integer(text)));
export const vni = (text: string): number => understood(() => parseVni(integer(text)));
export const ip = (text: string): string => understood(() => parseIp(text));

export function seconds(text: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(text)) throw new InvalidArgumentError('It is not a number of seconds.');
  return Number(text);
}

/** The specification spells them `True` and `False`. */
export function trueOrFalse(text: string): 'true' | 'false' {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return word;
  throw new InvalidArgumentError('It is neither True nor False.');
}

/** For options that may be given several times. */
export function collect(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

function understood<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgumentError(`It is ${error.message}.`);
    throw error;
  }
}
