import { EVENT_NOUNS, l2Event } from '@l2gw/contracts';
import type { Noun } from '../noun.js';
import { list, oneOf, reference, text } from '../schema.js';

const ANY = 'Any of these values will do.';

export const event: Noun = {
  name: 'L2Event',
  says: 'event',
  singular: 'l2_event',
  plural: 'l2_events',
  attributes: {},
  schemas: { L2Event: l2Event.schema },
  routes: {
    'GET ': {
      summary: 'Streams what changes, as Server-Sent Events, until the client goes',
      description:
        'The `data` of each event is an `L2Event`; `resync` and `overflow` say that some were lost: list again.',
      query: { noun: list(oneOf(EVENT_NOUNS), ANY), id: list(text(), ANY), network_id: list(text(), ANY) },
      answer: reference('L2Event'),
      media: 'text/event-stream',
    },
  },
};
