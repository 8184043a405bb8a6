import { OvsdbError, ProtocolError } from './errors.js';
import type { Json } from './json.js';
import { uuid } from './notation.js';
import { comment, deleteRows, insert, select } from './operations.js';
import { readResults } from './transact.js';
import { ConstraintViolation, ReferentialIntegrityViolation, TransactError } from './transact-error.js';

const ID = 'ee0bb4d2-a1b5-4b9c-8f1e-7d5f4ac4bd77';
const OPERATIONS = [insert('T', {}), deleteRows('T', []), select('T', []), comment('hello')] as const;
const GOOD: readonly Json[] = [{ uuid: ['uuid', ID] }, { count: 2 }, { rows: [{ a: 1 }] }, {}];

const refusal = (reply: Json): TransactError => {
  try {
    readResults(OPERATIONS, reply);
  } catch (error) {
    if (error instanceof TransactError) return error;
    throw error;
  }
  throw new Error('the reply was taken for a success');
};

describe('The reply to a transaction', () => {
  it('has one result of the right type per operation', () => {
    const [inserted, deleted, selected, commented] = readResults(OPERATIONS, GOOD);
    expect(inserted.uuid).toBe(ID);
    expect(deleted.count).toBe(2);
    expect(selected.rows).toEqual([{ a: 1 }]);
    expect(commented).toEqual({});
    expect(uuid(inserted.uuid)).toEqual(['uuid', ID]);
  });

  it('names the operation that failed, which nulls follow', () => {
    const reply = [{ uuid: ['uuid', ID] }, { error: 'constraint violation', details: 'why' }, null, null];
    const error = refusal(reply);
    expect(error).toBeInstanceOf(ConstraintViolation);
    expect(error).toMatchObject({ operation: 1, error: 'constraint violation', details: 'why', retryable: true });
    expect(error.message).toBe('operation 1: constraint violation (why)');
  });

  it('has one element more than there were operations when the commit failed', () => {
    const error = refusal([...GOOD, { error: 'referential integrity violation', details: 'why' }]);
    expect(error).toBeInstanceOf(ReferentialIntegrityViolation);
    expect(error).toMatchObject({ operation: undefined, code: 'OVSDB_REFERENTIAL_INTEGRITY' });
  });

  it.each<[string, string, boolean]>([
    ['constraint violation', 'OVSDB_CONSTRAINT_VIOLATION', true],
    ['referential integrity violation', 'OVSDB_REFERENTIAL_INTEGRITY', true],
    ['timed out', 'OVSDB_WAIT_TIMED_OUT', true],
    ['not owner', 'OVSDB_NOT_OWNER', true],
    ['syntax error', 'OVSDB_INVALID_OPERATION', false],
    ['unknown column', 'OVSDB_INVALID_OPERATION', false],
    ['not allowed', 'OVSDB_PERMISSION_DENIED', false],
    ['permission error', 'OVSDB_PERMISSION_DENIED', false],
    ['duplicate uuid', 'OVSDB_TRANSACT_REFUSED', false],
    ['words of a vendor', 'OVSDB_TRANSACT_REFUSED', false],
  ])('%s is %s; trying again may help: %p', (word, code, retryable) => {
    expect(refusal([{ error: word }, null, null, null])).toMatchObject({
      code,
      retryable,
      error: word,
      details: undefined,
    });
    expect(refusal([{ error: word }, null, null, null])).toBeInstanceOf(OvsdbError);
  });

  it.each<[string, Json]>([
    ['too short', [{ uuid: ['uuid', ID] }]],
    ['no array', { count: 1 }],
    ['of other types', [{ count: 1 }, { count: 1 }, { rows: [] }, {}]],
    ['null without an error', [...GOOD.slice(0, 3), null]],
  ])('that is %s breaks the protocol', (_, reply) => {
    expect(() => readResults(OPERATIONS, reply)).toThrow(ProtocolError);
  });
});
