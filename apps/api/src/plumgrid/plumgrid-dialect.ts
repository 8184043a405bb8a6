import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { type Observable, map } from 'rxjs';
import { Facts } from '../database/facts.js';
import { plumgridCollection } from './base-path.js';
import { REFERENCES, idsOf } from '../http/named-nouns.js';
import { isDictionary, neutronQuery, plumgridAnswer } from './spellings.js';

/** Between a request on the base `/v2` and the method that answers it on `/v2.0`: translates both ways, and decides nothing. */
@Injectable()
export class PlumgridDialect implements NestInterceptor {
  constructor(private readonly facts: Facts) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const collection = plumgridCollection(request);
    if (collection === undefined) return next.handle();
    const [path = '', query = ''] = request.url.split('?', 2);
    request.url = `${path}?${neutronQuery(collection, query)}`;
    await this.nameById(request, collection);
    return next.handle().pipe(map((answer) => plumgridAnswer(collection, answer)));
  }

  /** Replaces names by ids, in the path and in the body. A name that nobody has stays, and is refused as an id would be. */
  private async nameById(request: Request, collection: string): Promise<void> {
    const { id } = request.params;
    if (typeof id === 'string') {
      request.params['id'] = (await idsOf(this.facts.db, collection, [id])).get(id) ?? id;
    }
    const items = attributesIn(request.body);
    for (const [attribute, referred] of REFERENCES) {
      const named = items.filter((item) => typeof item[attribute] === 'string');
      const names = new Set(named.map((item) => String(item[attribute])));
      const ids = await idsOf(this.facts.db, referred, [...names]);
      for (const item of named) item[attribute] = ids.get(String(item[attribute])) ?? item[attribute];
    }
  }
}

/** The dictionaries of attributes in a body: itself if it has no envelope, what is in the envelope, each item of a bulk. */
function attributesIn(body: unknown): readonly Record<string, unknown>[] {
  if (!isDictionary(body)) return [];
  return [body, ...Object.values(body).flat()].filter(isDictionary);
}
