import { Module } from '@nestjs/common';
import { AskSync } from './ask-sync.js';
import { ClearDuplicates } from './clear-duplicates.js';
import { ConflictsController } from './conflicts.controller.js';
import { CreatePeer } from './create-peer.js';
import { DeletePeer } from './delete-peer.js';
import { DuplicatesController } from './duplicates.controller.js';
import { PeerInspection } from './peer-inspection.js';
import { PeerInspectionController } from './peer-inspection.controller.js';
import { PeerReader } from './peer-reader.js';
import { PeersController } from './peers.controller.js';
import { RecallDoor } from './recall-door.js';
import { SyncSessions } from './sync-sessions.js';
import { UpdatePeer } from './update-peer.js';

/** Clouds with which networks are shared, and the program that speaks with them. */
@Module({
  controllers: [PeersController, DuplicatesController, ConflictsController, PeerInspectionController],
  providers: [
    AskSync,
    ClearDuplicates,
    CreatePeer,
    DeletePeer,
    PeerInspection,
    PeerReader,
    RecallDoor,
    SyncSessions,
    UpdatePeer,
  ],
  exports: [SyncSessions],
})
export class SyncModule {}
