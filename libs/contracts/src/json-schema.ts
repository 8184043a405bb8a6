/** A JSON Schema in the words that OpenAPI 3.1 and AsyncAPI 3.0 share. */
export type JsonSchema = Readonly<Record<string, unknown>>;

type Properties = Readonly<Record<string, JsonSchema>>;

/** Values of one kind, with what a reader must know of them. */
export const text = (description?: string, more: JsonSchema = {}): JsonSchema => said('string', description, more);

export const integer = (description?: string, more: JsonSchema = {}): JsonSchema => said('integer', description, more);

export const flag = (description?: string): JsonSchema => said('boolean', description, {});

export const oneOf = (choices: readonly string[], description?: string): JsonSchema =>
  text(description, { enum: choices });

export const list = (items: JsonSchema, description?: string): JsonSchema => said('array', description, { items });

/** An object of these fields, all of them present except `optional`. Readers ignore fields that they do not know. */
export function record(properties: Properties, optional: Properties = {}): JsonSchema {
  const required = Object.keys(properties);
  const all = { ...properties, ...optional };
  return { type: 'object', properties: all, ...(required.length > 0 ? { required } : {}) };
}

/** A kind of rows that a table has. */
export interface RowKind {
  /** The form of the key, with what varies in braces. */
  readonly key: string;
  readonly about: string;
  readonly row: JsonSchema;
}

function said(type: string, description: string | undefined, more: JsonSchema): JsonSchema {
  return { type, ...(description === undefined ? {} : { description }), ...more };
}
