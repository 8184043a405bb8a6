import type { Row } from '../api/row.js';
import { NotFound, Refused, Unreachable } from '../failures.js';
import { outcomeOf, waitUntilActive } from './wait-until-active.js';

const build = { status: 'BUILD', status_reason: 'tor1: PENDING' };
const degraded = { status: 'DEGRADED', status_reason: 'tor2: NOT_CONNECTED' };
const active = { status: 'ACTIVE', status_reason: '' };
const error = { status: 'ERROR', status_reason: 'tor1: CONFLICT' };

/** Time that passes only by waiting, and an API that says one thing after another, the last one for ever; `waits`: only when asked to. */
async function wait(waits: boolean, timeoutMs: number, first: Row, ...answers: readonly (Row | Error)[]) {
  const [states, pauses, asked]: [string[], number[], number[]] = [[], [], []];
  let time = 0;
  const clock = {
    now: () => time,
    sleep: async (ms: number) => {
      pauses.push(ms);
      time += ms;
    },
  };
  const read = async (waitS: number) => {
    asked.push(waitS);
    const answer = answers[Math.min(asked.length, answers.length) - 1] ?? first;
    if (answer instanceof Error) throw answer;
    if (waits && outcomeOf(answer) === undefined) time += waitS * 1000;
    return answer;
  };
  const waited = await waitUntilActive({ first, read, onState: (text) => states.push(text) }, timeoutMs, clock);
  return { ...waited, states, pauses, asked, time };
}

describe('Waiting for a connection', () => {
  it('ends at once when it is active', async () => {
    expect(await wait(true, 1000, active)).toMatchObject({
      row: active,
      outcome: 'active',
      states: ['ACTIVE'],
      asked: [],
    });
  });

  it('is left to the API, which is asked again and again without a pause', async () => {
    expect(await wait(true, 60_000, build, build, degraded, active)).toMatchObject({
      row: active,
      outcome: 'active',
      states: ['BUILD tor1: PENDING', 'BUILD tor1: PENDING', 'DEGRADED tor2: NOT_CONNECTED', 'ACTIVE'],
      asked: [10, 10, 10],
      pauses: [],
    });
  });

  it('is done with longer and longer pauses where the API does not know how to wait', async () => {
    const { outcome, pauses } = await wait(false, 60_000, build, build, degraded, active);
    expect([outcome, pauses]).toEqual(['active', [100, 150]]);
  });

  it('ends with an error', async () => {
    expect(await wait(true, 60_000, build, error)).toMatchObject({ row: error, outcome: 'error' });
  });

  it.each([true, false])('ends when the time is up, not later (an API that waits: %j)', async (waits) => {
    const { row, outcome, pauses, time } = await wait(waits, 12_500, build);
    expect([row, outcome]).toEqual([build, 'timeout']);
    expect(time).toBeCloseTo(12_500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(2000);
  });

  it('survives an API that is away for a moment, or has too many who wait', async () => {
    const busy = new Refused('TooManyWaiters', 'too many', 503);
    const { outcome, states } = await wait(true, 60_000, build, new Unreachable('cannot reach it'), busy, active);
    const state = 'BUILD tor1: PENDING';
    expect([outcome, states]).toEqual(['active', [state, 'cannot reach it', state, 'too many', state, 'ACTIVE']]);
  });

  it('ends with what the API refuses', async () => {
    await expect(wait(true, 60_000, build, new NotFound('gone'))).rejects.toThrow('gone');
  });
});
