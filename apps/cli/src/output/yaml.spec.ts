import { toYaml } from './yaml.js';

describe('YAML', () => {
  it.each([
    ['tor-1', 'tor-1\n'],
    ['10.0.0.1', '"10.0.0.1"\n'],
    ['no', '"no"\n'],
    ['Null', '"Null"\n'],
    ['0x1f', '"0x1f"\n'],
    ['', '""\n'],
    ['a: b', '"a: b"\n'],
    ['- a', '"- a"\n'],
    ['a\nb\u0085', '"a\\nb\\u0085"\n'],
    [5, '5\n'],
    [null, 'null\n'],
    [[], '[]\n'],
    [{}, '{}\n'],
    [[[1, 2], [3]], '- - 1\n  - 2\n- - 3\n'],
    [{ 'provider:network_type': { a: { b: [] } } }, '"provider:network_type":\n  a:\n    b: []\n'],
  ])('%j', (value, text) => {
    expect(toYaml(value)).toBe(text);
  });
});
