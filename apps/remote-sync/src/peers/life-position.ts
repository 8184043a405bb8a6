/** The position that a life sign names; −1: it is none. */
export function revisionIn(body: string): number {
  const sign: unknown = JSON.parse(body);
  const isSign = typeof sign === 'object' && sign !== null && 'revision' in sign;
  return isSign && typeof sign.revision === 'number' ? sign.revision : -1;
}
