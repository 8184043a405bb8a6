import { type JsonSchema, text } from '@l2gw/contracts';

export { flag, integer, list, oneOf, record, text } from '@l2gw/contracts';

export type Schema = JsonSchema;

export const uuid = (description = ''): Schema =>
  text(description, { format: 'uuid', example: '591ffe08-f8f5-44c1-85c1-1026878f69bd' });

/** A whole number or its decimal text. */
export const number = (description: string, minimum: number, maximum: number): Schema => ({
  oneOf: [{ type: 'integer', minimum, maximum }, text('', { pattern: '^\\d{1,15}$' })],
  description,
});

export const time = (description = 'UTC.'): Schema => text(description, { format: 'date-time' });

export const mac = (description = ''): Schema => text(description, { example: '02:00:00:00:ba:1e' });

export const ip = (description = ''): Schema => text(description, { example: '192.0.2.1' });

/** An object of any attributes. */
export const dictionary = (description = ''): Schema => ({
  type: 'object',
  ...(description === '' ? {} : { description }),
});

/** The same, or null. */
export const nullable = (schema: Schema): Schema =>
  typeof schema['type'] === 'string' && !('enum' in schema)
    ? { ...schema, type: [schema['type'], 'null'] }
    : { oneOf: [schema, { type: 'null' }] };

export const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
