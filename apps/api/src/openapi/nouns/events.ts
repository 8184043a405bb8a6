import { EVENT_NOUNS, l2Event } from '@l2gw/contracts';
import type { Noun } from '../noun.js';
import { list, oneOf, reference, text, uuid } from '../schema.js';

/** A stream, which has no resources of its own. */
export const events: Noun = {
  name: 'L2Event',
  says: 'event',
  singular: 'l2_event',
  plural: 'l2_events',
  attributes: {},
  schemas: { L2Event: l2Event.schema },
  routes: {
    'GET ': {
      summary: 'Tells events as they happen, until the client leaves',
      description:
        'Server-Sent Events; the `data` of each is an `L2Event`. `resync` and `overflow` say that some were lost: list again.',
      media: 'text/event-stream',
      answer: reference('L2Event'),
      query: {
        noun: list(oneOf(EVENT_NOUNS), 'Only events of these.'),
        id: list(text(), 'Only of these things.'),
        network_id: list(uuid(), 'Only of what belongs to these networks.'),
      },
    },
  },
};
