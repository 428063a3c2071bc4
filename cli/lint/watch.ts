import { basename, relative, resolve } from 'node:path';
import { CONFIG_NAMES, SYSTEM_TRUST } from '../../lib/config/config.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { tell } from '../output.ts';
import { printable } from '../report/characters.ts';
import { counted } from '../report/words.ts';
import { type FileWatch, watchFiles } from '../watch-files.ts';
import { ResultCache } from './cache.ts';
import type { CertificateArgument } from './certificates.ts';
import { findInputs } from './inputs.ts';
import { lookedAtForCertificates, wasLookedAt } from './looked-at.ts';
import { isZoneFile } from './paths.ts';
import type { LintRequest } from './request.ts';
import { runLint } from './run.ts';
import { certificatesOf } from './setup.ts';

/** Lints, and again whenever a file changes, until the process is told to end; what did not change is not linted again. */
export async function watchLint(request: LintRequest, io: Io, files?: FileWatch): Promise<never> {
  const { paths, stdinFilename } = request;
  if (paths.includes('-') || stdinFilename !== undefined) throw new UsageError('--watch cannot watch standard input');
  const watch = files ?? (await watchFiles(watched(request), io.cwd));
  const cache = new ResultCache(undefined, io);
  for (;;) {
    await once({ ...request, cache }, io);
    io.stdout.flush();
    if (!request.quiet) io.stderr.write('Waiting for changes (Ctrl-C ends) ...\n');
    const changed = await relevantChange(watch, cache, request, io);
    if (!request.quiet) io.stderr.write(`\n${changedWords(changed, io)}\n`);
  }
}

/** Waits until a file changes that was read, or that may be a zone: a report written beside the zones is neither. */
async function relevantChange(
  watch: FileWatch,
  cache: ResultCache,
  request: LintRequest,
  io: Io,
): Promise<readonly string[]> {
  const configured = await configuredInputs(request, io);
  const inputs = [...cache.files(), ...otherInputs(request), ...(configured?.paths ?? [])];
  const known = new Set(inputs.map((path) => resolve(io.cwd, path)));
  const looked = await lookedAtForCertificates(configured?.certificates ?? request.certificates, io);
  watch.add([...known, ...looked.paths, ...looked.folders]);
  // What a configuration that is wrong would read is not known.
  const mayConfigure = (path: string): boolean =>
    CONFIG_NAMES.includes(basename(path)) || (configured === undefined && /\.(?:json|ya?ml)$/u.test(path));
  for (;;) {
    const all = await watch.next();
    const isInput = (path: string): boolean => known.has(path) || wasLookedAt(path, looked);
    const changed = all.filter((path) => isInput(path) || mayConfigure(path) || isZoneFile(path, io));
    if (changed.length > 0) return changed;
  }
}

/** The configurations and what they name beside zones, and the certificates of the run; undefined when the run's own is wrong. */
async function configuredInputs(
  request: LintRequest,
  io: Io,
): Promise<{ paths: readonly string[]; certificates: readonly CertificateArgument[] } | undefined> {
  try {
    const inputs = await findInputs(request, io);
    const { root, configs } = inputs;
    const read = configs.flatMap((config) => config.read);
    const policies = configs.flatMap(({ mtaStsPolicies }) => mtaStsPolicies.map(({ path }) => path));
    const trust = trustPaths(root?.trust?.value);
    const baseline = root?.baseline === undefined ? [] : [root.baseline.value];
    const paths = [...read, ...policies, ...trust, ...baseline];
    return { paths, certificates: certificatesOf(request, inputs) };
  } catch (error) {
    if (error instanceof UsageError || error instanceof FileError) return undefined;
    throw error;
  }
}

/** A file that cannot be read now may be there the next time. */
async function once(request: LintRequest, io: Io): Promise<void> {
  try {
    await runLint({ ...request, now: request.fixedNow ? request.now : io.now() }, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof FileError)) throw error;
    tell(io, 'error', error.message);
  }
}

function watched(request: LintRequest): string[] {
  const { paths } = request;
  const globs = (path: string): string => path.replace(/[^/\\]*[*?[{].*$/u, '') || '.';
  const zones = paths.length === 0 ? ['.'] : paths.map(globs);
  return [...zones, ...otherInputs(request)];
}

/** Certificates, policy files, the configuration and the baseline, as the command line names them. */
function otherInputs({ certificates, trust, policies, config, baseline }: LintRequest): string[] {
  const files = certificates.map(({ text }) => text.replace(/:(?:server|client)(?:,(?:server|client))*$/u, ''));
  const single = [...(config.kind === 'file' ? [config.path] : []), ...(baseline === undefined ? [] : [baseline])];
  return [...files, ...trustPaths(trust), ...policies.map(({ path }) => path), ...single];
}

function trustPaths(trust: string | undefined): string[] {
  return trust === undefined || trust === SYSTEM_TRUST ? [] : [trust];
}

function changedWords(changed: readonly string[], io: Io): string {
  const [first = '', ...more] = changed.map((path) => printable(relative(io.cwd, path)));
  return more.length === 0 ? `${first} changed.` : `${first} and ${counted(more.length, 'more file')} changed.`;
}
