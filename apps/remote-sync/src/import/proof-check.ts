import type { SyncRefusal } from '@l2gw/contracts';
import type { StretchTableRow } from '../peers/stretch-rows.js';
import type { PeerKeys } from '../signing/peer-keys.js';
import { provenBytes } from '../signing/proof.js';
import type { Refusals } from './acceptance.js';
import { added } from './describe-stretch.js';
import { type PathEnds, judgePath } from './judge-path.js';

/** Of what table the rows are. */
export interface CheckedTable extends PathEnds {
  readonly segId: number;
}

type MacRow = Extract<StretchTableRow, { kind: 'mac' }>;

/**
 * Lets through of what a peer passes on only what the cloud of the MAC has signed, for this network and MAC, in its latest session that
 * we know of: whoever passes it on can neither invent a MAC, nor alter one, nor bring back one of yesterday.
 */
export class ProofCheck {
  private readonly refused = new Map<string, SyncRefusal>();
  private epoch = 0;

  constructor(
    private readonly table: CheckedTable,
    private keys: PeerKeys,
    /** There is a later session now; what was let through before is to be looked at again when it had time to be said anew. */
    private readonly onLater: () => void,
  ) {}

  get refusals(): Refusals {
    return added([...this.refused.values()].map((reason) => ({ [reason]: 1 })));
  }

  /** The cloud has other keys now. */
  trust(keys: PeerKeys): void {
    this.keys = keys;
  }

  pass(key: string, row: StretchTableRow | undefined): StretchTableRow | undefined {
    const reason = row?.kind === 'mac' ? this.judge(row) : undefined;
    if (reason === undefined) this.refused.delete(key);
    else this.refused.set(key, reason);
    return reason === undefined ? row : undefined;
  }

  private judge({ mac, vouched }: MacRow): SyncRefusal | undefined {
    const problem = judgePath(mac.path ?? [], this.table);
    if (problem !== undefined || vouched === undefined) return problem ?? 'sig';
    const { origin, segId } = this.table;
    const { said, proof } = vouched;
    const bytes = provenBytes({ origin, segId, mac: mac.mac, epoch: proof.epoch, said });
    if (!this.keys.verify(bytes, proof.signature)) return 'sig';
    if (proof.epoch < this.epoch) return 'replay';
    if (proof.epoch > this.epoch) this.rise(proof.epoch);
    return undefined;
  }

  private rise(epoch: number): void {
    const isLater = this.epoch > 0;
    this.epoch = epoch;
    if (isLater) this.onLater();
  }
}
