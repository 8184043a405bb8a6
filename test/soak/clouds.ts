/**
 * `npm run soak:clouds [-- --minutes 10] [--seed 7]`: two clouds that share networks, random changes and faults in both and between them.
 * It ends with status 1, the difference and the seed when a story does not come right.
 */
import { parseArgs } from 'node:util';
import { Random } from '../specs/support/random.js';
import { CloudsStory } from './clouds-story.js';
import { CloudsWorld } from './clouds-world.js';
import { residentMemory } from './resident-memory.js';

const CHANGES = 120;
const QUIET_MS = 5000;
const LAST_QUIET_MS = 60_000;

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
  const { minutes = '10', seed = String(Date.now() % 1_000_000) } = values;
  process.stdout.write(`seed ${seed}: npm run soak:clouds -- --minutes ${minutes} --seed ${seed}\n`);
  const until = performance.now() + Number(minutes) * 60_000;
  const random = new Random(Number(seed));
  let world: CloudsWorld | undefined;
  try {
    world = await CloudsWorld.start(() => random.next());
    const story = new CloudsStory(world, random, (fault) => process.stdout.write(`  ${fault}\n`));
    for (let number = 1; number === 1 || performance.now() < until; number += 1) await tell(number, story, world);
    process.stdout.write(`nothing may be written for ${LAST_QUIET_MS / 1000} s\n`);
    await story.staysSilent(LAST_QUIET_MS);
    process.stdout.write('all stories came right\n');
  } catch (error) {
    for (const { cloud } of world?.sides ?? [])
      process.stdout.write(`last words of ${cloud.id}'s remote-sync:\n${cloud.syncs.at(-1)?.output.slice(-6000)}\n`);
    throw error;
  } finally {
    await world?.stop();
  }
}

async function tell(number: number, story: CloudsStory, world: CloudsWorld): Promise<void> {
  process.stdout.write(`story ${number}\n`);
  await story.run(CHANGES);
  const since = performance.now();
  await story.comesRight();
  const healed = Math.round(performance.now() - since);
  await story.staysSilent(QUIET_MS);
  const memory = world.sides.map(({ cloud }) => `${cloud.id} ${residentMemory(cloud.syncs[0]?.pid ?? 0)} MiB`);
  process.stdout.write(`  came right after ${healed} ms; remote-sync of ${memory.join(', ')}\n`);
}
