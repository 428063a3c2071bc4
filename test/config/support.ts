import { posix } from 'node:path';
import type { LoadedConfig } from '../../lib/config/config.ts';
import { loadConfig } from '../../lib/config/load.ts';
import { RULES } from '../../lib/lint/rules.ts';
import { nameFromText } from '../../lib/rr/name.ts';

/** Loads a configuration from files that exist in memory only, below the folder /srv. */
export async function load(
  files: Readonly<Record<string, string | Uint8Array>>,
  path: string = Object.keys(files)[0] ?? '',
): Promise<{ config: LoadedConfig } | { problems: readonly string[] }> {
  const content = (name: string): string | Uint8Array | undefined =>
    files[posix.relative('/srv', posix.resolve('/srv', name))];
  return await loadConfig(
    path,
    {
      cwd: '/srv',
      read(name) {
        const found = content(name);
        if (found === undefined) return { problem: 'no such file or folder' };
        return typeof found === 'string' ? new TextEncoder().encode(found) : found;
      },
      real: (name) => (content(name) === undefined ? undefined : posix.resolve('/srv', name)),
    },
    RULES,
  );
}

/** What is wrong with files. */
export async function problemsOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  path?: string,
): Promise<readonly string[]> {
  const result = await load(files, path);
  return 'problems' in result ? result.problems : [];
}

/** A configuration that is in order. */
export async function configOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  path?: string,
): Promise<LoadedConfig> {
  const result = await load(files, path);
  if ('problems' in result) throw new Error(result.problems.join('\n'));
  return result.config;
}

/** The wire form of a name. */
export function wire(name: string): Uint8Array {
  const read = nameFromText(name.endsWith('.') ? name : `${name}.`);
  if ('problem' in read) throw new Error(`${name} is no name`);
  return read.name;
}
