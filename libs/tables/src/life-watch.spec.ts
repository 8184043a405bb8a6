import { LifeWatch } from './life-watch.js';

const sign = { epoch: 'e', revision: 5, instance: 'first', at: 0 };
const watch = () => new LifeWatch({ now: () => 0, setTimer: () => () => undefined }, () => undefined);

describe('A sign of life', () => {
  it('is a reason to ask when it is the first that is heard: whoever answered us so far may be dead', () => {
    expect(watch().hear(sign)).toBe(true);
  });

  it('is none while the same writer goes on', () => {
    const life = watch();
    life.hear(sign);
    expect(life.hear(sign)).toBe(false);
    expect(life.hear({ ...sign, revision: 6 })).toBe(false);
  });

  it.each([
    ['of another instance', { ...sign, instance: 'second' }],
    ['of another epoch', { ...sign, epoch: 'f' }],
    ['from before', { ...sign, revision: 4 }],
  ])('is one when it is %s', (_, other) => {
    const life = watch();
    life.hear(sign);
    expect(life.hear(other)).toBe(true);
  });
});
