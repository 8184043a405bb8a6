import type { Cloud } from '../harness/cloud.js';
import { type OpenStackClient, openStackClient } from '../harness/openstack.js';
import { differencesOf } from './openstack-client/compare-printed.js';
import { idle, printedDifferences, unexplained } from './openstack-client/differences.js';
import { KnownIds } from './openstack-client/known-ids.js';
import { readTable } from './openstack-client/printed-table.js';
import { TOKEN, recordedCloud } from './openstack-client/recorded-cloud.js';
import { type RecordedCommand, recordedCommands } from './openstack-client/recordings.js';
import { Unrecorded } from './openstack-client/unrecorded.js';

const commands = recordedCommands();
/** The machine has other things to do. */
const AT_ONCE = 2;

describe('The unmodified OpenStack client', () => {
  let cloud: Cloud;
  let client: OpenStackClient;
  const found = new Map<string, readonly string[]>();

  beforeAll(async () => {
    const recorded = await recordedCloud('openstack client');
    cloud = recorded.cloud;
    const ids = new KnownIds();
    client = await openStackClient(cloud.api.url, TOKEN);
    const between = new Unrecorded(recorded.api, ids);
    for (const batch of batchesOf(commands, between)) {
      await between.takeUntil(batch[0]?.name ?? '');
      await Promise.all(batch.map(async (each) => found.set(each.name, await replay(client, ids, each))));
    }
  }, 240_000);
  afterAll(async () => {
    await client?.stop();
    await cloud?.stop();
  });

  it.each(commands.map(({ name, argv }) => [name, argv.join(' ')]))('%s: openstack %s', (name) => {
    expect(unexplained(printedDifferences, name, found.get(name) ?? ['it did not run'])).toEqual([]);
  });

  it.each(['l2gw list', 'network show nothing'])(
    'prints the same when it is started anew: openstack %s',
    async (words) => {
      const argv = words.split(' ');
      const [anew, resident] = await Promise.all([client.start(argv), client.run(argv)]);
      expect(anew).toEqual(resident);
    },
  );

  it('shows every difference that is listed', () => {
    expect(idle(printedDifferences, found)).toEqual([]);
  });
});

async function replay(client: OpenStackClient, ids: KnownIds, recorded: RecordedCommand): Promise<readonly string[]> {
  const printed = await client.run(
    recorded.argv.map((word) => ids.translate(word)),
    recorded,
  );
  const ours = readTable(printed.stdout);
  if (recorded.changes && recorded.table !== undefined && ours !== undefined) {
    const id = (rows: readonly (readonly string[])[]) =>
      rows.find(([field]) => field?.toLowerCase() === 'id')?.[1] ?? '';
    ids.learn(id(recorded.table.rows), id(ours.rows));
  }
  return differencesOf(recorded, printed);
}

/** Commands that change nothing run side by side. */
function* batchesOf(all: readonly RecordedCommand[], between: Unrecorded): Generator<readonly RecordedCommand[]> {
  let batch: RecordedCommand[] = [];
  for (const command of all) {
    const alone = command.changes === true || between.due(command.name);
    if (alone || batch.length === AT_ONCE) {
      if (batch.length > 0) yield batch;
      batch = [];
    }
    batch.push(command);
    if (command.changes) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
