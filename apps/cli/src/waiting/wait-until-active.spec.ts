import type { Row } from '../api/row.js';
import { NotFound, Unreachable } from '../failures.js';
import { waitUntilActive } from './wait-until-active.js';

const build = { status: 'BUILD', status_reason: 'tor1: PENDING' };
const degraded = { status: 'DEGRADED', status_reason: 'tor2: NOT_CONNECTED' };
const active = { status: 'ACTIVE', status_reason: '' };
const error = { status: 'ERROR', status_reason: 'tor1: CONFLICT' };

/** Time that passes only by waiting, and an API that says one thing after another, the last one for ever. */
async function wait(timeoutMs: number, first: Row, ...answers: readonly (Row | Error)[]) {
  const states: string[] = [];
  const pauses: number[] = [];
  let time = 0;
  const clock = {
    now: () => time,
    sleep: async (ms: number) => {
      pauses.push(ms);
      time += ms;
    },
  };
  const read = async () => {
    const answer = answers[Math.min(pauses.length, answers.length) - 1] ?? first;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const waited = await waitUntilActive({ first, read, onState: (text) => states.push(text) }, timeoutMs, clock);
  return { ...waited, states, pauses };
}

describe('Waiting for a connection', () => {
  it('ends at once when it is active', async () => {
    expect(await wait(1000, active)).toEqual({ row: active, outcome: 'active', states: ['ACTIVE'], pauses: [] });
  });

  it('goes on until it is, with longer and longer pauses', async () => {
    expect(await wait(60_000, build, build, degraded, active)).toEqual({
      row: active,
      outcome: 'active',
      states: ['BUILD tor1: PENDING', 'BUILD tor1: PENDING', 'DEGRADED tor2: NOT_CONNECTED', 'ACTIVE'],
      pauses: [100, 150, 225],
    });
  });

  it('ends with an error', async () => {
    expect(await wait(60_000, build, error)).toMatchObject({ row: error, outcome: 'error' });
  });

  it('ends when the time is up, not later', async () => {
    const { row, outcome, pauses } = await wait(10_000, build);
    expect([row, outcome]).toEqual([build, 'timeout']);
    expect(pauses.reduce((sum, each) => sum + each, 0)).toBeCloseTo(10_000);
    expect(Math.max(...pauses)).toBe(2000);
  });

  it('survives an API that is away for a moment', async () => {
    const { outcome, states } = await wait(60_000, build, new Unreachable('cannot reach it'), active);
    expect([outcome, states]).toEqual([
      'active',
      ['BUILD tor1: PENDING', 'cannot reach it', 'BUILD tor1: PENDING', 'ACTIVE'],
    ]);
  });

  it('ends with what the API refuses', async () => {
    await expect(wait(60_000, build, new NotFound('gone'))).rejects.toThrow('gone');
  });
});
