/** The table is unknown to its writer, or we may not read it; what we have of it is kept. */
export class TableUnavailable extends Error {
  override readonly name = 'TableUnavailable';
  constructor(
    readonly table: string,
    readonly reason: 'unknown' | 'refused',
  ) {
    super(`table ${table} is ${reason}`);
  }
}
