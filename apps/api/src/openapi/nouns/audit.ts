import { auditListing } from '../../audit/audit.view.js';
import type { Noun } from '../noun.js';
import { integer, text, time } from '../schema.js';

export const audit: Noun = {
  name: 'L2Audit',
  says: 'record of the audit trail',
  singular: 'l2_audit',
  plural: 'l2_audit',
  listing: auditListing({}),
  attributes: {
    id: text(),
    at: time(),
    request_id: text(),
    global_request_id: text('By which OpenStack follows a request from one service to the next.'),
    user_id: text(),
    user_name: text(),
    project_id: text("The caller's, not the resource's."),
    source: text("The client's IP address, or `nats`."),
    noun: text(),
    verb: text(),
    resource_id: text(),
    method: text(),
    path: text('Over the bus: the subject.'),
    status: integer(),
    error_type: text(),
    attributes: { description: 'What was asked for.' },
    count: integer('How many requests the record stands for.'),
  },
  routes: {
    'GET ': {
      summary: 'Lists who has changed what, and who was not let; the newest first, at most 1,000',
      query: { since: text('ISO 8601; UTC where no offset is given.'), until: text('The moment itself is outside.') },
    },
  },
};
