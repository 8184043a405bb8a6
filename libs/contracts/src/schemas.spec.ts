import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import {
  type JsonSchema,
  type RowKind,
  agentLife,
  exportTable,
  importTable,
  l2Event,
  learnedTable,
  networkTable,
  reportTable,
  switchTable,
  syncReport,
  syncSession,
  syncTable,
} from './index.js';

type Decode = (key: string, json: unknown) => unknown;

/** Every contract that has golden examples: how it is decoded, and how it is described. */
const CONTRACTS: readonly (readonly [string, Decode, (key: string) => JsonSchema])[] = [
  ['switch-table', switchTable.decode, rowOf(switchTable.rows)],
  ['network-table', networkTable.decode, rowOf(networkTable.rows)],
  ['report-table', reportTable.decode, rowOf(reportTable.rows)],
  ['learned-table', learnedTable.decode, rowOf(learnedTable.rows)],
  ['sync-table', syncTable.decode, rowOf(syncTable.rows)],
  ['export-table', exportTable.decode, rowOf(exportTable.rows)],
  ['import-table', importTable.decode, rowOf(importTable.rows)],
  ['sync-report', syncReport.decode, rowOf(syncReport.rows)],
  ['sync-session', (_, json) => syncSession.decode(json), () => syncSession.request],
  ['event', (_, json) => l2Event.decode(json), () => l2Event.schema],
  ['agent-life', (_, json) => agentLife.decode(JSON.stringify(json)), () => agentLife.schema],
];

/** The description of the only kind of rows whose keys have the form of this one. */
function rowOf(rows: readonly RowKind[]): (key: string) => JsonSchema {
  return (key) => {
    const forms = rows.filter((each) => new RegExp(`^${each.key.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(key));
    expect(forms).toHaveLength(1);
    return forms[0]?.row ?? {};
  };
}

/** Of a switch that is not connected; the golden one is. */
const UNSHOWN = { contract: 'report-table', field: 'reason' };

function golden(name: string): readonly (readonly [string, unknown])[] {
  const text = readFileSync(join(__dirname, `../golden/${name}.v1.golden.json`), 'utf8');
  const examples = Object.entries(JSON.parse(text) as Record<string, unknown>).filter(([, each]) => each !== '');
  return examples.map(([key, each]) => [key, typeof each === 'string' ? (JSON.parse(each) as unknown) : each]);
}

const isUnshown = (contract: string, field: string): boolean =>
  contract === UNSHOWN.contract && field === UNSHOWN.field;

const ajv = new Ajv({ strict: false });
const isDescribed = (schema: JsonSchema, value: unknown): boolean => ajv.validate(schema, value);

function isUnderstood(decode: Decode, key: string, value: unknown): boolean {
  try {
    decode(key, value);
    return true;
  } catch {
    return false; // whatever was wrong with it
  }
}

/** The value with one of its fields, however deep, left out or made something else. */
function spoilt(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [true, { an: 'object' }];
  const copies = Object.entries(value).flatMap(([name, field]) => [
    ...(Array.isArray(value) ? [] : [without(value, name)]),
    ...spoilt(field).map((each) => withField(value, name, each)),
  ]);
  return [...copies, Array.isArray(value) ? {} : []];
}

const without = (value: object, name: string): object =>
  Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));

const withField = (value: object, name: string, field: unknown): object =>
  Array.isArray(value)
    ? value.map((each: unknown, index) => (String(index) === name ? field : each))
    : { ...value, [name]: field };

describe('A contract is described as it is decoded:', () => {
  it.each(CONTRACTS)('%s, by its golden examples and by whatever can be wrong with them', (name, decode, schemaOf) => {
    let refused = 0;
    for (const [key, example] of golden(name)) {
      const schema = schemaOf(key);
      expect([key, isDescribed(schema, example)]).toEqual([key, true]);
      for (const wrong of spoilt(example)) {
        const verdict = isUnderstood(decode, key, wrong);
        refused += verdict ? 0 : 1;
        expect([key, wrong, isDescribed(schema, wrong)]).toEqual([key, wrong, verdict]);
      }
    }
    expect(refused).toBeGreaterThan(5);
  });

  it.each(CONTRACTS)('%s has examples of every field that is described, and of no other', (name, _, schemaOf) => {
    const described = new Map<JsonSchema, Set<string>>();
    for (const [key, example] of golden(name)) {
      const seen = described.get(schemaOf(key)) ?? new Set();
      described.set(schemaOf(key), seen);
      for (const field of Object.keys(example as object)) seen.add(field);
    }
    for (const [schema, seen] of described) {
      const fields = Object.keys(schema['properties'] as object).filter((field) => !isUnshown(name, field));
      expect([...seen].sort()).toEqual(fields.sort());
    }
  });
});
