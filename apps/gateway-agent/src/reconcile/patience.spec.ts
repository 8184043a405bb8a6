import { eventually } from '../../../../test/harness/eventually.js';
import { Patience } from './patience.js';

describe('What others change again and again', () => {
  it('is put right at once a few times, and then once at the end of each pause, whatever happened in between', async () => {
    const corrected: string[] = [];
    const patience = new Patience<string>({ most: 2, withinMs: 30 }, (keys) => corrected.push(...keys));
    for (let times = 0; times < 10; times += 1) patience.changed(['a']);
    patience.changed(['b']);
    expect(corrected).toEqual(['a', 'a', 'b']);
    await eventually(() => expect(corrected).toEqual(['a', 'a', 'b', 'a']));
    patience.clear();
  });

  it('is forgotten when everything is looked at anew', () => {
    const corrected: string[] = [];
    const patience = new Patience<string>({ most: 1, withinMs: 60_000 }, (keys) => corrected.push(...keys));
    patience.changed(['a', 'a']);
    patience.clear();
    patience.changed(['a']);
    expect(corrected).toEqual(['a', 'a']);
    patience.clear();
  });
});
