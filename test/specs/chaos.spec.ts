import { Random } from './support/random.js';
import { type SoakWorld, startSoakWorld, stopSoakWorld } from '../soak/soak-world.js';
import { Story } from '../soak/story.js';

const CHANGES = 240;
const QUIET_MS = 2000;
/** Another story: `CHAOS_SEED=7 npm run spec -- chaos`. */
const seed = Number(process.env['CHAOS_SEED'] ?? 1);

describe(`A cloud in which everything changes and everything breaks (CHAOS_SEED=${seed})`, () => {
  let world: SoakWorld;
  let story: Story;

  beforeAll(async () => {
    world = await startSoakWorld();
    story = new Story(world, new Random(seed));
  });
  afterAll(async () => {
    await stopSoakWorld(world);
  });

  it('holds on every switch exactly what it should, once there is quiet, and leaves everything else alone', async () => {
    await story.run(CHANGES);
    await story.comesRight();
  }, 300_000);

  it('writes nothing more when all is as it should be, not even when every agent restarts', async () => {
    await story.staysSilent(QUIET_MS, true);
  });
});
