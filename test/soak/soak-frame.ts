/** The frame of a soak: stories for so long, each of which has to come right, and silence at the end. */
const QUIET_MS = 5000;
const LAST_QUIET_MS = 60_000;

export interface Tale {
  /** Random changes and faults. */
  run(): Promise<void>;
  comesRight(): Promise<void>;
  /** Nothing is written for so long; `story` is the number of the one that has come right, absent at the end. */
  staysSilent(ms: number, story?: number): Promise<void>;
  /** Who has how much of it. */
  memory(): string;
}

/** At least one story is told. Rejects with the difference when one does not come right. */
export async function soak(minutes: number, tale: Tale): Promise<void> {
  const until = performance.now() + minutes * 60_000;
  for (let number = 1; number === 1 || performance.now() < until; number += 1) await tell(number, tale);
  say(`nothing may be written for ${LAST_QUIET_MS / 1000} s`);
  await tale.staysSilent(LAST_QUIET_MS);
  say('all stories came right');
}

/** Runs a program that ends with status 1 when it fails. */
export function endWith(main: () => Promise<void>): void {
  void main().catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function tell(number: number, tale: Tale): Promise<void> {
  say(`story ${number}`);
  await tale.run();
  const since = performance.now();
  await tale.comesRight();
  const healed = Math.round(performance.now() - since);
  await tale.staysSilent(QUIET_MS, number);
  say(`  came right after ${healed} ms; ${tale.memory()}`);
}
