import { NotBelieved } from '../signing/signed-bus.js';
import type { PeerLink } from './peer-link.js';
import type { WaySight } from './peer-watch.js';

/** What has come of greeting a peer. */
export class Acquaintance {
  private impostor: string | undefined;
  private refusal: string | undefined;
  private problem: string | undefined;

  /** It has answered; false if it is somebody else. */
  answered(cloud: string, expected: string): boolean {
    this.problem = undefined;
    this.refusal = undefined;
    this.impostor = cloud === expected ? undefined : `it calls itself ${cloud}, not ${expected}`;
    return this.impostor === undefined;
  }

  /** `epoch`: the highest that was seen of it. */
  failed(error: unknown, epoch: number): void {
    this.problem = error instanceof Error ? error.message : String(error);
    if (error instanceof NotBelieved && error.verdict === 'sig') this.refusal = NO_KEY;
    if (error instanceof NotBelieved && error.verdict === 'replay')
      this.refusal = `it has gone back behind epoch ${epoch}, which was seen of it; it is asked to go on above it`;
  }

  sight(link: Pick<PeerLink, 'isRefused' | 'problem'>): Pick<WaySight, 'impostor' | 'refusal' | 'problem'> {
    const { impostor } = this;
    const refusal = this.refusal ?? (link.isRefused ? link.problem : undefined);
    const problem = link.problem ?? this.problem;
    return {
      ...(impostor === undefined ? {} : { impostor }),
      ...(refusal === undefined ? {} : { refusal }),
      ...(problem === undefined ? {} : { problem }),
    };
  }
}

const NO_KEY = 'its answer is not signed with a key that we know of it';
