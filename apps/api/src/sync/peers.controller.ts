import { Delete, Get, HttpCode, Post, Put } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { readListQuery } from '../http/list-query.js';
import { project } from '../http/listing.js';
import { NeutronController } from '../http/neutron.controller.js';
import { readCreate, readUpdate } from '../http/resource.js';
import { CreatePeer } from './create-peer.js';
import { DeletePeer } from './delete-peer.js';
import { peerResource } from './peer.body.js';
import { PeerReader } from './peer-reader.js';
import { UpdatePeer } from './update-peer.js';

@NeutronController('l2-sync-peers')
export class PeersController {
  constructor(
    private readonly reader: PeerReader,
    private readonly createPeer: CreatePeer,
    private readonly updatePeer: UpdatePeer,
    private readonly deletePeer: DeletePeer,
  ) {}

  @Post()
  @MessagePattern('sync-peer.create')
  async create(@Asked() { body }: Ask) {
    return { l2_sync_peer: await this.reader.show(await this.createPeer.run(readCreate(peerResource, body))) };
  }

  @Get()
  @MessagePattern('sync-peer.list')
  list(@Asked() { query }: Ask) {
    return this.reader.list(readListQuery(query));
  }

  @Get(':id')
  @MessagePattern('sync-peer.show')
  async show(@Asked() { id, query }: Ask) {
    return { l2_sync_peer: project(await this.reader.show(id), query.getAll('fields')) };
  }

  @Put(':id')
  @MessagePattern('sync-peer.update')
  async update(@Asked() { id, body, ifMatch }: Ask) {
    await this.updatePeer.run(id, readUpdate(peerResource, body), ifMatch);
    return { l2_sync_peer: await this.reader.show(id) };
  }

  @Delete(':id')
  @HttpCode(204)
  @MessagePattern('sync-peer.delete')
  delete(@Asked() { id, ifMatch }: Ask) {
    return this.deletePeer.run(id, ifMatch);
  }
}
