import type { Io, Output } from '../io.ts';

/** How a report looks: decided once, so that every worker renders alike. */
export interface Look {
  readonly color: boolean;
  /** Characters beyond ASCII in frames and sentences. */
  readonly unicode: boolean;
  /** Columns of a code frame. */
  readonly width: number;
  /** The working folder as seen from the root of the repository, with a final slash; empty at the root itself. */
  readonly folder?: string;
  /** The root of the repository, where a CI system tells it. */
  readonly root?: string;
}

/** When colours are used. */
export type ColorChoice = 'auto' | 'always' | 'never';

/** Every choice of `--color`. */
export const COLOR_CHOICES: readonly ColorChoice[] = ['auto', 'always', 'never'];

/**
 * The look of what goes to standard output, or to a file: an explicit choice of colour first, then NO_COLOR, FORCE_COLOR,
 * TERM and whether there is a terminal; a file has colours only when they are asked for outright.
 */
export function lookFor(
  { stdout, env, cwd }: Pick<Io, 'stdout' | 'env' | 'cwd'>,
  choice: ColorChoice,
  file?: string,
): Look {
  const color = wantsColor(stdout, choice === 'auto' && file !== undefined ? 'never' : choice, env);
  return { color, unicode: canUnicode(env), width: widthOf(stdout, env), ...repositoryOf(env, cwd) };
}

/** Where GitHub and GitLab have checked out the repository, when the working folder lies in it. */
function repositoryOf(env: Io['env'], cwd: string): Pick<Look, 'folder' | 'root'> {
  const slashed = (path: string): string => path.replaceAll('\\', '/').replace(/\/+$/u, '');
  const root = slashed(env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR'] ?? '');
  const here = slashed(cwd);
  if (root === '' || (here !== root && !here.startsWith(`${root}/`))) return {};
  return { root, folder: here === root ? '' : `${here.slice(root.length + 1)}/` };
}

function wantsColor(output: Output, choice: ColorChoice, env: Io['env']): boolean {
  if (choice !== 'auto') return choice === 'always';
  const force = env['FORCE_COLOR'];
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return output.terminal && env['TERM'] !== 'dumb';
}

/** A locale that is set and is not UTF-8 gets ASCII; most machines set none and take UTF-8. */
function canUnicode(env: Io['env']): boolean {
  if (env['TERM'] === 'dumb') return false;
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale === undefined || /utf-?8/iu.test(locale);
}

const NARROWEST = 40;
const WIDEST = 240;

function widthOf(output: Output, env: Io['env']): number {
  const wanted = output.columns ?? Number(env['COLUMNS']);
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(WIDEST, Math.max(NARROWEST, wanted)) : 100;
}

/** Colours a text or leaves it alone. */
export type Paint = (text: string) => string;

/** The colours of a report, named by what they mark. */
export interface Palette {
  readonly error: Paint;
  readonly warning: Paint;
  readonly info: Paint;
  readonly strong: Paint;
  readonly dim: Paint;
  readonly related: Paint;
}

/** The palette of a look; without colour every paint gives the text back. */
export function paletteOf(look: Pick<Look, 'color'>): Palette {
  const paint =
    (code: string): Paint =>
    (text) =>
      look.color && text !== '' ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    error: paint('1;31'),
    warning: paint('1;33'),
    info: paint('1;36'),
    strong: paint('1'),
    dim: paint('2'),
    related: paint('34'),
  };
}
