/**
 * `npm run soak:clouds [-- --minutes 10] [--seed 7]`: two clouds that share networks, random changes and faults in both and between them.
 * It ends with status 1, the difference and the seed when a story does not come right.
 */
import { parseArgs } from 'node:util';
import { Random } from '../specs/support/random.js';
import { CloudsStory } from './clouds-story.js';
import { CloudsWorld } from './clouds-world.js';
import { residentMemory } from './resident-memory.js';
import { type Tale, endWith, say, soak } from './soak-frame.js';

const CHANGES = 120;

endWith(async () => {
  const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
  const { minutes = '10', seed = String(Date.now() % 1_000_000) } = values;
  say(`seed ${seed}: npm run soak:clouds -- --minutes ${minutes} --seed ${seed}`);
  const random = new Random(Number(seed));
  let world: CloudsWorld | undefined;
  try {
    world = await CloudsWorld.start(() => random.next());
    await soak(Number(minutes), taleOf(world, random));
  } catch (error) {
    for (const { cloud } of world?.sides ?? [])
      say(`last words of ${cloud.id}'s remote-sync:\n${cloud.syncs.at(-1)?.output.slice(-6000)}`);
    throw error;
  } finally {
    await world?.stop();
  }
});

function taleOf(world: CloudsWorld, random: Random): Tale {
  const story = new CloudsStory(world, random, (fault) => say(`  ${fault}`));
  return {
    run: () => story.run(CHANGES),
    comesRight: () => story.comesRight(),
    staysSilent: (ms) => story.staysSilent(ms),
    memory: () =>
      world.sides
        .map(({ cloud }) => `remote-sync of ${cloud.id} ${residentMemory(cloud.syncs[0]?.pid ?? 0)} MiB`)
        .join(', '),
  };
}
