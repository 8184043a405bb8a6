import type { Session } from '../peers/session.js';
import { type ToldMac, encodeMac } from '../peers/stretch-rows.js';
import { provenBytes } from '../signing/proof.js';
import type { Prepare } from '../tables/prepared-rows.js';

/** Signs each MAC by itself, so that whoever is told of it by others knows that it is ours. */
export function vouchFor(
  { key, cloud, epoch }: Pick<Session, 'key' | 'cloud' | 'epoch'>,
  segId: number,
): Prepare<ToldMac> {
  return (mac, row) => {
    if (row === undefined) return undefined;
    const bytes = provenBytes({ origin: cloud, segId, mac, epoch, said: encodeMac(row) });
    return { ...row, proof: { epoch, signature: key.sign(bytes) } };
  };
}
