/** What is wrong with one item of a request for many; the first has index 0. */
export interface ItemFault {
  readonly index: number;
  readonly message: string;
}

interface Particulars {
  readonly headers?: Readonly<Record<string, string>>;
  readonly items?: readonly ItemFault[];
}

/** Clients print the detail; programs read the items. */
const SPELLED_OUT = 20;

/** What the API answers when a request cannot be fulfilled; `type` and `message` are those that Neutron's clients know. */
export class NeutronError extends Error {
  override readonly name = 'NeutronError';
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    private readonly more: Particulars = {},
  ) {
    super(message);
  }

  /** What the answer says beside its body. */
  get headers(): Readonly<Record<string, string>> {
    return this.more.headers ?? {};
  }

  get body(): object {
    const { type, message } = this;
    const { items = [] } = this.more;
    const detail = items.slice(0, SPELLED_OUT).map((each) => `item ${each.index}: ${each.message}`);
    return { NeutronError: { type, message, detail: detail.join('\n'), ...(items.length > 0 ? { items } : {}) } };
  }
}

export const badRequest = (message: string): NeutronError => new NeutronError(400, 'HTTPBadRequest', message);

/** More is asked than one replica holds at once; `retryAfterS`: when it is worth another try. */
export class Busy extends NeutronError {
  constructor(type: string, message: string, retryAfterS: number) {
    super(503, type, message, { headers: { 'Retry-After': String(retryAfterS) } });
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

/** A request for many is refused as a whole, because of these items. */
export const refusedItems = (status: number, type: string, items: readonly ItemFault[], count: number): NeutronError =>
  new NeutronError(status, type, `${items.length} of ${count} items cannot be created, so none was.`, { items });

/** Writes a value the way Neutron's texts show it. */
export function spelled(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
