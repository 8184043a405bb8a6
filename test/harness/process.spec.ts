import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from './binaries.js';
import { eventually } from './eventually.js';
import { startProcess } from './process.js';

const shell = (script: string): { name: string; command: string; args: string[] } => ({
  name: 'the shell',
  command: '/bin/sh',
  args: ['-c', script],
});

const exists = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // no such process
  }
};

describe('A started process', () => {
  it('is handed over when it is ready, not earlier', async () => {
    const child = await startProcess({
      ...shell('sleep 0.1; echo here I am; exec sleep 60'),
      ready: ({ output }) => output.includes('here I am'),
    });
    expect(child.output).toBe('here I am\n');
    expect(await child.stop()).toEqual({ code: undefined, signal: 'SIGTERM' });
  });

  it('says its last words when it ends before it is ready', async () => {
    const start = startProcess({ ...shell('echo no such disk >&2; exit 3'), ready: () => false });
    await expect(start).rejects.toThrow(/the shell ended before it was ready \(with code 3\)[^]*no such disk/);
  });

  it('is killed when it is not ready in time', async () => {
    const start = startProcess({ ...shell('echo $$; exec sleep 60'), ready: () => false, readyTimeoutMs: 200 });
    const error: Error = await start.then(
      () => new Error('it was ready'),
      (reason: Error) => reason,
    );
    expect(error.message).toMatch(/was not ready within 200 ms/);
    expect(exists(Number(/^\d+$/m.exec(error.message)?.[0]))).toBe(false);
  });

  it('says so when it cannot be started at all', async () => {
    const start = startProcess({ name: 'nothing', command: '/nonexistent/server', ready: () => false });
    await expect(start).rejects.toThrow(/nothing ended before it was ready/);
  });

  it('is killed when it does not stop when asked', async () => {
    const child = await startProcess({
      ...shell('trap "" TERM; echo ready; while true; do sleep 0.05; done'),
      ready: ({ output }) => output.includes('ready'),
      stopTimeoutMs: 200,
    });
    expect(await child.stop()).toEqual({ code: undefined, signal: 'SIGKILL' });
  });

  it('can be stopped while it is paused', async () => {
    const child = await startProcess(shell('exec sleep 60'));
    child.pause();
    expect(await child.stop()).toMatchObject({ signal: 'SIGTERM' });
  });
});

describe.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('A parent that is ended by %s', (signal) => {
  it('leaves no child behind', async () => {
    const parent = startParentOfSleep();
    const [line] = (await once(parent.stdout ?? parent, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(exists(pid)).toBe(true);
    parent.kill(signal);
    await eventually(() => expect(exists(pid)).toBe(false));
  });
});

function startParentOfSleep(): ChildProcess {
  const program = `
    require('./scripts/register-ts.js');
    const { startProcess } = require('./test/harness/process.ts');
    startProcess({ name: 'sleep', command: '/bin/sleep', args: ['60'] }).then(({ pid }) => console.log(pid));
    setTimeout(() => undefined, 60_000);`;
  return spawn(process.execPath, ['-e', program], { cwd: join(repositoryRoot), stdio: ['ignore', 'pipe', 'inherit'] });
}
