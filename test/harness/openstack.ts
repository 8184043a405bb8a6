/** The unmodified OpenStack client: as a command that is started, and as one that has its modules loaded already. */
import { execFile } from 'node:child_process';
import { MissingBinary, optionalTool } from './binaries.js';
import { LIMIT_MS, OpenStackResident, type Printed } from './openstack-resident.js';
import { temporaryDirectory } from './temporary-directory.js';

type Settings = Readonly<Record<string, string>>;

export async function openStackClient(url: string, token: string): Promise<OpenStackClient> {
  const command = optionalTool('openstack');
  if (command === undefined) throw new MissingBinary('openstack', ['PATH']);
  return new OpenStackClient(command, await temporaryDirectory('openstack'), { url, token });
}

export class OpenStackClient {
  private resident: OpenStackResident | undefined;

  constructor(
    private readonly command: string,
    /** The client caches its plugins there. */
    private readonly home: string,
    private readonly service: { readonly url: string; readonly token: string },
  ) {}

  /** `base`: what the endpoint ends in. `auth`: the client's name for the kind of authentication. */
  run(argv: readonly string[], { base = '', auth = 'none' } = {}): Promise<Printed> {
    return this.runWith(argv, this.settings(base, auth));
  }

  /** With settings of its own, such as those of somebody who logs in by password. */
  runWith(argv: readonly string[], settings: Settings): Promise<Printed> {
    this.resident ??= OpenStackResident.start(this.command, this.home, this.environment());
    return this.resident.run(argv, settings);
  }

  /** As an operator starts it, which takes a second or two. */
  start(argv: readonly string[]): Promise<Printed> {
    const env = { ...this.environment(), ...this.settings('', 'none') };
    return new Promise((resolve, reject) => {
      execFile(this.command, argv, { env, timeout: LIMIT_MS }, (error, stdout, stderr) => {
        if (error === null) resolve({ exit: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ exit: error.code, stdout, stderr });
        else reject(error);
      });
    });
  }

  async stop(): Promise<void> {
    await this.resident?.stop();
  }

  private settings(base: string, auth: string): Settings {
    return {
      OS_AUTH_TYPE: auth,
      OS_ENDPOINT: `${this.service.url}${base}`,
      ...(auth === 'none' ? {} : { OS_TOKEN: this.service.token }),
    };
  }

  private environment(): Settings {
    return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', HOME: this.home, LANG: 'C.UTF-8' };
  }
}
