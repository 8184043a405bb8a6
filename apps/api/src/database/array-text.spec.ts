import { Client } from 'pg';
import { createDatabase } from '../../../../test/harness/shared-postgres.js';
import { arrayText } from './array-text.js';

describe('A list as text', () => {
  it('is read by PostgreSQL as it was, whatever the texts are', async () => {
    const texts = [
      '',
      'NULL',
      'a,b',
      '{}',
      '"',
      '\\',
      '\\"',
      ' edge ',
      'a\nb\tc',
      "o'clock",
      'ä€😀',
      '{"ip":"10.0.0.1","x":"\\u0001"}',
      undefined,
    ];
    const client = new Client({ connectionString: await createDatabase('array_text') });
    await client.connect();
    const { rows } = await client.query<{ read: unknown }>('SELECT $1::text[] AS read', [arrayText(texts)]);
    await client.end();
    expect(rows[0]?.read).toEqual(texts.map((text) => text ?? null));
  });

  it('holds numbers, truth values and what is absent', () => {
    expect(arrayText([1, -2, true, false, null, undefined])).toBe('{1,-2,true,false,null,null}');
    expect(arrayText([])).toBe('{}');
  });
});
