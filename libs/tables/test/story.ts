import fc from 'fast-check';

/** Something that happens in a model world, with a name to be read in a counterexample. */
export type Event<World> = (world: World) => void | Promise<void>;

export function happening<World>(name: string, event: Event<World>): Event<World> {
  return Object.assign(event, { toString: () => name });
}

/** What may happen, how often compared with the rest, and how. */
export type Happenings<World> = readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Event<World>> }[];

/** A plain event without a parameter. */
export function once<World>(weight: number, name: string, event: Event<World>): Happenings<World>[number] {
  return { weight, arbitrary: fc.constant(happening(name, event)) };
}

/** An event for each of the values. */
export function each<World, Value>(
  weight: number,
  values: fc.Arbitrary<Value>,
  name: string,
  event: (world: World, value: Value) => void | Promise<void>,
): Happenings<World>[number] {
  return {
    weight,
    arbitrary: values.map((value) =>
      happening(`${name} ${JSON.stringify(value)}`, (world: World) => event(world, value)),
    ),
  };
}

/** How many stories each property tells. */
export const STORIES = Number(process.env['L2GW_MODEL_RUNS'] ?? 150);

/** After any story from these happenings, told in a new world for each seed, the end must hold. */
export async function afterAnyStory<World>(
  happenings: Happenings<World>,
  newWorld: (seed: number) => World,
  end: (world: World) => Promise<void>,
): Promise<void> {
  const stories = fc.array(fc.oneof(...happenings), { minLength: 5, maxLength: 40 });
  const property = fc.asyncProperty(fc.integer(), stories, async (seed, story) => {
    const world = newWorld(seed);
    for (const event of story) await event(world);
    await end(world);
  });
  await fc.assert(property, { numRuns: STORIES });
}
