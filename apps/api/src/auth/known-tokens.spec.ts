import type { Caller } from '../http/caller.js';
import { NeutronError } from '../http/neutron-error.js';
import { type Finding, KnownTokens } from './known-tokens.js';

const alice: Caller = { userId: 'u-1', user: 'alice', projectId: 'p-1', admin: true };

describe('What is known about tokens', () => {
  let now: number;
  let asked: number;
  let tokens: KnownTokens;
  beforeEach(() => {
    now = 0;
    asked = 0;
    tokens = new KnownTokens(300_000, () => now);
  });

  const found = (finding: Finding) => () => {
    asked += 1;
    return Promise.resolve(finding);
  };
  const good = found({ caller: alice, expiresAt: 1_000_000 });
  const bad = found(undefined);

  it('is asked for once while it is fresh', async () => {
    expect(await tokens.callerOf('t', good)).toBe(alice);
    now = 299_999;
    expect(await tokens.callerOf('t', good)).toBe(alice);
    expect(asked).toBe(1);
    now = 300_000;
    expect(await tokens.callerOf('t', bad)).toBeUndefined();
    expect(asked).toBe(2);
  });

  it('is good no longer than the token', async () => {
    await tokens.callerOf('t', found({ caller: alice, expiresAt: 1000 }));
    now = 1000;
    expect(await tokens.callerOf('t', bad)).toBeUndefined();
  });

  it('is forgotten soon where it is bad', async () => {
    expect(await tokens.callerOf('t', bad)).toBeUndefined();
    now = 9_999;
    expect(await tokens.callerOf('t', good)).toBeUndefined();
    now = 10_000;
    expect(await tokens.callerOf('t', good)).toBe(alice);
  });

  it('is shared by those who ask at the same time', async () => {
    expect(await Promise.all(Array.from({ length: 50 }, () => tokens.callerOf('t', good)))).toEqual(
      Array.from({ length: 50 }, () => alice),
    );
    expect(asked).toBe(1);
  });

  it('is not kept when nobody could tell', async () => {
    const silent = () => Promise.reject(new Error('no answer'));
    await expect(tokens.callerOf('t', silent)).rejects.toThrow('no answer');
    expect(await tokens.callerOf('t', good)).toBe(alice);
  });

  it('is not driven out by guesses', async () => {
    await tokens.callerOf('t', good);
    for (let guess = 0; guess < 20_000; guess += 1) await tokens.callerOf(`guess ${guess}`, bad);
    asked = 0;
    expect(await tokens.callerOf('t', good)).toBe(alice);
    expect(asked).toBe(0);
  });

  it('is not asked for without bound', async () => {
    const never = () => new Promise<Finding>(() => undefined);
    for (let guess = 0; guess < 256; guess += 1) void tokens.callerOf(`guess ${guess}`, never);
    await expect(tokens.callerOf('one more', good)).rejects.toThrow(NeutronError);
  });
});
