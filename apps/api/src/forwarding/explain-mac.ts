import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Facts } from '../database/facts.js';
import { isUuid } from '../http/attributes.js';
import { networkNotFound } from '../inventory/inventory-store.js';
import { AgentLife } from '../switches/agent-life.js';
import type { Askable } from './candidates.js';
import type { ExplainQuery } from './explain-query.js';
import {
  type ExplanationFacts,
  MOST_EXPLAINED,
  explanationFactsOf,
  isNetwork,
  subjectsOf,
} from './explanation-facts.js';
import { explanationView } from './explanation.view.js';

interface Explanations {
  readonly l2_explanations: readonly Readonly<Record<string, unknown>>[];
  readonly text: string;
}

@Injectable()
export class ExplainMac {
  constructor(
    private readonly facts: Facts,
    private readonly life: AgentLife,
  ) {}

  /** All of it as it was at one instant. Throws 404 for a network that there is not. */
  async run(query: ExplainQuery): Promise<Explanations> {
    const found = await this.facts.db.transaction('REPEATABLE READ', (db) => read(askable(db), query));
    return {
      l2_explanations: found.map((each) => explanationView(each, this.life)),
      text: textOf(query, found),
    };
  }
}

async function read(db: Askable, query: ExplainQuery): Promise<readonly ExplanationFacts[]> {
  const { network } = query;
  if (network !== undefined && !(isUuid(network) && (await isNetwork(db, network)))) throw networkNotFound(network);
  return explanationFactsOf(db, await subjectsOf(db, query));
}

function textOf({ subject, network }: ExplainQuery, found: readonly object[]): string {
  const name = 'mac' in subject ? subject.mac : subject.ip;
  if (found.length === 0)
    return `Nobody claims ${name} in ${network === undefined ? 'any network' : `network ${network}`}.`;
  return found.length < MOST_EXPLAINED ? '' : `These are the first ${MOST_EXPLAINED}; name a network.`;
}

function askable(db: EntityManager): Askable {
  return { query: <Row extends object>(text: string, values: unknown[] = []) => db.query<Row[]>(text, values) };
}
