import type { ApiClient } from '../harness/api-client.js';
import type { Cloud } from '../harness/cloud.js';
import { answerDifferences } from './openstack-client/compare-answers.js';
import { answeredDifferences, idle, unexplained } from './openstack-client/differences.js';
import { KnownIds } from './openstack-client/known-ids.js';
import { recordedCloud } from './openstack-client/recorded-cloud.js';
import { type RecordedExchange, recordedExchanges } from './openstack-client/recordings.js';
import { Unrecorded } from './openstack-client/unrecorded.js';

const exchanges = recordedExchanges();

describe('A request that the reference was sent is answered as the reference answered it', () => {
  let cloud: Cloud;
  const found = new Map<string, readonly string[]>();

  beforeAll(async () => {
    const recorded = await recordedCloud('openstack replay');
    cloud = recorded.cloud;
    const ids = new KnownIds();
    const between = new Unrecorded(recorded.api, ids);
    for (const [index, exchange] of exchanges.entries()) {
      await between.takeUntil(exchange.name);
      found.set(keyOf(exchange, index), await replay(recorded.api, ids, exchange));
    }
  });
  afterAll(() => cloud?.stop());

  it.each(exchanges.map(keyOf))('%s', (key) => {
    expect(unexplained(answeredDifferences, key, found.get(key) ?? ['it was not sent'])).toEqual([]);
  });

  it('and every difference that is listed shows', () => {
    expect(idle(answeredDifferences, found)).toEqual([]);
  });
});

function keyOf({ name, method, path, status }: RecordedExchange, index: number): string {
  return `${name}: ${method} ${path} → ${status} (${index + 1})`;
}

async function replay(api: ApiClient, ids: KnownIds, recorded: RecordedExchange): Promise<readonly string[]> {
  const { method, path, body, status, answer } = recorded;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const ours = await api.request(method, ids.translate(path), text === undefined ? undefined : ids.translate(text));
  const differences = answerDifferences(answer, answer === undefined ? undefined : ours.body, ids);
  return ours.status === status ? differences : [`status: ${ours.status} instead of ${status}`, ...differences];
}
