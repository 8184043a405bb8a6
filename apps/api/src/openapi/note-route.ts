import type { Noun, RouteNote } from './noun.js';
import { canUpdate, createAnswer, createBody, envelope, listAnswer, updateBody } from './noun-schemas.js';
import type { Route } from './routes.js';
import { type Schema, integer, list, oneOf, text } from './schema.js';

/** What is told about a route: what is true of all nouns, and over it what the noun says itself. */
export function noteOf(noun: Noun, route: Route): Partial<RouteNote> {
  const key = `${route.method} ${route.below}`;
  const note = { ...commonNote(noun, key), ...noun.routes?.[key] };
  const query = { ...commonNote(noun, key).query, ...noun.routes?.[key]?.query };
  return Object.keys(query).length > 0 ? { ...note, query } : note;
}

function commonNote(noun: Noun, key: string): Partial<RouteNote> {
  const { says, name } = noun;
  if (Object.keys(noun.attributes).length === 0) return {};
  switch (key) {
    case 'POST ':
      return { summary: `Creates ${a(says)}`, request: createBody(noun), answer: createAnswer(noun) };
    case 'GET ':
      return { summary: `Lists every ${says}`, answer: listAnswer(noun), query: listQuery(noun) };
    case 'GET :id':
      return { summary: `Shows ${a(says)}`, answer: envelope(noun, name), query: showQuery(noun) };
    case 'PUT :id':
      return canUpdate(noun)
        ? { summary: `Changes ${a(says)}`, request: updateBody(noun), answer: envelope(noun, name) }
        : { summary: `Refuses to change ${a(says)}`, refused: true };
    case 'DELETE :id':
      return { summary: `Deletes ${a(says)}` };
    default:
      return {};
  }
}

const a = (noun: string): string => `${/^([aeio]|L2)/.test(noun) ? 'an' : 'a'} ${noun}`;

function showQuery({ listing, attributes }: Noun): Readonly<Record<string, Schema>> {
  return listing === undefined ? {} : { fields: fieldsOf(Object.keys(attributes)) };
}

function listQuery({ listing, attributes }: Noun): Readonly<Record<string, Schema>> {
  if (listing === undefined) return {};
  const sortable = Object.keys(listing.attributes);
  const names = [...sortable, ...Object.keys(listing.special ?? {})];
  const tags = listing.tagged === true ? ['tags', 'tags-any', 'not-tags', 'not-tags-any'] : [];
  const filter = list(text(), 'Any of these values will do.');
  return {
    ...Object.fromEntries(names.map((name) => [name, filter])),
    ...Object.fromEntries(tags.map((name) => [name, list(text(), 'Tags, separated by commas.')])),
    fields: fieldsOf(Object.keys(attributes)),
    limit: integer('At most so many.', { minimum: 0, maximum: 999_999_999 }),
    marker: text('The id of the last one of the page before.'),
    page_reverse: oneOf(['true', 'false', 'True', 'False', '1', '0'], 'The page before the marker.'),
    sort_key: list(oneOf(sortable)),
    sort_dir: list(oneOf(['asc', 'desc']), 'One for each `sort_key`.'),
  };
}

const fieldsOf = (names: readonly string[]): Schema => list(oneOf(names), 'Only these attributes are answered.');
