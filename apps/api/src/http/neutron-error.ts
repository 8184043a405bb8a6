/** What the API answers when a request cannot be fulfilled; `type` and `message` are those that Neutron's clients know. */
export class NeutronError extends Error {
  override readonly name = 'NeutronError';
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
  ) {
    super(message);
  }

  get body(): { readonly NeutronError: { readonly type: string; readonly message: string; readonly detail: string } } {
    return { NeutronError: { type: this.type, message: this.message, detail: '' } };
  }
}

export const badRequest = (message: string): NeutronError => new NeutronError(400, 'HTTPBadRequest', message);

/** More is asked than one replica holds at once; `retryAfterS`: when it is worth another try. */
export class Busy extends NeutronError {
  constructor(
    type: string,
    message: string,
    readonly retryAfterS: number,
  ) {
    super(503, type, message);
  }
}

/** An attribute's value has the wrong shape. */
export const invalidAttribute = (attribute: string, reason: string): NeutronError =>
  badRequest(`Invalid input for ${attribute}. Reason: ${reason}`);

/** An attribute's value has the right shape and makes no sense. */
export const invalidInput = (message: string): NeutronError =>
  new NeutronError(400, 'InvalidInput', `Invalid input for operation: ${message}`);

export const notFound = (type: string, message: string): NeutronError => new NeutronError(404, type, message);

export const conflict = (type: string, message: string): NeutronError => new NeutronError(409, type, message);

/** Writes a value the way Neutron's texts show it. */
export function spelled(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
