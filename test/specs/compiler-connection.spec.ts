import { MarkingWorld } from './support/marking-world.js';

const WRITE = "INSERT INTO cloud (id) VALUES ('north')";

describe("The compiler's connection", () => {
  let world: MarkingWorld;
  beforeAll(async () => {
    world = await MarkingWorld.start();
  });
  afterAll(() => world?.stop());

  it('leaves nothing of work that fails, also if parts of it go on meanwhile, and does what comes next', async () => {
    const { compiler, database } = world;
    const parts: Promise<unknown>[] = [];
    const work = compiler.transaction(async () => {
      parts.push(compiler.query('SELECT').then(() => compiler.query(WRITE)));
      throw new TypeError('facts that nobody can compile');
    });
    await expect(work).rejects.toThrow('nobody can compile');
    await expect(parts[0]).rejects.toThrow('has failed');
    expect(await database.query('SELECT id FROM cloud')).toEqual([]);
    await compiler.transaction(() => compiler.query(WRITE));
    expect(await database.query('SELECT id FROM cloud')).toEqual([{ id: 'north' }]);
  });
});
