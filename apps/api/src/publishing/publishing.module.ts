import { Module } from '@nestjs/common';
import { DerivedTables } from './derived-tables.js';
import { PruneDrops } from './prune-drops.js';
import { TableDoor } from './table-door.js';

/** From derived rows to their readers. */
@Module({ providers: [DerivedTables, TableDoor, PruneDrops] })
export class PublishingModule {}
