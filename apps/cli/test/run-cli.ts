/** Runs the built client as a user does: a process of its own, with an environment that is only what the spec says. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface CliRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string>>;

const MAIN = join(__dirname, '../../../dist/apps/cli/main.js');
const LIMIT_MS = 60_000;

export function runCli(env: Environment, ...argv: readonly string[]): Promise<CliRun> {
  return new Promise((resolve, reject) => {
    const options = { env: { PATH: process.env['PATH'], ...env }, timeout: LIMIT_MS };
    const child = execFile(process.execPath, [MAIN, ...argv], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : error.code;
      if (typeof status === 'number') resolve({ status, stdout, stderr });
      else reject(new Error(`l2gw ${argv.join(' ')} was ended from outside\n${stdout}${stderr}`, { cause: error }));
    });
    child.stdin?.end();
  });
}

/** The client of one API; `ok` is for what must succeed, and answers what was printed. */
export class Cli {
  constructor(private readonly url: string) {}

  run(...argv: readonly string[]): Promise<CliRun> {
    return runCli({ L2GW_API_URL: this.url }, ...argv);
  }

  async ok(...argv: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.run(...argv);
    if (status !== 0) throw new Error(`l2gw ${argv.join(' ')} ended with status ${status}: ${stderr}`);
    return stdout;
  }

  async json<T>(...argv: readonly string[]): Promise<T> {
    return JSON.parse(await this.ok(...argv, '-f', 'json')) as T;
  }
}
