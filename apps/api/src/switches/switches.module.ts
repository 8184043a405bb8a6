import { Module } from '@nestjs/common';
import { SyncModule } from '../sync/sync.module.js';
import { AgentLife } from './agent-life.js';
import { AnnounceSwitch } from './announce-switch.js';
import { AskSwitch } from './ask-switch.js';
import { ForgetSwitch } from './forget-switch.js';
import { LearnedNews } from './learned-news.js';
import { OpenSession } from './open-session.js';
import { PushDoor } from './push-door.js';
import { PushedTables } from './pushed-tables.js';
import { SessionDoor } from './session-door.js';
import { SwitchInspectionController } from './switch-inspection.controller.js';
import { SwitchesController } from './switches.controller.js';

/** Switches: what their agents push, and what operators say of them. */
@Module({
  imports: [SyncModule],
  controllers: [SwitchesController, SwitchInspectionController],
  providers: [
    AgentLife,
    AnnounceSwitch,
    AskSwitch,
    ForgetSwitch,
    LearnedNews,
    OpenSession,
    PushDoor,
    PushedTables,
    SessionDoor,
  ],
  exports: [AgentLife],
})
export class SwitchesModule {}
