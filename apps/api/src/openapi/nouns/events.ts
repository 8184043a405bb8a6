import { EVENT_NOUNS } from '@l2gw/contracts';
import type { Noun } from '../noun.js';
import { list, oneOf, text, uuid } from '../schema.js';

/** A stream, which has no resources of its own. */
export const events: Noun = {
  name: 'L2Event',
  says: 'event',
  singular: 'l2_event',
  plural: 'l2_events',
  attributes: {},
  routes: {
    'GET ': {
      summary: 'Tells events as they happen, until the client leaves',
      description:
        'Server-Sent Events; each datum is an event as `l2gw.v1.event.<noun>` carries it. See docs/contracts.md.',
      media: 'text/event-stream',
      answer: text(),
      query: {
        noun: list(oneOf(EVENT_NOUNS), 'Only events of these.'),
        id: list(text(), 'Only of these things.'),
        network_id: list(uuid(), 'Only of what belongs to these networks.'),
      },
    },
  },
};
