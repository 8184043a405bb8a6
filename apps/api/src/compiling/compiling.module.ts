import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { Announcements } from './announcements.js';
import { Compiler } from './compiler.js';

/** From facts to derived rows. */
@Module({ imports: [EventsModule], providers: [Announcements, Compiler], exports: [Compiler] })
export class CompilingModule {}
