/** Clocks for work that several clients share, and for a single piece of it. */

/** Does `count` pieces of work, each client one after another, and answers how many were done in a second. */
export async function perSecond<Client>(
  clients: readonly Client[],
  count: number,
  work: (client: Client, index: number) => Promise<unknown>,
): Promise<number> {
  const begun = performance.now();
  let next = 0;
  const worker = async (client: Client): Promise<void> => {
    while (next < count) await work(client, (next += 1));
  };
  await Promise.all(clients.map(worker));
  return count / ((performance.now() - begun) / 1000);
}

export async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
