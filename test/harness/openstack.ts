/** The unmodified OpenStack client, as a child process. */
import { execFile } from 'node:child_process';
import { MissingBinary, optionalTool } from './binaries.js';
import { temporaryDirectory } from './temporary-directory.js';

const LIMIT_MS = 60_000;

export interface Printed {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function openStackClient(url: string, token: string): Promise<OpenStackClient> {
  const command = optionalTool('openstack');
  if (command === undefined) throw new MissingBinary('openstack', ['PATH']);
  return new OpenStackClient(command, await temporaryDirectory('openstack'), { url, token });
}

export class OpenStackClient {
  constructor(
    private readonly command: string,
    /** The client caches its plugins there. */
    private readonly home: string,
    private readonly service: { readonly url: string; readonly token: string },
  ) {}

  /** `base`: what the endpoint ends in. `auth`: the client's name for the kind of authentication. */
  run(argv: readonly string[], { base = '', auth = 'none' } = {}): Promise<Printed> {
    return this.runWith(argv, {
      OS_AUTH_TYPE: auth,
      OS_ENDPOINT: `${this.service.url}${base}`,
      ...(auth === 'none' ? {} : { OS_TOKEN: this.service.token }),
    });
  }

  /** With settings of its own, such as those of somebody who logs in by password. */
  runWith(argv: readonly string[], settings: Readonly<Record<string, string>>): Promise<Printed> {
    const env = {
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
      HOME: this.home,
      LANG: 'C.UTF-8',
      ...settings,
    };
    return new Promise((resolve, reject) => {
      execFile(this.command, argv, { env, timeout: LIMIT_MS }, (error, stdout, stderr) => {
        if (error === null) resolve({ exit: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ exit: error.code, stdout, stderr });
        else reject(error);
      });
    });
  }
}
