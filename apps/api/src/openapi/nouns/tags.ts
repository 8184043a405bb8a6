import type { Noun } from '../noun.js';
import { list, record, text } from '../schema.js';

const TAGS = record({ tags: list(text('', { maxLength: 60 })) });

/** The tags of networks, subnets or ports. */
export const tagsOf = (says: string): Noun => ({
  name: 'Tags',
  says: `tag of a ${says}`,
  singular: 'tag',
  plural: 'tags',
  attributes: {},
  routes: {
    'GET ': { summary: `Lists the tags of a ${says}`, answer: TAGS },
    'PUT ': { summary: `Replaces the tags of a ${says}`, request: TAGS, answer: TAGS },
    'DELETE ': { summary: `Takes all tags from a ${says}` },
    'GET :tag': { summary: `Tells whether a ${says} has the tag` },
    'PUT :tag': { summary: `Tags a ${says}` },
    'DELETE :tag': { summary: `Takes a tag from a ${says}` },
  },
});
