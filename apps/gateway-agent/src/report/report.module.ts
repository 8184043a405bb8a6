import { switchClientId } from '@l2gw/contracts';
import { type DynamicModule, Module } from '@nestjs/common';
import type { AgentConfig } from '../config.js';
import { Questions } from '../inspect/questions.js';
import { CleanupReporter } from './cleanup-reporter.js';
import { Confirmations } from './confirmations.js';
import { EpochRequest } from './epoch-request.js';
import { LearnedReporter } from './learned-reporter.js';
import { LifeSign } from './life-sign.js';
import { PushedTables } from './pushed-tables.js';
import { RefusedLock } from './refused-lock.js';
import { ReportedSwitch } from './reported-switch.js';
import { Reporters } from './reporters.js';
import { Reporting } from './reporting.js';
import { ReportSession } from './report-session.js';
import { SwitchReporter } from './switch-reporter.js';
import { Voice } from './voice.js';

/** Everything that is said of one switch of the database, under that switch's own id on the bus. */
@Module({})
export class ReportModule {
  static of(name: string, { switchNames }: Pick<AgentConfig, 'switchNames'>): DynamicModule {
    const reported: ReportedSwitch = {
      name,
      client: switchClientId(name),
      isAlone: switchNames.length === 1,
      isFirst: switchNames[0] === name,
    };
    return {
      module: ReportModule,
      providers: [
        { provide: ReportedSwitch, useValue: reported },
        ...[PushedTables, SwitchReporter, LearnedReporter, Confirmations, CleanupReporter, Reporters],
        ...[RefusedLock, EpochRequest, ReportSession, LifeSign, Reporting, Questions, Voice],
      ],
    };
  }
}
