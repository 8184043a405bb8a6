/** What a life sign of a peer says: how far it has come, and when it was said by its clock, in milliseconds. */
export interface PeerLife {
  readonly revision: number;
  readonly at: number;
}

/** What is no life sign tells no position, and the time that we have. */
export function decodeLife(body: string): PeerLife {
  const sign: unknown = JSON.parse(body);
  const { revision, at } = { revision: undefined, at: undefined, ...(sign as object) };
  return { revision: numberOr(-1, revision), at: numberOr(Date.now(), at) };
}

const numberOr = (other: number, value: unknown): number => (typeof value === 'number' ? value : other);
