/** A JSON Schema as OpenAPI 3.1 and AsyncAPI 3.0 understand it alike. */
export type Schema = Readonly<Record<string, unknown>>;

/** Attributes of one kind, with what a reader must know of them. */
export const text = (description = '', more: Schema = {}): Schema => ({
  type: 'string',
  ...said(description),
  ...more,
});

export const uuid = (description = ''): Schema =>
  text(description, { format: 'uuid', example: '591ffe08-f8f5-44c1-85c1-1026878f69bd' });

export const flag = (description = ''): Schema => ({ type: 'boolean', ...said(description) });

export const integer = (description = '', more: Schema = {}): Schema => ({
  type: 'integer',
  ...said(description),
  ...more,
});

/** A whole number or its decimal text. */
export const number = (description: string, minimum: number, maximum: number): Schema => ({
  oneOf: [{ type: 'integer', minimum, maximum }, text('', { pattern: '^\\d{1,15}$' })],
  description,
});

export const time = (description = 'UTC.'): Schema => text(description, { format: 'date-time' });

export const mac = (description = ''): Schema => text(description, { example: '02:00:00:00:ba:1e' });

export const ip = (description = ''): Schema => text(description, { example: '192.0.2.1' });

export const oneOf = (values: readonly string[], description = ''): Schema => text(description, { enum: values });

export const list = (items: Schema, description = ''): Schema => ({ type: 'array', items, ...said(description) });

/** An object of any attributes. */
export const dictionary = (description = ''): Schema => ({ type: 'object', ...said(description) });

/** An object of these attributes, all of them present except `optional`. */
export function record(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

/** The same, or null. */
export const nullable = (schema: Schema): Schema =>
  typeof schema['type'] === 'string' && !('enum' in schema)
    ? { ...schema, type: [schema['type'], 'null'] }
    : { oneOf: [schema, { type: 'null' }] };

export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

function said(description: string): Schema {
  return description === '' ? {} : { description };
}
