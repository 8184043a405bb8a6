import fc from 'fast-check';
import type { Json } from '../../harness/api-client.js';

/** Any value that the schema accepts; its references are looked up in `schemas`. What it does not name is never there. */
export function arbitraryOf(schema: Json, schemas: Json): fc.Arbitrary<unknown> {
  const inner = (each: unknown) => arbitraryOf(each as Json, schemas);
  const reference = schema['$ref'];
  if (typeof reference === 'string') return inner(schemas[reference.split('/').at(-1) ?? '']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if ('const' in schema) return fc.constant(schema['const']);
  const choices = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(choices)) return fc.oneof(...choices.map((each) => inner({ ...schema, ...without, ...each })));
  const types = [schema['type']].flat();
  return fc.oneof(...types.map((type) => ofType(String(type), schema, inner)));
}

/** What a choice is made of is what stands beside it, too. */
const without = { oneOf: undefined, anyOf: undefined };

function ofType(type: string, schema: Json, inner: (schema: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'number':
    case 'integer':
      return fc.integer({
        min: Number(schema['minimum'] ?? -(2 ** 31)),
        max: Number(schema['maximum'] ?? 2 ** 31 - 1),
      });
    case 'string':
      return ofText(schema);
    case 'array':
      return ofList(schema, inner);
    case 'object':
      return ofObject(schema, inner);
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

function ofList(schema: Json, inner: (schema: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const minLength = Number(schema['minItems'] ?? 0);
  const maxLength = Number(schema['maxItems'] ?? Math.max(minLength, 4));
  return fc.array(inner(schema['items']), { minLength, maxLength, size: 'max' });
}

function ofText({ pattern, format, minLength, maxLength }: Json): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'ipv4') return fc.ipV4();
  if (format === 'ipv6') return fc.ipV6();
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: 'grapheme', minLength: Number(minLength ?? 0), maxLength: Number(maxLength ?? 40) });
}

function ofObject(schema: Json, inner: (schema: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (schema['properties'] === undefined) return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 }));
  const properties = Object.entries(schema['properties'] as Json).map(([name, each]) => [name, inner(each)] as const);
  const requiredKeys = (schema['required'] ?? []) as never[];
  const least = Number(schema['minProperties'] ?? 0);
  return fc
    .record<Record<string, unknown>>(Object.fromEntries(properties), { requiredKeys })
    .filter((value) => Object.keys(value).length >= least);
}
