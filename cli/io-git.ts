import { codeOf, reason } from './io-reasons.ts';

/** How git is asked: in which folder, what it reads from its standard input, and how much it may answer. */
export interface GitCall {
  readonly folder: string;
  readonly input?: string;
  /** Octets. */
  readonly most: number;
}

/** What git answered, or why it did not. */
export type GitAnswer =
  | { readonly code: number; readonly stdout: Uint8Array; readonly stderr: string }
  | { readonly failed: 'not installed' | 'too slow' | 'too much' | 'other'; readonly why: string };

/** The arguments of a call that only reads: no pager, no hook, no monitor of the work tree, paths as they are. */
export function gitArguments(args: readonly string[]): string[] {
  const settings = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.quotePath=false'];
  return ['--no-pager', '--literal-pathspecs', ...settings, ...args];
}

/** Milliseconds after which git is ended. */
const PATIENCE = 120_000;

/** What a hook leaves in the environment and would lead git to another repository than that of the folder. */
const PLACES: readonly string[] = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

/** What starts a process of git. */
export interface GitProcess {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: string;
  readonly maxBuffer: number;
  readonly timeout: number;
  readonly killSignal: 'SIGKILL';
  readonly shell: false;
  readonly windowsHide: true;
}

/** How the process is started: never through a shell, no lock, no question, no fetching, messages in English. */
export function gitOptions(
  { folder, input = '', most }: GitCall,
  env: Readonly<Record<string, string | undefined>>,
): GitProcess {
  return {
    cwd: folder,
    env: {
      ...Object.fromEntries(Object.entries(env).filter(([name]) => !PLACES.includes(name))),
      GIT_OPTIONAL_LOCKS: '0',
      GIT_TERMINAL_PROMPT: '0',
      GIT_NO_LAZY_FETCH: '1',
      LC_ALL: 'C',
    },
    input,
    maxBuffer: most,
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
    shell: false,
    windowsHide: true,
  };
}

/** How a process ended. */
export interface Ended {
  readonly error?: Error | undefined;
  readonly status: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** The answer of a git process that has ended; without its folder it could not be started at all. */
export function gitAnswer({ error, status, stdout, stderr }: Ended, folderExists: boolean): GitAnswer {
  if (error === undefined && status !== null) {
    return { code: status, stdout, stderr: new TextDecoder().decode(stderr) };
  }
  const why = error === undefined ? 'it was ended' : reason(error);
  switch (codeOf(error)) {
    case 'ENOENT':
      return { failed: folderExists ? 'not installed' : 'other', why };
    case 'ETIMEDOUT':
      return { failed: 'too slow', why };
    case 'ENOBUFS':
      return { failed: 'too much', why };
    default:
      return { failed: 'other', why };
  }
}
