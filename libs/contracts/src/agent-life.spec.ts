import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, agentLife } from './index.js';

const golden = JSON.parse(readFileSync(join(__dirname, '../golden/agent-life.v1.golden.json'), 'utf8')) as Record<
  string,
  string
>;

describe('A life sign of version 1', () => {
  it('may be empty, and then nothing is behind', () => {
    expect(agentLife.decode(golden['nothing to say'] ?? '-')).toEqual({ behind: [] });
    expect(agentLife.decode('{"later":1}')).toEqual({ behind: [] });
    expect(agentLife.encode({ behind: [] })).toBe('');
  });

  it('names the networks that lag', () => {
    const sign = { behind: [{ network: '591ffe08-f8f5-44c1-85c1-1026878f69bd', waiting: 12, sinceMs: 14250 }] };
    expect(agentLife.decode(golden['behind'] ?? '')).toEqual(sign);
    expect(agentLife.encode(sign)).toBe(golden['behind']);
  });

  it('says in the words of the switch that it lets itself only be read', () => {
    const sign = { behind: [], readOnly: 'lock: not allowed' };
    expect(agentLife.decode(golden['read only'] ?? '')).toEqual(sign);
    expect(agentLife.encode(sign)).toBe(golden['read only']);
  });

  it('is refused if it says something else there', () => {
    for (const body of ['[]', '{"behind":1}', '{"readOnly":1}', '{"behind":[{"network":"n"}]}'])
      expect(() => agentLife.decode(body)).toThrow(ContractError);
  });
});
