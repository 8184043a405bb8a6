/** What can go wrong for a user, and the exit status by which a script knows it (`docs/cli.md`). */
export const EXIT = {
  ok: 0,
  refused: 1,
  usage: 2,
  notFound: 3,
  unreachable: 4,
  timedOut: 5,
  endedInError: 6,
} as const;

/** Printed as `ERROR type: message`. */
export abstract class Failure extends Error {
  abstract readonly exitCode: number;
  abstract readonly type: string;
}

/** What the API says of one item of a request for many; the first has index 0. */
export interface RefusedItem {
  readonly index: number;
  readonly message: string;
}

/** The API has answered with an error. */
export class Refused extends Failure {
  readonly exitCode: number;

  constructor(
    readonly type: string,
    message: string,
    readonly status: number,
    readonly items: readonly RefusedItem[] = [],
  ) {
    super(message);
    this.exitCode = status === 404 ? EXIT.notFound : EXIT.refused;
  }
}

/** The command line, a setting or a file is not what it should be; nothing was sent that changes anything. */
export class UsageError extends Failure {
  readonly exitCode = EXIT.usage;
  readonly type = 'usage';
}

/** Nothing has the name or id that the user gave. */
export class NotFound extends Failure {
  readonly exitCode = EXIT.notFound;
  readonly type = 'NotFound';
}

/** A name that several things have. */
export class Ambiguous extends Failure {
  readonly exitCode = EXIT.refused;
  readonly type = 'NoUniqueMatch';
}

/** Nobody answers, or somebody who is not the API. */
export class Unreachable extends Failure {
  readonly exitCode = EXIT.unreachable;
  readonly type = 'Unreachable';
}

export class TimedOut extends Failure {
  readonly exitCode = EXIT.timedOut;
  readonly type = 'TimedOut';
}

/** What was waited for has status ERROR. */
export class EndedInError extends Failure {
  readonly exitCode = EXIT.endedInError;
  readonly type = 'EndedInError';
}

/** Some of several things failed; the exit status is that of the first. */
export class SeveralFailures extends Error {
  constructor(readonly failures: readonly [Failure, ...Failure[]]) {
    super(failures.map(({ message }) => message).join('; '));
  }
}
