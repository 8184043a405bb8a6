/** A message or row that is not what its contract says. It is reported and dropped; asking again heals what it carried. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
  constructor(
    /** What was expected, for example `delta`. */
    readonly expected: string,
    /** The field that is wrong, for example `ops.3.key`. */
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${expected}: ${path} ${reason}`, options);
  }
}
