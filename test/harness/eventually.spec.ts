import { eventually } from './eventually.js';

describe('eventually', () => {
  it('asks until the assertion holds and hands its answer on', async () => {
    let asked = 0;
    const answer = await eventually(() => {
      asked += 1;
      expect(asked).toBe(4);
      return 'done';
    });
    expect(answer).toBe('done');
  });

  it('shows what was wrong the last time it asked', async () => {
    const never = eventually(() => expect('the switch').toBe('ready'), { timeoutMs: 50 });
    await expect(never).rejects.toThrow(/did not come true within 50 ms; at last:[^]*the switch/);
  });
});
