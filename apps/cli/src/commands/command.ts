/** What a command is: where it stands, what it takes, and what it does. */
import type { Option } from 'commander';
import type { ApiClient } from '../api/api-client.js';
import type { Screen } from '../output/screen.js';

export interface Session {
  readonly api: ApiClient;
  readonly screen: Screen;
  /** Under which of its two names the command was called: the specification's or ours. */
  readonly form: 'specified' | 'modern';
}

export interface CommandDefinition {
  /** Our own form: `gateway create`; without a noun, the verb alone. */
  readonly noun: string;
  readonly verb: string;
  /** The specification's form, if it has one: `l2-gateway-create`. */
  readonly specified?: string;
  readonly summary: string;
  /** As commander spells them: `<gateway>`, `<gateway...>`; with their descriptions. */
  readonly takes: readonly (readonly [string, string])[];
  /** New ones for each form, because an option may collect what it is given. */
  readonly options: () => readonly Option[];
  readonly run: (session: Session, given: Given) => Promise<void>;
}

/** What the user has given, arguments in the order of `takes`. */
export interface Given {
  readonly arguments: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Ties the names of a command's options to their types; they are as its own parsers have made them. */
export function command<Options extends object>(
  definition: Omit<CommandDefinition, 'run' | 'options' | 'takes'> & {
    readonly takes?: CommandDefinition['takes'];
    readonly options?: CommandDefinition['options'];
    readonly run: (session: Session, words: readonly string[], options: Options) => Promise<void>;
  },
): CommandDefinition {
  return {
    takes: [],
    options: () => [],
    ...definition,
    run: (session, { arguments: given, options }) => definition.run(session, wordsOf(given), options as Options),
  };
}

function wordsOf(given: Given['arguments']): readonly string[] {
  return given.flatMap((each) => (each === undefined ? [] : each));
}
