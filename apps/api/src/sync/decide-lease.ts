import { type OpenSync, type SyncOpened, syncSession } from '@l2gw/contracts';

/** The lease as it is stored. */
export interface Lease {
  readonly epoch: number;
  readonly instance: string;
  /** How long it lasts yet, in milliseconds; negative: since when it is over. */
  readonly leftMs: number;
  /** The highest epoch that was ever pushed under: a database that was restored may not remember to have issued it. */
  readonly pushed: number;
}

/**
 * Who is the active instance of remote-sync. An instance whose lease has run out remains it unless another one has come; one that asks
 * without an epoch begins anew, with another epoch. An epoch that others have seen is never given again.
 */
export function decideLease(lease: Lease, { instance, epoch, seenEpoch }: OpenSync): SyncOpened {
  const isOurs = lease.instance === instance;
  const isOld = epoch !== undefined && epoch < lease.epoch;
  if (lease.leftMs > 0 && (!isOurs || isOld)) return { heldBy: lease.instance, retryInMs: Math.ceil(lease.leftMs) };
  if (isOld && lease.instance !== '') return { heldBy: lease.instance, retryInMs: syncSession.renewMs };
  const highest = Math.max(lease.epoch, lease.pushed, epoch ?? 0, seenEpoch ?? 0);
  const remains = isOurs && epoch === lease.epoch && highest === epoch;
  return { epoch: remains ? epoch : highest + 1 };
}
