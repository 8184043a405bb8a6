import { HeldMacs } from './held-macs.js';

const key = (mac: string, row: string): string => `n1/${mac}/${row}`;

describe('What a switch had learned before it was reset', () => {
  it('is kept for a while, and then told to be forgotten', async () => {
    const over = new Promise<readonly string[]>((resolve) => {
      new HeldMacs(10, resolve).hold([key('m1', 'r1'), key('m2', 'r2')]);
    });
    expect(await over).toEqual([key('m1', 'r1'), key('m2', 'r2')]);
  });

  it('gives way to the same MAC when it is learned again, and to that alone', () => {
    const held = new HeldMacs(60_000, () => undefined);
    held.hold([key('m1', 'r1'), key('m2', 'r2')]);
    expect(held.release(key('m1', 'new'))).toBe(key('m1', 'r1'));
    expect(held.release(key('m1', 'newer'))).toBeUndefined();
    expect([...held.all()]).toEqual([key('m2', 'r2')]);
  });

  it('needs not give way to itself', () => {
    const held = new HeldMacs(60_000, () => undefined);
    held.hold([key('m1', 'r1')]);
    expect(held.release(key('m1', 'r1'))).toBeUndefined();
    expect([...held.all()]).toEqual([]);
  });
});
