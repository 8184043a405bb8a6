import { readFileSync } from 'node:fs';
import { VARIABLES, type Variable } from './variables.js';

/** Names everything that is wrong with the configuration, a line each. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(readonly problems: readonly string[]) {
    super(['configuration:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

/** Where a server listens. Port 0: the kernel chooses, the program logs what it got. */
export interface Listen {
  readonly host: string;
  readonly port: number;
}

/**
 * Reads the environment, overridden by flags (`--http-listen 127.0.0.1:0` is `L2GW_HTTP_LISTEN`), and collects every problem
 * instead of stopping at the first. `settled` throws them all at once.
 */
export class Settings {
  private readonly problems: string[] = [];
  private readonly values: ReadonlyMap<string, string>;

  constructor(env: NodeJS.ProcessEnv, argv: readonly string[]) {
    this.values = new Map([...this.fromEnvironment(env), ...this.fromFlags(argv)]);
    for (const name of this.values.keys()) {
      if (!VARIABLES.includes(name as Variable)) this.problems.push(`${name} is not a variable of this product`);
    }
  }

  text(name: Variable, fallback?: string): string {
    const value = this.values.get(name) ?? fallback;
    if (value === undefined || value === '') this.problems.push(`${name} is not set`);
    return value ?? '';
  }

  optional(name: Variable): string | undefined {
    const value = this.values.get(name);
    return value === '' ? undefined : value;
  }

  integer(name: Variable, fallback: number, unit: string): number {
    const value = this.optional(name);
    if (value === undefined) return fallback;
    if (!/^\d+$/.test(value)) this.problems.push(`${name} is not a number of ${unit}: ${value}`);
    return Number(value);
  }

  oneOf<const Choice extends string>(name: Variable, choices: readonly Choice[], fallback: Choice): Choice {
    const value = this.optional(name) ?? fallback;
    const choice = choices.find((each) => each === value);
    if (choice === undefined) this.problems.push(`${name} is not one of ${choices.join(', ')}: ${value}`);
    return choice ?? fallback;
  }

  listen(name: Variable, fallback: string): Listen {
    const value = this.text(name, fallback);
    const match = /^(?:\[([0-9a-f:]+)\]|([^:]+)):(\d{1,5})$/i.exec(value);
    if (match === null || Number(match[3]) > 65_535) this.problems.push(`${name} is not HOST:PORT: ${value}`);
    return { host: match?.[1] ?? match?.[2] ?? '', port: Number(match?.[3] ?? 0) };
  }

  /** The content of the file that the variable names, without surrounding white space. */
  secret(name: Variable): string | undefined {
    const path = this.optional(name);
    if (path === undefined) return undefined;
    try {
      return readFileSync(path, 'utf8').trim();
    } catch (error) {
      this.problems.push(
        `${name} names a file that cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }

  refuse(problem: string): void {
    this.problems.push(problem);
  }

  /** Call last, and only then use what was read. */
  settled<Config>(config: Config): Readonly<Config> {
    if (this.problems.length > 0) throw new ConfigurationError(this.problems);
    return Object.freeze(config);
  }

  private fromEnvironment(env: NodeJS.ProcessEnv): [string, string][] {
    return Object.entries(env).flatMap(([name, value]) =>
      name.startsWith('L2GW_') && value !== undefined ? [[name, value]] : [],
    );
  }

  private fromFlags(argv: readonly string[]): [string, string][] {
    const flags: [string, string][] = [];
    for (let index = 0; index < argv.length; index += 1) {
      const match = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(argv[index] ?? '');
      if (match === null) {
        this.problems.push(`${argv[index]} is not a flag`);
        continue;
      }
      const value = match[2] ?? argv[(index += 1)];
      if (value === undefined) this.problems.push(`--${match[1]} has no value`);
      else flags.push([`L2GW_${(match[1] ?? '').toUpperCase().replaceAll('-', '_')}`, value]);
    }
    return flags;
  }
}
