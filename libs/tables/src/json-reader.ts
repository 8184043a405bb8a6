import { MalformedMessage } from './malformed-message.js';

/** Reads fields of a decoded JSON object: unknown fields fall away, a wrong one is named. The border to foreign JSON. */
export class JsonReader {
  private constructor(
    private readonly expected: string,
    /** Only asked for when something is wrong: of most messages, and of all their rows, nothing is. */
    private readonly path: () => string,
    private readonly fields: Readonly<Record<string, unknown>>,
  ) {}

  static parse(expected: string, body: string): JsonReader {
    const path = (): string => '';
    return new JsonReader(expected, path, asRecord(expected, path, parsed(expected, body)));
  }

  string(name: string): string {
    const value = this.fields[name];
    return typeof value === 'string' ? value : this.fail(name, 'is not a text');
  }

  optionalString(name: string): string | undefined {
    return this.fields[name] === undefined ? undefined : this.string(name);
  }

  integer(name: string): number {
    const value = this.fields[name];
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : this.fail(name, 'is not an integer');
  }

  boolean(name: string): boolean {
    const value = this.fields[name];
    return typeof value === 'boolean' ? value : this.fail(name, 'is not true or false');
  }

  digest(name: string): string {
    const value = this.fields[name];
    return isDigest(value) ? value : this.fail(name, 'is not a digest');
  }

  digests(name: string): readonly string[] {
    return this.array(name).map((value, at) =>
      isDigest(value) ? value : this.fail(`${name}.${at}`, 'is not a digest'),
    );
  }

  integers(name: string): readonly number[] {
    return this.array(name).map((value, at) =>
      typeof value === 'number' && Number.isSafeInteger(value)
        ? value
        : this.fail(`${name}.${at}`, 'is not an integer'),
    );
  }

  oneOf<Word extends string>(name: string, words: readonly Word[]): Word {
    const value = this.fields[name];
    return words.find((word) => word === value) ?? this.fail(name, `is none of ${words.join(', ')}`);
  }

  object(name: string): object {
    return asRecord(this.expected, () => this.pathOf(name), this.fields[name]);
  }

  has(name: string): boolean {
    return this.fields[name] !== undefined;
  }

  list<Item>(name: string, decode: (item: JsonReader) => Item): readonly Item[] {
    return this.array(name).map((value, at) => {
      const path = (): string => this.pathOf(`${name}.${at}`);
      return decode(new JsonReader(this.expected, path, asRecord(this.expected, path, value)));
    });
  }

  fail(name: string, reason: string): never {
    throw new MalformedMessage(this.expected, this.pathOf(name), reason);
  }

  private array(name: string): readonly unknown[] {
    const value = this.fields[name];
    return Array.isArray(value) ? value : this.fail(name, 'is not a list');
  }

  private pathOf(name: string): string {
    const path = this.path();
    return path === '' ? name : `${path}.${name}`;
  }
}

function parsed(expected: string, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new MalformedMessage(expected, '(body)', 'is not JSON', { cause });
  }
}

function asRecord(expected: string, path: () => string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>;
  throw new MalformedMessage(expected, path() || '(body)', 'is not an object');
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}
