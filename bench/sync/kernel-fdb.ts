/** The forwarding tables of two namespaces' kernels: one is told MACs, the other is watched for them; no process is started per MAC. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const LIMIT_MS = 5_000;
/** The line of the VXLAN device, which comes after the bridge's. */
const REMOTE = /^([0-9a-f:]{17}) dev \S+ dst \S+ .*self/;

export class KernelFdb {
  private readonly waiting = new Map<string, () => void>();
  private readonly feeder: ChildProcessWithoutNullStreams;
  private readonly watcher: ChildProcessWithoutNullStreams;

  constructor(near: string, far: string) {
    this.feeder = bridge(near, ['-batch', '-']);
    this.watcher = bridge(far, ['monitor', 'fdb']);
    createInterface(this.watcher.stdout).on('line', (line) => this.seen(REMOTE.exec(line)?.[1] ?? ''));
  }

  /** A static entry in the near kernel; resolves when the far one has it, fails after five seconds. */
  crosses(mac: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new Error(`${mac} did not come within ${LIMIT_MS} ms`));
      const timer = setTimeout(late, LIMIT_MS);
      this.waiting.set(mac, () => {
        clearTimeout(timer);
        resolve();
      });
      this.feeder.stdin.write(`fdb add ${mac} dev host0 master static\n`);
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.feeder, this.watcher].map(end));
  }

  private seen(mac: string): void {
    this.waiting.get(mac)?.();
    this.waiting.delete(mac);
  }
}

/** The kernel ends it when we end, however that happens. */
function bridge(namespace: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', 'bridge', '-n', namespace, ...args]);
  child.stderr.pipe(process.stderr);
  child.stdin.on('error', () => undefined); // it ended: what it said is on stderr, and the MAC will be missed
  return child;
}

async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
