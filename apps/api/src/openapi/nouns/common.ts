import type { Life } from '../../connections/switch-states.js';
import { type Schema, integer, list, oneOf, text, time } from '../schema.js';

/** Attributes that most nouns have. */
export const PROJECT: Readonly<Record<string, Schema>> = {
  tenant_id: text('The same as `project_id`, as older clients call it.'),
  project_id: text('Whose it is.'),
};

export const STAMPS: Readonly<Record<string, Schema>> = {
  created_at: time(),
  updated_at: time(),
  revision_number: integer('Counts changes; `If-Match: revision_number=<n>` makes a change depend on it.'),
};

export const STATUS_REASON: Schema = text(
  'For an operator: which switch, what, what next. Empty if there is nothing to say.',
);

export const CONNECTION_STATUS: Schema = oneOf(
  ['BUILD', 'ACTIVE', 'DEGRADED', 'ERROR'],
  'What the switches have confirmed.',
);

/** What a client can wait for; `Prefer: wait=<seconds>` waits for `ACTIVE`. */
export const WAIT: Readonly<Record<string, Schema>> = {
  wait: list(
    CONNECTION_STATUS,
    'The answer comes when it has one of these, or is in `ERROR`. `Prefer: wait=<seconds>` waits for `ACTIVE`.',
  ),
  timeout: integer('Seconds after which it comes in any case; 30 if absent.', { minimum: 0, maximum: 300 }),
};

/** Descriptions need the form of a listing, not what agents say. */
export const NO_LIFE: Life = { silent: () => false, behind: () => 0, readOnly: () => undefined };
