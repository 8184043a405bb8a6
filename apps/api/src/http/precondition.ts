import { NeutronError, badRequest } from './neutron-error.js';

/** Neutron's `revision-if-match`: a change that is made only if the thing is still of the revision that its author has seen. */

/** The revision that `If-Match: revision_number=<n>` names; absent if the change is wanted in any case. Throws `NeutronError` 400. */
export function readIfMatch(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, digits] = /^\s*revision_number\s*=\s*(\d{1,9})\s*$/.exec(text) ?? [];
  if (digits === undefined) throw badRequest(`Unsupported If-Match '${text}': it must be revision_number=<number>.`);
  return Number(digits);
}

/** Call while the row is locked. Throws 412 with Neutron's text. */
export function requireRevision(row: { readonly revision_number: number }, expected: number | undefined): void {
  if (expected === undefined || expected === row.revision_number) return;
  throw new NeutronError(
    412,
    'RevisionNumberConstraintFailed',
    `Constrained to ${expected}, but current revision is ${row.revision_number}`,
  );
}

/** Hands on a request to change something that has no revision; throws 400 if it depends on one. */
export function unconditional<Asked extends { readonly ifMatch: number | undefined }>(ask: Asked): Asked {
  if (ask.ifMatch === undefined) return ask;
  throw badRequest('Revision matching not supported for this resource');
}
