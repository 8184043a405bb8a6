import { rulesOf } from '../http/attribute-rules.js';
import type { Noun } from './noun.js';
import { type Schema, list, record, reference, text } from './schema.js';

/** The schemas that a noun adds to the document, by name: what is shown, and what POST and PUT take. */
export function schemasOf(noun: Noun): Readonly<Record<string, Schema>> {
  if (Object.keys(noun.attributes).length === 0) return noun.schemas ?? {};
  return {
    ...noun.schemas,
    [noun.name]: record(noun.attributes, noun.sometimes),
    ...(canCreate(noun) ? { [`${noun.name}Create`]: createSchema(noun) } : {}),
    ...(canUpdate(noun) ? { [`${noun.name}Update`]: bodySchema(noun, updatable(noun), []) } : {}),
  };
}

/** `{"network": {…}}`. */
export const envelope = (noun: Noun, schema: string): Schema => record({ [noun.singular]: reference(schema) });

/** The body of a POST: one thing, or several if the noun is made in bulks. */
export function createBody(noun: Noun): Schema {
  const name = `${noun.name}Create`;
  const one = closed(envelope(noun, name));
  if (noun.bulk !== true) return one;
  return { oneOf: [one, closed(record({ [noun.plural]: { ...list(reference(name)), minItems: 1 } }))] };
}

export function createAnswer(noun: Noun): Schema {
  const one = envelope(noun, noun.name);
  return noun.bulk === true ? { oneOf: [one, record({ [noun.plural]: list(reference(noun.name)) })] } : one;
}

/** A page of the list; with links to its neighbours if there was a limit. */
export function listAnswer(noun: Noun): Schema {
  const items = { [noun.plural]: list(reference(noun.name)) };
  if (noun.listing === undefined) return record(items);
  const links = list(record({ rel: text(), href: text() }), 'Only with `limit`.');
  return record({ ...items, [`${noun.plural}_links`]: links }, [`${noun.plural}_links`]);
}

export const updateBody = (noun: Noun): Schema => closed(envelope(noun, `${noun.name}Update`));

export function canUpdate(noun: Noun): boolean {
  return updatable(noun).length > 0;
}

function canCreate({ resource, creates }: Noun): boolean {
  return resource !== undefined || creates !== undefined;
}

function createSchema(noun: Noun): Schema {
  const { resource, creates } = noun;
  if (resource === undefined) return bodySchema(noun, creates?.attributes ?? [], creates?.required ?? []);
  return bodySchema(noun, [...rulesOf(resource.create).keys()], resource.required);
}

function updatable({ resource }: Noun): readonly string[] {
  return resource === undefined ? [] : [...rulesOf(resource.update).keys()];
}

/** An attribute about which nothing is told is there nevertheless, and may be anything. */
function bodySchema(noun: Noun, names: readonly string[], required: readonly string[]): Schema {
  const properties = names.map((name) => [name, noun.asked?.[name] ?? noun.attributes[name] ?? {}] as const);
  const optional = names.filter((name) => !required.includes(name));
  return closed(record(Object.fromEntries(properties), optional));
}

/** Attributes that the API does not know it refuses. */
const closed = (schema: Schema): Schema => ({ ...schema, additionalProperties: false });
