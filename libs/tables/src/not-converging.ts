/** Repairs do not make a replica's digest the writer's: the two do not hash alike. It is tried again each minute. */
export class NotConverging extends Error {
  override readonly name = 'NotConverging';
  constructor(readonly table: string) {
    super(`${table}: repairs do not make the digests equal`);
  }
}
