import { Bus } from '@l2gw/bus';
import { wakeCompiler } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';

/** Calls the compiler when there are marks: by itself if the active one is in this process, over the bus if another replica has it. A call may get lost. */
@Injectable()
export class CompilerCall {
  private active: (() => void) | undefined;

  constructor(private readonly bus: Bus) {}

  call(): void {
    if (this.active === undefined) this.bus.publish(wakeCompiler.subject, '');
    else this.active();
  }

  /** Told of calls of other replicas, and as long as there is no active compiler here, of our own. */
  onCall(listener: () => void): () => void {
    const subscription = this.bus.subscribe(wakeCompiler.subject, listener);
    return () => subscription.stop();
  }

  /** From now on this replica's compiler is the active one; or not any more. */
  answer(active: (() => void) | undefined): void {
    this.active = active;
  }
}
