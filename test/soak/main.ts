/**
 * `npm run soak [-- --minutes 10] [--seed 7] [--shared]`: random changes and faults for so long, in stories that each have to come right; `--shared`: all switches are in one database. It ends
 * with status 1, the difference and the seed when one does not.
 */
import { parseArgs } from 'node:util';
import { Random } from '../specs/support/random.js';
import { type SoakWorld, startSoakWorld, stopSoakWorld } from './soak-world.js';
import { residentMemory } from './resident-memory.js';
import { Story } from './story.js';

const CHANGES = 150;
const QUIET_MS = 5000;
const LAST_QUIET_MS = 60_000;

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, shared: { type: 'boolean' } },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const until = performance.now() + Number(values.minutes ?? 10) * 60_000;
  process.stdout.write(
    `seed ${seed}: npm run soak -- --minutes ${values.minutes ?? 10} --seed ${seed}${values.shared === true ? ' --shared' : ''}\n`,
  );
  let world: SoakWorld | undefined;
  try {
    world = await startSoakWorld({ shared: values.shared === true });
    const story = new Story(world, new Random(seed), (fault) => process.stdout.write(`  ${fault}\n`));
    for (let number = 1; number === 1 || performance.now() < until; number += 1) await tell(number, story, world);
    process.stdout.write(`nothing may be written for ${LAST_QUIET_MS / 1000} s\n`);
    await story.staysSilent(LAST_QUIET_MS, false);
    process.stdout.write('all stories came right\n');
  } catch (error) {
    for (const { agent } of world?.databases ?? [])
      process.stdout.write(`last words of ${agent}'s agent:\n${lastWords(world, agent)}\n`);
    throw error;
  } finally {
    await stopSoakWorld(world);
  }
}

/** What it said before nobody understood it any more. */
function lastWords(world: SoakWorld | undefined, name: string): string {
  if (world === undefined) return 'the cloud did not come up';
  try {
    return world.cloud.agent(name).output.split('\n').slice(-60).join('\n');
  } catch {
    return 'it does not run';
  }
}

async function tell(number: number, story: Story, world: SoakWorld): Promise<void> {
  process.stdout.write(`story ${number}\n`);
  await story.run(CHANGES);
  const since = performance.now();
  await story.comesRight();
  const healed = Math.round(performance.now() - since);
  await story.staysSilent(QUIET_MS, number % 2 === 0);
  const memory = world.databases.map(
    ({ agent }) => `${agent}'s agent ${residentMemory(world.cloud.agent(agent).pid)} MiB`,
  );
  process.stdout.write(`  came right after ${healed} ms; ${memory.join(', ')}\n`);
}
