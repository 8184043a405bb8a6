/** Hangs every command into commander, under the specification's name and under ours. */
import { Command, Option } from 'commander';
import { ApiClient } from './api/api-client.js';
import { commandGroups, plainCommands } from './commands/command-groups.js';
import type { CommandDefinition, Session } from './commands/command.js';
import { type ApiFlags, loadConfig } from './config.js';
import { FORMATS } from './output/render.js';
import { Screen, type ScreenOptions } from './output/screen.js';
import { collect, integer } from './syntax/option-values.js';
import type { Terminal } from './terminal.js';
import { versionOfPackage } from './version.js';

interface GlobalOptions extends ApiFlags {
  readonly format: ScreenOptions['format'];
  readonly column?: readonly string[];
  readonly maxWidth: number;
  readonly quiet?: boolean;
}

export function createProgram(env: NodeJS.ProcessEnv, terminal: Terminal): Command {
  const program = outermost(terminal);
  const open = (form: Session['form']): Session => {
    const { format, column, maxWidth, quiet, ...flags } = program.opts<GlobalOptions>();
    const screen = new Screen(terminal, { format, maxWidth, columns: column ?? [], quiet: quiet === true });
    return { api: new ApiClient(loadConfig(env, flags)), screen, form };
  };
  program.commandsGroup('Commands:');
  for (const { noun, description, commands } of commandGroups) {
    const group = program.command(noun).description(description);
    for (const each of commands) add(group, each.verb, each, () => open('modern'));
  }
  for (const each of plainCommands) add(program, each.verb, each, () => open('modern'));
  program.commandsGroup('The same under the names of the specifications:');
  for (const each of commandGroups.flatMap(({ commands }) => commands)) {
    if (each.specified !== undefined) add(program, each.specified, each, () => open('specified'));
  }
  return program;
}

function outermost({ stdout, stderr }: Terminal): Command {
  return new Command('l2gw')
    .description('Client of the L2 gateway API')
    .version(versionOfPackage(__dirname))
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'ERROR usage: ')),
    })
    .addOption(new Option('--url <url>', 'where the API is; else L2GW_API_URL, OS_ENDPOINT, http://127.0.0.1:9696'))
    .addOption(new Option('--token-file <path>', 'file with the token; else L2GW_TOKEN_FILE, OS_TOKEN'))
    .addOption(new Option('-f, --format <format>', 'how results are printed').choices(FORMATS).default('table'))
    .addOption(new Option('-c, --column <name>', 'only this attribute; repeatable').argParser(collect))
    .addOption(new Option('--max-width <columns>', 'of a table; 0: no limit').argParser(integer).default(0))
    .addOption(new Option('-q, --quiet', 'print ids and errors only'));
}

function add(parent: Command, name: string, definition: CommandDefinition, open: () => Session): void {
  const command = parent.command(name).description(definition.summary);
  for (const [syntax, description] of definition.takes) command.argument(syntax, description);
  for (const option of definition.options()) command.addOption(option);
  command.action(async () => {
    await definition.run(open(), { arguments: command.processedArgs as string[], options: command.opts() });
  });
}
