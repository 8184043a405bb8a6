import { Module } from '@nestjs/common';
import { AgentDoor } from './agent-door.js';
import { AgentLife } from './agent-life.js';
import { AnnounceSwitch } from './announce-switch.js';
import { AskSwitch } from './ask-switch.js';
import { ForgetSwitch } from './forget-switch.js';
import { LearnedNews } from './learned-news.js';
import { OpenSession } from './open-session.js';
import { PushedTables } from './pushed-tables.js';
import { SwitchInspectionController } from './switch-inspection.controller.js';
import { SwitchesController } from './switches.controller.js';

/** Switches: what their agents push, and what operators say of them. */
@Module({
  controllers: [SwitchesController, SwitchInspectionController],
  providers: [AgentDoor, AgentLife, AnnounceSwitch, AskSwitch, ForgetSwitch, LearnedNews, OpenSession, PushedTables],
  exports: [AgentLife],
})
export class SwitchesModule {}
