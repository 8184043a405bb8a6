import { onlyOne } from './find-id.js';
import { GATEWAY } from './noun.js';

describe('A name', () => {
  it('stands for the only one that has it', () => {
    expect(onlyOne(GATEWAY, 'gw', [{ id: '1' }])).toBe('1');
  });

  it('that nobody has is not found', () => {
    expect(() => onlyOne(GATEWAY, 'gw', [])).toThrow(
      expect.objectContaining({ exitCode: 3, message: "there is no gateway 'gw'" }),
    );
  });

  it('that several have is refused with their ids', () => {
    expect(() => onlyOne(GATEWAY, 'gw', [{ id: '1' }, { id: '2' }])).toThrow(
      expect.objectContaining({ exitCode: 1, message: "2 gateways are called 'gw': 1, 2; say which by its id" }),
    );
  });
});
