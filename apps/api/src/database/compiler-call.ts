import { Bus } from '@l2gw/bus';
import { wakeCompiler } from '@l2gw/contracts';
import { Injectable } from '@nestjs/common';

/** Calls the compiler when there are marks: by itself if it is in this process, over the bus if another replica has it. A call may get lost. */
@Injectable()
export class CompilerCall {
  /** This replica's compiler, while it is the active one. */
  private active: (() => void) | undefined;

  constructor(private readonly bus: Bus) {}

  answer(active: (() => void) | undefined): void {
    this.active = active;
  }

  call(): void {
    if (this.active === undefined) this.bus.publish(wakeCompiler.subject, '');
    else this.active();
  }
}
