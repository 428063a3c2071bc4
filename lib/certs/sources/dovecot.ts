import { basename } from 'node:path';
import { IncludingReader } from './including.ts';
import { type CertificateSource, countedFrom, folderOfFile, type SaidAt, type SourcePort } from './source.ts';

/** The certificates of a dovecot.conf, 2.3 (`ssl_cert = <FILE`) or 2.4 (`ssl_server_cert_file`): all are of the server role. */
export function readDovecot(file: string, bytes: Uint8Array, port: SourcePort): CertificateSource {
  return new DovecotReader(file, port).read(bytes);
}

interface Named {
  readonly path: string;
  readonly from: SaidAt;
  readonly hosts: readonly string[];
}

class DovecotReader extends IncludingReader {
  private readonly certificates = new Map<string, Named>();
  private readonly keys = new Map<string, string>();

  protected file(file: string, text: string, depth: number): void {
    const blocks: string[] = [];
    logicalLines(text).forEach(({ text: line, at }) => {
      const from = { file, line: at, what: '' };
      const [, word, pattern] = /^!(include|include_try)\s+(\S.*)$/u.exec(line) ?? [];
      if (word !== undefined && pattern !== undefined) this.include(pattern, word, from, depth);
      else if (/\{$/u.test(line)) blocks.push(line.slice(0, -1).trim());
      else if (line === '}') blocks.pop();
      else this.setting(line, blocks, from);
    });
  }

  protected end(): CertificateSource {
    for (const [scope, { path, from, hosts }] of this.certificates) {
      const key = this.keys.get(scope);
      const more = { ...(hosts.length > 0 ? { hosts } : {}), ...(key === undefined ? {} : { key }) };
      this.found.add({ file: path, roles: ['server'], said: 'configuration', from, ...more });
    }
    const from = { file: this.root, what: 'Dovecot' };
    return this.found.end('dovecot', from, 'this Dovecot configuration names no certificate: look for ssl_cert');
  }

  private setting(line: string, blocks: readonly string[], from: SaidAt): void {
    const [, written, value] = /^([\w/]+)\s*=\s*(.*)$/u.exec(line) ?? [];
    if (written === undefined || value === undefined) return;
    const inServer = blocks.at(-1) === 'ssl_server';
    const name = inServer && !written.startsWith('ssl_') ? `ssl_server_${written}` : written;
    const kind = SETTINGS[name.replace(/^ssl_alt_/u, 'ssl_')];
    if (kind === undefined) return;
    const text = unquoted(value);
    // A certificate may stand in the text itself in 2.3; only a file has a name.
    const path = kind.file ? text : /^<\s*(.+)$/u.exec(text)?.[1];
    if (path === undefined || path === '') return;
    if (/[%$]/u.test(path)) {
      this.found.complain('expansion', { ...from, what: name }, path);
      return;
    }
    const outer = blocks.filter((block) => block !== 'ssl_server');
    const scope = [...outer, name.startsWith('ssl_alt_') ? 'alt' : ''].join('\n');
    const counted = countedFrom(folderOfFile(from.file), path);
    if (kind.key) this.keys.set(scope, counted);
    else this.certificates.set(scope, { path: counted, from: { ...from, what: name }, hosts: outer.flatMap(hostsOf) });
  }

  private include(pattern: string, word: string, from: SaidAt, depth: number): void {
    const path = countedFrom(folderOfFile(from.file), unquoted(pattern));
    for (const file of this.matching(path))
      this.follow(file, { ...from, what: `!${word}` }, depth, word === 'include_try');
  }

  /** The files of a pattern whose last part may hold `*` and `?`. */
  private matching(path: string): string[] {
    const last = basename(path);
    if (!/[*?]/u.test(last)) return [path];
    const parts = last
      .replace(/[.+^${}()|[\]\\]/gu, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '.');
    const fits = new RegExp(`^(?!\\.)${parts}$`, 'u');
    const folder = folderOfFile(path);
    const names = (this.found.port.list(folder) ?? []).map(({ name }) => name).filter((name) => fits.test(name));
    return names.sort().map((name) => countedFrom(folder, name));
  }
}

/** The settings of both versions that name a certificate or its key, and whether they hold a path or `<` and a path. */
const SETTINGS: Readonly<Record<string, { readonly key: boolean; readonly file: boolean }>> = {
  ssl_cert: { key: false, file: false },
  ssl_key: { key: true, file: false },
  ssl_cert_file: { key: false, file: true },
  ssl_key_file: { key: true, file: true },
  ssl_server_cert_file: { key: false, file: true },
  ssl_server_key_file: { key: true, file: true },
};

function hostsOf(block: string): string[] {
  const names = /^local_name\s+(.+)$/u.exec(block)?.[1] ?? '';
  return names.split(/[\s"]+/u).filter((name) => name !== '' && !name.includes('*'));
}

function logicalLines(text: string): { text: string; at: number }[] {
  const lines: { text: string; at: number }[] = [];
  let open = false;
  text.split('\n').forEach((written, index) => {
    const line = written.replace(/(^|\s)#.*$/u, '').trim();
    if (line === '') return;
    const goesOn = line.endsWith('\\');
    const body = goesOn ? line.slice(0, -1).trimEnd() : line;
    if (open) lines.at(-1)!.text += ` ${body}`;
    else lines.push({ text: body, at: index + 1 });
    open = goesOn;
  });
  return lines;
}

function unquoted(value: string): string {
  const text = value.trim();
  return /^(["']).*\1$/u.test(text) ? text.slice(1, -1) : text;
}
