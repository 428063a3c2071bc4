import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CertificateSource, SourceFolderEntry, SourcePort } from '../../../lib/certs/sources/source.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const examples = fileURLToPath(new URL('../../example/certificates/', import.meta.url));

/** The text of a certificate of the example domain. */
export function pem(name: string): string {
  return readFileSync(join(examples, `${name}.pem`), 'utf8');
}

/** What stands where a private key would; no part of it may ever be shown. */
export const KEY = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0IG9jdGV0cw==\n-----END PRIVATE KEY-----\n';

/** The certificates and keys that every fixture finds in its folder. */
const CERTIFICATES: Readonly<Record<string, string>> = Object.fromEntries(
  ['mx1', 'mx2', 'out1'].flatMap((name) => [
    [`certificates/${name}.pem`, pem(name)],
    [`certificates/${name}.key`, KEY],
  ]),
);

/** A fixture on the disk, with its certificates; the caller removes it. */
export function fixture(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'zonewright-source-'));
  const copy = (from: string, to: string): void => {
    for (const entry of readdirSync(from)) {
      if (statSync(join(from, entry)).isDirectory()) copy(join(from, entry), join(to, entry));
      else write(join(to, entry), readFileSync(join(from, entry), 'utf8').replaceAll('@FOLDER@', path));
    }
  };
  copy(join(here, name), path);
  for (const [file, text] of Object.entries(CERTIFICATES)) write(join(path, file), text);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  // OpenSMTPD refuses keys that others may read.
  writeFileSync(path, text, { mode: path.endsWith('.key') ? 0o600 : 0o644 });
}

/** The files of the disk. */
export const disk: SourcePort = {
  read: (path) => (statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : undefined),
  list: (folder) =>
    readdirSync(folder, { withFileTypes: true })
      .map(
        (entry): SourceFolderEntry => ({
          name: entry.name,
          kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other',
        }),
      )
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  kind: (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    return stat === undefined ? 'missing' : stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'special';
  },
};

/** Files that exist in a table only: a text that begins with `-> ` is a link; `reads` lists what was read. */
export function table(files: Readonly<Record<string, string>>): SourcePort & { readonly reads: string[] } {
  const reads: string[] = [];
  const follow = (path: string): string => {
    const text = files[normalize(path)];
    return text?.startsWith('-> ') ? join(dirname(path), text.slice(3)) : path;
  };
  const below = (folder: string): string[] => {
    const start = folder === '.' ? '' : `${normalize(folder)}/`;
    return Object.keys(files).flatMap((path) => (path.startsWith(start) ? [path.slice(start.length)] : []));
  };
  return {
    reads,
    read: (path) => {
      reads.push(normalize(path));
      const text = files[normalize(follow(path))];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    list: (folder) => {
      const names = new Map<string, SourceFolderEntry['kind']>();
      for (const path of below(folder)) {
        const [name = '', ...more] = path.split('/');
        const isLink = files[join(folder, name)]?.startsWith('-> ') === true;
        names.set(name, more.length > 0 ? 'folder' : isLink ? 'link' : 'file');
      }
      return [...names].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    kind: (path) => {
      const target = normalize(follow(path));
      if (Object.hasOwn(files, target)) return 'file';
      return below(target).length > 0 ? 'folder' : 'missing';
    },
  };
}

/** What matters of the entries of a source, with paths below a folder. */
export function found(source: CertificateSource, folder = ''): Record<string, unknown>[] {
  const short = (path: string): string => (folder === '' ? path : path.replace(`${folder}/`, ''));
  return source.entries.map(({ file, from, key, said: _, ...rest }) => ({
    ...rest,
    file: short(file),
    from: `${short(from.file)}${from.line === undefined ? '' : `:${from.line}`}`,
    ...(key === undefined ? {} : { key: short(key) }),
  }));
}

/** The codes of the problems of a source with their details. */
export function problems(source: CertificateSource): string[] {
  return source.problems.map(({ code, detail }) => `${code} ${detail}`.trim());
}
