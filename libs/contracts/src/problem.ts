import { oneOf, record, text } from './json-schema.js';
import type { Reader } from './reader.js';

/** Why a network, or a part of it, is not on a switch as it should be. */
export interface Problem {
  readonly code: ProblemCode;
  /** For an operator: what, where, what next. */
  readonly text: string;
  /** The remote gateway connection that alone is concerned; absent: the network as a whole. */
  readonly connection?: string;
}

/** Listed in docs/operations.md. */
export type ProblemCode =
  | 'CAPABILITY_MISSING'
  | 'CONFLICT'
  | 'DRIFT'
  | 'PORT_NOT_FOUND'
  | 'SERVICE_NODE_MISSING'
  | 'SETTINGS_DIFFER'
  | 'SWITCH_FULL'
  | 'SWITCH_NOT_FOUND'
  | 'VNI_IN_USE'
  | 'READ_ONLY'
  | 'REFUSED';

const CODES = [
  'CAPABILITY_MISSING',
  'CONFLICT',
  'DRIFT',
  'PORT_NOT_FOUND',
  'SERVICE_NODE_MISSING',
  'SETTINGS_DIFFER',
  'SWITCH_FULL',
  'SWITCH_NOT_FOUND',
  'VNI_IN_USE',
  'READ_ONLY',
  'REFUSED',
] as const;

export const PROBLEM = record(
  { code: oneOf(CODES), text: text(), connection: text('The remote gateway connection that alone is concerned.') },
  ['connection'],
);

export function decodeProblem(read: Reader): Problem {
  return {
    code: read.oneOf('code', CODES),
    text: read.string('text'),
    ...(read.has('connection') ? { connection: read.string('connection') } : {}),
  };
}
