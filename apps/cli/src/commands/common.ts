/** The commands that every noun has in the same way: list, show and delete. */
import { findId } from '../api/find-id.js';
import type { Noun } from '../api/noun.js';
import type { Row } from '../api/row.js';
import { Failure, SeveralFailures } from '../failures.js';
import { type CommandDefinition, type Session, command } from './command.js';

/** What a noun is called in both forms: `remote-gateway` and, in the specifications, `l2-remote-gateway-…`. */
export interface Names {
  readonly noun: string;
  readonly specified?: string;
}

export function listCommand(names: Names, noun: Noun): CommandDefinition {
  return command({
    ...verb(names, 'list'),
    summary: `List all ${noun.titles}`,
    run: async (session) => showList(session, noun, await session.api.list(noun)),
  });
}

export function showCommand(names: Names, noun: Noun): CommandDefinition {
  return command({
    ...verb(names, 'show'),
    summary: `Show one ${noun.title}`,
    takes: [argumentOf(noun)],
    run: async ({ api, screen }, [given = '']) => screen.object(await api.show(noun, await findId(api, noun, given))),
  });
}

/** Deletes what it can; what it cannot it names. */
export function deleteCommand(names: Names, noun: Noun, word = 'delete'): CommandDefinition {
  const [syntax, description] = argumentOf(noun);
  return command({
    ...verb(names, word),
    summary: `${word === 'delete' ? 'Delete' : 'Forget'} ${noun.titles}`,
    takes: [[syntax.replace('>', '...>'), description]],
    run: async (session, given) => {
      const failures: Failure[] = [];
      for (const each of given) {
        const failure = await failureOf(() => deleteOne(session, noun, each));
        if (failure !== undefined) failures.push(failure);
      }
      const [first, ...others] = failures;
      if (first !== undefined) throw new SeveralFailures([first, ...others]);
    },
  });
}

export function verb({ noun, specified }: Names, word: string): Pick<CommandDefinition, 'noun' | 'verb' | 'specified'> {
  return { noun, verb: word, ...(specified === undefined ? {} : { specified: `${specified}-${word}` }) };
}

export function showList({ screen, form }: Session, noun: Noun, rows: readonly Row[]): void {
  screen.list(rows, form === 'specified' ? noun.columns : noun.modernColumns);
}

/** The id goes to stderr too: it is known even if the result is thrown away, or filtered for columns that are not there. */
export function showCreated({ screen }: Session, noun: Noun, row: Row): void {
  screen.note(`Created a new ${noun.singular}: ${String(row['id'])}`);
  screen.object(row);
}

export function argumentOf(noun: Noun): readonly [string, string] {
  const word = noun.title.replaceAll(' ', '-').toLowerCase();
  return [`<${word}>`, noun.named ? 'name or id' : 'id'];
}

async function deleteOne({ api, screen }: Session, noun: Noun, given: string): Promise<void> {
  const id = await findId(api, noun, given);
  await api.request({ method: 'DELETE', path: [noun.path, id] });
  screen.note(`Deleted ${noun.singular}: ${given}`);
}

async function failureOf(run: () => Promise<void>): Promise<Failure | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}
