import { Command, CommanderError } from 'commander';
import { nearest } from '../lib/text/nearest.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_WRONG } from './command.ts';
import { UsageError } from './errors.ts';
import { FileError, type Io, processIo } from './io.ts';
import { tell } from './output.ts';
import { printable } from './report/characters.ts';
import { version } from './version.ts';

/** Every command with its line in the help; its file is loaded when the command is called. */
const COMMANDS: Readonly<Record<string, { readonly summary: string; load(): Promise<{ command: CommandModule }> }>> = {
  lint: { summary: 'check zones, and certificates against them', load: () => import('./commands/lint.ts') },
  ci: { summary: 'check zones in a pipeline, never changing a file', load: () => import('./commands/ci.ts') },
  status: { summary: 'show whether a mail domain is ready', load: () => import('./commands/status.ts') },
  plan: { summary: 'show how mail for a domain is delivered', load: () => import('./commands/plan.ts') },
  verify: { summary: 'judge a certificate as a mail peer does', load: () => import('./commands/verify.ts') },
  certs: { summary: 'list certificates and what is wrong with them', load: () => import('./commands/certs.ts') },
  probe: { summary: 'look at the TLS of live mail servers', load: () => import('./commands/probe.ts') },
  'merge-reports': {
    summary: 'make one report of the JSON reports of shards',
    load: () => import('./commands/merge-reports.ts'),
  },
  rules: { summary: 'list the rules', load: () => import('./commands/rules.ts') },
  explain: { summary: 'tell what a rule means, with examples', load: () => import('./commands/explain.ts') },
  edit: { summary: 'edit a zone on the terminal', load: () => import('./commands/edit.ts') },
  init: { summary: 'write a configuration and jobs for pipelines', load: () => import('./commands/init.ts') },
  serve: { summary: 'serve zones as a test name server', load: () => import('./commands/serve.ts') },
  query: { summary: 'ask a name server', load: () => import('./commands/query.ts') },
  fmt: { summary: 'lay zone files out alike', load: () => import('./commands/fmt.ts') },
  diff: { summary: 'compare two zones by what they mean', load: () => import('./commands/diff.ts') },
  generate: { summary: 'write the zone of a mail domain', load: () => import('./commands/generate.ts') },
  convert: { summary: 'write a zone in another form', load: () => import('./commands/convert.ts') },
};

const EXAMPLES = `
Exit codes: 0 nothing found or done, 1 something found, 2 wrong use, unreadable input or internal error.

Examples:
  zonewright lint example.net.zone --cert mx1.pem:server --cert out1.pem:client
  zonewright explain mx-target-cname
  zonewright convert example.net.zone --to json

zonewright COMMAND --help tells more about a command.
`;

/** Runs the command line of this process to its end; the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const io = processIo();
  // Whatever was not foreseen still ends with one sentence and the right exit code.
  process.on('uncaughtException', (error) => process.exit(failed(error, io)));
  const code = await run(args, io);
  io.stdout.flush();
  return code;
}

/** Runs one command line in the world of `io`; the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (error) {
    return failed(error, io);
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const program = quiet(new Command('zonewright'), io)
    .description('Reads DNS zones without loss and checks them against the certificates of their mail servers.')
    .usage('COMMAND [options]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', EXAMPLES);
  let code = EXIT_WRONG;
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = quiet(program.command(name), io).summary(summary).description(sentence(summary));
    command.helpOption('-h, --help', 'print help');
    if (!args.includes(name)) continue;
    const module = (await load()).command;
    module.declare(command);
    command.action(async () => {
      code = await module.run(command.args, command.opts(), io);
    });
  }
  if (args.length === 0)
    throw new UsageError(`a command is missing; the commands are ${Object.keys(COMMANDS).join(', ')}`);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT_CLEAN;
    throw new UsageError(misuse(error, args, program, io));
  }
  return code;
}

/** Commander neither ends the process nor prints errors of its own. */
function quiet(command: Command, io: Io): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => Math.min(io.stdout.columns ?? 120, 120),
      getOutHasColors: () => false,
    });
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** Our own sentence for what commander found wrong. */
function misuse(error: CommanderError, args: readonly string[], program: Command, io: Io): string {
  const word = args.find((arg) => !arg.startsWith('-'));
  const command = program.commands.find((each) => each.name() === word);
  const found = /'([^']*)'/u.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownOption':
      return `unknown option '${found}'${command === undefined ? '' : ` of ${word}`}; ${nearOption(found, command ?? program)}`;
    case 'commander.unknownCommand':
      return unknownCommand(found, io);
    case 'commander.help':
      return unknownCommand(args.find((arg) => arg !== word && !arg.startsWith('-')) ?? '', io);
    case 'commander.excessArguments': {
      const [, expected = '', got = ''] = /Expected (\d+) .* got (\d+)/u.exec(error.message) ?? [];
      return `too many arguments for ${word}: expected ${expected}, got ${got}; ${usageOf(command)}`;
    }
    case 'commander.missingArgument':
      return `an argument of ${word} is missing; ${usageOf(command)}`;
    case 'commander.optionMissingArgument':
      return `option ${found.replace(/^-\w, /u, '').replace(/ .*/u, '')} needs a value: ${found}`;
    default:
      return error.message.replace(/^error: /u, '');
  }
}

function nearOption(found: string, command: Command): string {
  const known = command.options.flatMap(({ long, short }) => [long, short].filter((flag) => typeof flag === 'string'));
  const guess = nearest(found.replace(/=.*/u, ''), ['--help', ...known]);
  if (guess !== undefined) return `did you mean ${guess}?`;
  return `'zonewright ${command.parent === null ? '' : `${command.name()} `}--help' lists them`;
}

function unknownCommand(found: string, io: Io): string {
  const guess = nearest(found, Object.keys(COMMANDS));
  const kind = io.kind(found);
  const isPath = kind === 'file' || kind === 'folder';
  const near = guess === undefined ? "'zonewright --help' lists them" : `did you mean ${guess}?`;
  return `unknown command '${found}'; ${isPath ? `to check a zone: zonewright lint ${found}` : near}`;
}

function usageOf(command: Command | undefined): string {
  return `write zonewright ${command?.name() ?? ''} ${command?.usage() ?? ''}`;
}

/** Tells on stderr why a command ended early; always exit code 2. */
function failed(error: unknown, io: Io): number {
  io.stdout.flush();
  if (error instanceof UsageError || error instanceof FileError) {
    tell(io, 'error', error.message);
    return EXIT_WRONG;
  }
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(
    `internal error: ${printable(message)}; please report it (ZONEWRIGHT_DEBUG=1 shows where it happened)\n`,
  );
  if (io.env['ZONEWRIGHT_DEBUG'] === '1' && error instanceof Error) io.stderr.write(`${error.stack}\n`);
  return EXIT_WRONG;
}
