import { dirname, join, relative, sep } from 'node:path';
import { CONFIG_NAMES } from '../../lib/config/config.ts';
import { type CommandModule, EXIT_CLEAN, EXIT_WRONG } from '../command.ts';
import {
  configTemplate,
  githubTemplate,
  gitlabInclude,
  gitlabTemplate,
  preCommitEntry,
  preCommitTemplate,
} from '../config/templates.ts';
import { UsageError } from '../errors.ts';
import type { Io } from '../io.ts';
import { findTargets } from '../lint/paths.ts';
import { tell, writeOutput } from '../output.ts';

interface InitOptions {
  readonly github?: true;
  readonly gitlab?: true;
  readonly preCommit?: true;
  readonly force?: true;
}

const EXAMPLES = `
Without --github, --gitlab or --pre-commit: zonewright.json, and what goes with .github, .gitlab-ci.yml or
.pre-commit-config.yaml when this folder has them. Files that are there already stay as they are.

Examples:
  zonewright init
  zonewright init --github --pre-commit
`;

/** Writes a commented configuration, and jobs that check the zones on GitHub, GitLab and before commits. */
export const command: CommandModule = {
  declare(init) {
    init
      .option('--github', 'write a GitHub workflow')
      .option('--gitlab', 'write a GitLab job')
      .option('--pre-commit', 'write a pre-commit entry')
      .option('--force', 'overwrite files that init has written before')
      .addHelpText('after', EXAMPLES);
  },
  async run(_args, given, io) {
    const options = given as unknown as InitOptions;
    const wanted = wantedBy(options, io);
    if (wanted.github || wanted.gitlab || wanted.preCommit) refuseSubfolder(io);
    const zones = await zonesPath(io);
    const writer = new Writer(options.force === true, io);
    writeConfig(writer, io);
    if (wanted.github) writer.own('.github/workflows/zonewright.yml', githubTemplate(zones));
    if (wanted.gitlab) writeGitlab(writer, zones);
    if (wanted.preCommit) {
      const file = '.pre-commit-config.yaml';
      writer.shared(file, preCommitTemplate(zones), preCommitEntry(zones));
    }
    if (writer.written === 0) {
      tell(io, 'error', 'everything is there already, nothing was written; --force overwrites what is only ours');
      return EXIT_WRONG;
    }
    io.stdout.write(`\nNext: npx zonewright lint ${zones}\n`);
    return EXIT_CLEAN;
  },
};

/** The files asked for, or what the folder suggests. */
function wantedBy(
  { github, gitlab, preCommit }: InitOptions,
  io: Io,
): Record<'github' | 'gitlab' | 'preCommit', boolean> {
  const asked = github === true || gitlab === true || preCommit === true;
  const has = (path: string): boolean => io.kind(path) !== 'missing';
  return {
    github: github ?? (!asked && has('.github')),
    gitlab: gitlab ?? (!asked && has('.gitlab-ci.yml')),
    preCommit: preCommit ?? (!asked && has('.pre-commit-config.yaml')),
  };
}

/** Jobs in a folder below the top of the repository would never run. */
function refuseSubfolder(io: Io): void {
  if (io.kind('.git') !== 'missing') return;
  for (let folder = dirname(io.cwd); ; folder = dirname(folder)) {
    if (io.kind(join(folder, '.git')) !== 'missing') {
      throw new UsageError(`jobs are looked for in the top folder of a repository: run zonewright init in ${folder}`);
    }
    if (folder === dirname(folder)) return;
  }
}

/** The one folder all zones are in, when it needs no quoting; else this one. */
async function zonesPath(io: Io): Promise<string> {
  try {
    const { targets } = await findTargets(['.'], undefined, () => false, io);
    const folders = new Set(targets.map(({ path }) => (path.includes(sep) ? path.slice(0, path.indexOf(sep)) : '.')));
    const [folder = '.'] = folders;
    return folders.size === 1 && /^\w[\w.-]*$/u.test(folder) ? folder : '.';
  } catch (error) {
    if (error instanceof UsageError) return '.';
    throw error;
  }
}

function writeConfig(writer: Writer, io: Io): void {
  const [usual = ''] = CONFIG_NAMES;
  const other = CONFIG_NAMES.find((name) => name !== usual && io.kind(name) !== 'missing');
  if (other === undefined) writer.own(usual, configTemplate(schemaPath(io)));
  else writer.kept(other);
}

/** Where the schema is for editors: below the node_modules that has this package, or will have it once it is installed. */
function schemaPath(io: Io): string {
  const schema = 'node_modules/zonewright/schemas/config.schema.json';
  for (let folder = io.cwd; ; folder = dirname(folder)) {
    if (io.kind(join(folder, schema)) === 'file') {
      const way = relative(io.cwd, join(folder, schema)).split(sep).join('/');
      return way.startsWith('.') ? way : `./${way}`;
    }
    if (folder === dirname(folder)) return `./${schema}`;
  }
}

function writeGitlab(writer: Writer, zones: string): void {
  const main = '.gitlab-ci.yml';
  if (!writer.exists(main)) {
    writer.own(main, gitlabTemplate(zones));
    return;
  }
  const file = '.gitlab/zonewright.yml';
  if (writer.own(file, gitlabTemplate(zones))) writer.toAdd(main, gitlabInclude(file));
}

/** Writes files that are not there and says of each what became of it. */
class Writer {
  written = 0;
  private readonly force: boolean;
  private readonly io: Io;

  constructor(force: boolean, io: Io) {
    this.force = force;
    this.io = io;
  }

  exists(path: string): boolean {
    return this.io.kind(path) !== 'missing';
  }

  /** A file with nothing but ours in it; true when it was written. */
  own(path: string, text: string): boolean {
    const there = this.exists(path);
    if (there && !this.force) {
      this.kept(path);
      return false;
    }
    this.write(path, text);
    this.io.stdout.write(`${there ? 'overwrote' : 'wrote'} ${path}\n`);
    return true;
  }

  /** A file that others write to as well is never overwritten. */
  shared(path: string, text: string, entry: string): void {
    if (this.exists(path)) this.toAdd(path, entry);
    else this.own(path, text);
  }

  kept(path: string): void {
    this.io.stdout.write(`kept ${path}, which is there already\n`);
  }

  toAdd(path: string, entry: string): void {
    this.io.stdout.write(`add to ${path}:\n\n${entry}\n`);
  }

  private write(path: string, text: string): void {
    if (dirname(path) !== '.') this.io.createFolder(dirname(path));
    writeOutput(this.io, path, [text]);
    this.written++;
  }
}
