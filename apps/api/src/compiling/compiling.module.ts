import { Module } from '@nestjs/common';
import { EventsModule } from '../events/events.module.js';
import { Compiler } from './compiler.js';

/** From facts to derived rows. */
@Module({ imports: [EventsModule], providers: [Compiler], exports: [Compiler] })
export class CompilingModule {}
