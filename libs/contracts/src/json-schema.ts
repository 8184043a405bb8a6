/** A JSON Schema in the words that OpenAPI 3.1 and AsyncAPI 3.0 share. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Values of one kind, with what a reader must know of them. */
export const text = (description = '', more: JsonSchema = {}): JsonSchema => kind('string', description, more);

export const integer = (description = '', more: JsonSchema = {}): JsonSchema => kind('integer', description, more);

export const flag = (description = ''): JsonSchema => kind('boolean', description);

export const oneOf = (values: readonly string[], description = ''): JsonSchema => text(description, { enum: values });

export const list = (items: JsonSchema, description = ''): JsonSchema => kind('array', description, { items });

/** An object of these attributes, all of them present except `optional`. Attributes that a reader does not know he ignores. */
export function record(
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
  description = '',
): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return kind('object', description, { properties, ...(required.length > 0 ? { required } : {}) });
}

/** A kind of rows that a table has. */
export interface RowKind {
  /** The form of the key, with what varies in braces. */
  readonly key: string;
  readonly about: string;
  readonly row: JsonSchema;
}

function kind(type: string, description: string, more: JsonSchema = {}): JsonSchema {
  return { type, ...(description === '' ? {} : { description }), ...more };
}
