/** A message or row that does not follow its contract; `path` names the field. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  constructor(
    readonly type: string,
    readonly path: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(`${type}: ${path} ${problem}`, options);
  }
}

/** Reads the fields of one JSON object; fields nobody asks for fall away (tolerant reader). */
export interface Reader {
  string(field: string): string;
  integer(field: string): number;
  boolean(field: string): boolean;
  oneOf<const Choice extends string>(field: string, choices: readonly Choice[]): Choice;
  /** A text that `parse` understands; what it throws becomes the problem. */
  as<Value>(field: string, parse: (text: string) => Value): Value;
  number<Value extends number>(field: string, parse: (value: number) => Value): Value;
  strings<Value = string>(field: string, parse?: (text: string) => Value): readonly Value[];
  integers(field: string): readonly number[];
  objects<Value>(field: string, decode: (reader: Reader) => Value): readonly Value[];
  object<Value>(field: string, decode: (reader: Reader) => Value): Value;
  has(field: string): boolean;
}

/** Throws `ContractError` unless `json` is an object. */
export function reader(type: string, json: unknown, path = ''): Reader {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ContractError(type, path || 'body', 'is not an object');
  }
  return new FieldReader(type, json as Record<string, unknown>, path);
}

class FieldReader implements Reader {
  constructor(
    private readonly type: string,
    private readonly json: Record<string, unknown>,
    private readonly path: string,
  ) {}

  has(field: string): boolean {
    return this.json[field] !== undefined && this.json[field] !== null;
  }

  string(field: string): string {
    const value = this.json[field];
    return typeof value === 'string' ? value : this.fail(field, 'is not a string');
  }

  integer(field: string): number {
    const value = this.json[field];
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : this.fail(field, 'is not an integer');
  }

  boolean(field: string): boolean {
    const value = this.json[field];
    return typeof value === 'boolean' ? value : this.fail(field, 'is not a boolean');
  }

  oneOf<const Choice extends string>(field: string, choices: readonly Choice[]): Choice {
    const value = this.string(field);
    return choices.find((choice) => choice === value) ?? this.fail(field, `is not one of ${choices.join(', ')}`);
  }

  as<Value>(field: string, parse: (text: string) => Value): Value {
    const text = this.string(field);
    return this.parsed(field, () => parse(text));
  }

  number<Value extends number>(field: string, parse: (value: number) => Value): Value {
    const value = this.integer(field);
    return this.parsed(field, () => parse(value));
  }

  strings<Value = string>(field: string, parse: (text: string) => Value = (text) => text as Value): readonly Value[] {
    return this.array(field).map((value, index) => {
      if (typeof value !== 'string') return this.fail(`${field}[${index}]`, 'is not a string');
      return this.parsed(`${field}[${index}]`, () => parse(value));
    });
  }

  integers(field: string): readonly number[] {
    return this.array(field).map((value, index) =>
      typeof value === 'number' && Number.isSafeInteger(value)
        ? value
        : this.fail(`${field}[${index}]`, 'is not an integer'),
    );
  }

  objects<Value>(field: string, decode: (reader: Reader) => Value): readonly Value[] {
    return this.array(field).map((value, index) => decode(reader(this.type, value, this.at(`${field}[${index}]`))));
  }

  object<Value>(field: string, decode: (reader: Reader) => Value): Value {
    return decode(reader(this.type, this.json[field], this.at(field)));
  }

  private array(field: string): readonly unknown[] {
    const value = this.json[field];
    return Array.isArray(value) ? value : this.fail(field, 'is not a list');
  }

  private parsed<Value>(field: string, parse: () => Value): Value {
    try {
      return parse();
    } catch (error) {
      return this.fail(field, error instanceof Error ? error.message : String(error), error);
    }
  }

  private fail(field: string, problem: string, cause?: unknown): never {
    throw new ContractError(this.type, this.at(field), problem, { cause });
  }

  private at(field: string): string {
    return this.path === '' ? field : `${this.path}.${field}`;
  }
}
