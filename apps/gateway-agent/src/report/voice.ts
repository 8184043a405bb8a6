import { Injectable } from '@nestjs/common';
import { Questions } from '../inspect/questions.js';
import { RefusedLock } from './refused-lock.js';
import { Reporting } from './reporting.js';

/** Speaks for one switch: reports, answers, or says that its database lets itself only be read. */
@Injectable()
export class Voice {
  constructor(
    private readonly reporting: Reporting,
    private readonly questions: Questions,
    private readonly refusedLock: RefusedLock,
  ) {}

  start(): void {
    this.questions.start();
    this.refusedLock.start();
    this.reporting.start();
  }

  stop(): void {
    this.questions.stop();
    this.refusedLock.stop();
    this.reporting.stop();
  }
}
