/**
 * `npm run soak [-- --minutes 10] [--seed 7] [--shared]`: random changes and faults for so long, in stories that each have to come right; `--shared`: all switches are in one database. It ends
 * with status 1, the difference and the seed when one does not.
 */
import { parseArgs } from 'node:util';
import { Random } from '../specs/support/random.js';
import { residentMemory } from './resident-memory.js';
import { type Tale, endWith, say, soak } from './soak-frame.js';
import { type SoakWorld, startSoakWorld, stopSoakWorld } from './soak-world.js';
import { Story } from './story.js';

const CHANGES = 150;

endWith(async () => {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, shared: { type: 'boolean' } },
  });
  const { minutes = '10', seed = String(Date.now() % 1_000_000), shared = false } = values;
  say(`seed ${seed}: npm run soak -- --minutes ${minutes} --seed ${seed}${shared ? ' --shared' : ''}`);
  let world: SoakWorld | undefined;
  try {
    world = await startSoakWorld({ shared });
    await soak(Number(minutes), taleOf(world, new Random(Number(seed))));
  } catch (error) {
    for (const { agent } of world?.databases ?? []) say(`last words of ${agent}'s agent:\n${lastWords(world, agent)}`);
    for (const { output } of world?.cloud.replicas ?? []) say(`last words of a replica of the API:\n${ending(output)}`);
    throw error;
  } finally {
    await stopSoakWorld(world);
  }
});

/** After every other story all agents restart, and after the last none. */
function taleOf(world: SoakWorld, random: Random): Tale {
  const story = new Story(world, random, (fault) => say(`  ${fault}`));
  return {
    run: () => story.run(CHANGES),
    comesRight: () => story.comesRight(),
    staysSilent: (ms, number) => story.staysSilent(ms, number !== undefined && number % 2 === 0),
    memory: () =>
      world.databases
        .map(({ agent }) => `${agent}'s agent ${residentMemory(world.cloud.agent(agent).pid)} MiB`)
        .join(', '),
  };
}

/** What it said before nobody understood it any more. */
function lastWords(world: SoakWorld | undefined, name: string): string {
  if (world === undefined) return 'the cloud did not come up';
  try {
    return ending(world.cloud.agent(name).output);
  } catch {
    return 'it does not run';
  }
}

function ending(output: string): string {
  return output.split('\n').slice(-60).join('\n');
}
