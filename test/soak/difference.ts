/** What tells two states of a switch apart, a line for each thing: Node shows only the beginning of a long difference. */
import type { ExpectedSwitch } from './expected-switch.js';

/** Nothing if they are the same. */
export function difference(found: ExpectedSwitch, expected: ExpectedSwitch): readonly string[] {
  const [has, wants] = [new Set(linesOf(found)), new Set(linesOf(expected))];
  return [
    ...[...wants].filter((line) => !has.has(line)).map((line) => `lacks ${line}`),
    ...[...has].filter((line) => !wants.has(line)).map((line) => `has also ${line}`),
  ];
}

function linesOf({ bindings, macs, flood }: ExpectedSwitch): readonly string[] {
  const named = (what: string, all: Readonly<Record<string, readonly string[]>>): readonly string[] =>
    Object.entries(all).flatMap(([network, lines]) => [
      `logical switch ${network}`,
      ...lines.map((line, at) => `${what} ${line} of ${network}${lines.indexOf(line) === at ? '' : `, ${at}`}`),
    ]);
  return [...bindings.map((line) => `binding ${line}`), ...named('MAC', macs), ...named('flooding to', flood)];
}
