import { Module } from '@nestjs/common';
import { DerivedTables } from './derived-tables.js';
import { PruneTombstones } from './prune-tombstones.js';
import { TableDoor } from './table-door.js';

/** From derived rows to their readers. */
@Module({ providers: [DerivedTables, TableDoor, PruneTombstones] })
export class PublishingModule {}
