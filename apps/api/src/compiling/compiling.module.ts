import { Module } from '@nestjs/common';
import { Compiler } from './compiler.js';

/** From facts to derived rows. */
@Module({ providers: [Compiler] })
export class CompilingModule {}
