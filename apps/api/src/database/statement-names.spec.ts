import { StatementNames } from './statement-names.js';

describe('The names of statements', () => {
  it('are one for each text', () => {
    const names = new StatementNames();
    expect(names.of('SELECT 1')).toBe(names.of('SELECT 1'));
    expect(names.of('SELECT 2')).not.toBe(names.of('SELECT 1'));
  });

  it('are others when the old ones have been forgotten', () => {
    const names = new StatementNames();
    const before = [names.of('SELECT 1'), names.of('SELECT 2')];
    names.forget();
    expect(before).not.toContain(names.of('SELECT 2'));
  });

  it('are so many at the most', () => {
    const names = new StatementNames(1);
    const name = names.of('SELECT 1');
    expect(names.of('SELECT 2')).toBeUndefined();
    expect(names.of('SELECT 1')).toBe(name);
  });
});
