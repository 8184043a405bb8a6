import { quotaResource } from '../../quotas/quota.body.js';
import { HIGHEST_LIMIT, QUOTA_RESOURCES, UNLIMITED } from '../../quotas/quota-resources.js';
import type { Noun } from '../noun.js';
import { type Schema, flag, integer, list, record, reference, text } from '../schema.js';
import { PROJECT } from './common.js';

const LIMIT = integer('-1: as many as the project likes.', { minimum: UNLIMITED, maximum: HIGHEST_LIMIT });
const DETAIL = record({ limit: LIMIT, used: integer(), reserved: integer('Always 0.') });
const each = (schema: Schema) => Object.fromEntries(QUOTA_RESOURCES.map((resource) => [resource, schema]));

/** The id of a quota is that of its project. */
export const quota: Noun = {
  name: 'Quota',
  says: 'quota of a project',
  singular: 'quota',
  plural: 'quotas',
  resource: quotaResource,
  attributes: each(LIMIT),
  asked: {
    check_limit: flag('Refuse a limit that is below what the project has.'),
    force: flag('Not looked at.'),
    project_id: text('That of the path.'),
  },
  routes: {
    'GET ': {
      summary: 'Lists the quotas of projects that have limits of their own',
      answer: record({ quotas: list(record({ ...each(LIMIT), ...PROJECT })) }),
    },
    'GET :id/default': {
      summary: 'Shows the quota that projects have by default',
      answer: record({ quota: reference('Quota') }),
    },
    'GET :id/details': {
      summary: 'Shows what a project may have and has',
      answer: record({ quota: record(each(DETAIL)) }),
    },
    'DELETE :id': { summary: 'Gives a project the default quota again' },
  },
};
