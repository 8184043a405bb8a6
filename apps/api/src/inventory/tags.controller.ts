import { Delete, Get, HttpCode, Param, Put, type Type } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { type Ask, Asked } from '../http/ask.js';
import { type NeutronError, invalidInput, notFound, spelled } from '../http/neutron-error.js';
import { NeutronController } from '../http/neutron.controller.js';
import { unconditional } from '../http/precondition.js';
import { type Collection, TAGGED, TagStore } from './tag-store.js';

const LONGEST = 60;

/** The controller of the tags on things of one collection. Single tags are named in the path, so the bus has them all or none. */
export function tagsController(collection: Collection): Type {
  const noun = TAGGED[collection];

  @NeutronController(`${collection}/:id/tags`)
  class TagsController {
    constructor(private readonly tags: TagStore) {}

    @Get()
    @MessagePattern(`${noun}.tags`)
    async list(@Asked() { id }: Ask) {
      return { tags: await this.tags.tagsOf(collection, id) };
    }

    @Put()
    @MessagePattern(`${noun}.retag`)
    async replace(@Asked() ask: Ask) {
      const { id, body } = unconditional(ask);
      return { tags: await this.tags.replace(collection, id, tagsIn(body)) };
    }

    @Delete()
    @HttpCode(204)
    async clear(@Asked() ask: Ask): Promise<void> {
      await this.tags.replace(collection, unconditional(ask).id, []);
    }

    @Get(':tag')
    @HttpCode(204)
    async show(@Asked() { id }: Ask, @Param('tag') tag: string): Promise<void> {
      const tags = await this.tags.tagsOf(collection, id);
      if (!tags.includes(tag)) throw tagNotFound(tag);
    }

    @Put(':tag')
    @HttpCode(201)
    add(@Asked() ask: Ask, @Param('tag') tag: string): Promise<void> {
      return this.tags.add(collection, unconditional(ask).id, checked(tag));
    }

    @Delete(':tag')
    @HttpCode(204)
    async remove(@Asked() ask: Ask, @Param('tag') tag: string): Promise<void> {
      const { id } = unconditional(ask);
      const tags = await this.tags.tagsOf(collection, id);
      if (!tags.includes(tag)) throw tagNotFound(tag);
      await this.tags.remove(collection, id, tag);
    }
  }
  return TagsController;
}

const tagNotFound = (tag: string): NeutronError => notFound('TagNotFound', `Tag ${tag} could not be found.`);

function tagsIn(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('tags' in body)) throw invalidInput('Invalid tags body.');
  if (!Array.isArray(body.tags)) throw invalidInput(`'${spelled(body.tags)}' is not a list.`);
  return body.tags.map(checked);
}

function checked(tag: unknown): string {
  if (typeof tag !== 'string' || tag.includes('\0')) throw invalidInput(`'${spelled(tag)}' is not a valid string.`);
  if (tag.length > LONGEST) throw invalidInput(`'${tag}' exceeds maximum length of ${LONGEST}.`);
  return tag;
}
