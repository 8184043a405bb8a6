/** Long enough that a statement is worth its way, short enough that a round has several. */
const SLICE = 500;

/**
 * Gives a long list to statements slice by slice, all at once: on one connection they run one after the other, and while PostgreSQL works
 * on one, the next is put together here and the answer to the one before is read. `first` is the place of the slice in the list.
 */
export async function inSlices<Item, Result>(
  list: readonly Item[],
  work: (slice: readonly Item[], first: number) => Promise<readonly Result[]>,
): Promise<readonly Result[]> {
  const slices: Promise<readonly Result[]>[] = [];
  for (let first = 0; first < list.length; first += SLICE) slices.push(work(list.slice(first, first + SLICE), first));
  return (await Promise.all(slices)).flat();
}
