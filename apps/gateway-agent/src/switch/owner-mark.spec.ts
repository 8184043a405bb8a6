import { markedConfig, ownNetwork } from './owner-mark.js';

const NONE = new Map<string, string>();

describe('A logical switch is ours', () => {
  it('by our mark, also if somebody has renamed it', () => {
    const config = markedConfig('n1', new Map([['theirs', 'x']]));
    expect(ownNetwork({ name: 'x', description: '', config })).toBe('n1');
    expect(config.get('theirs')).toBe('x');
  });

  it('not by its name or description where the schema has room for a mark', () => {
    expect(ownNetwork({ name: 'n1', description: 'n1 [l2gw]', config: NONE })).toBeUndefined();
  });

  it('by the end of its description where the schema has none', () => {
    expect(ownNetwork({ name: 'n1', description: 'blue [l2gw]', config: undefined })).toBe('n1');
    expect(ownNetwork({ name: 'n1', description: 'blue', config: undefined })).toBeUndefined();
  });
});
