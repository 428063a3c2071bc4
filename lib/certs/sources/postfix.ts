import type { CertificateRole } from '../roles.ts';
import { type Expansion, expand, readMainCf } from './postfix-text.ts';
import type { SaidAt, SourcePort } from './source.ts';
import { type CertificateSource, contentOf, countedFrom, folderOfFile, Gathering, textOfFile } from './source.ts';

/** Defaults of the parameters that paths are made of, as `postconf -d` of Postfix 3.7 says them. */
const DEFAULTS: Readonly<Record<string, string>> = {
  command_directory: '/usr/sbin',
  compatibility_level: '0',
  daemon_directory: '/usr/lib/postfix/sbin',
  data_directory: '/var/lib/postfix',
  default_database_type: 'hash',
  mail_name: 'Postfix',
  mail_owner: 'postfix',
  meta_directory: '/etc/postfix',
  multi_instance_name: '',
  myorigin: '$myhostname',
  queue_directory: '/var/spool/postfix',
  smtp_tls_CAfile: '',
  smtp_tls_CApath: '',
  smtpd_tls_CAfile: '',
  smtpd_tls_CApath: '',
  tls_server_sni_maps: '',
  ...ofDaemon('smtpd'),
  ...ofDaemon('smtp'),
  ...ofDaemon('lmtp'),
};

function ofDaemon(daemon: string): Readonly<Record<string, string>> {
  const own: Record<string, string> = { [`${daemon}_tls_chain_files`]: '' };
  for (const kind of ['', 'ec', 'd']) {
    own[`${daemon}_tls_${kind}cert_file`] = '';
    own[`${daemon}_tls_${kind}key_file`] = `$${daemon}_tls_${kind}cert_file`;
  }
  return own;
}

/** The certificates of a main.cf: those of smtpd are of the server role, those of smtp and lmtp of the client role (postconf(5)). */
export function readPostfix(file: string, bytes: Uint8Array, port: SourcePort): CertificateSource {
  const reader = new PostfixReader(file, bytes, port);
  reader.daemon('smtpd', 'server');
  reader.daemon('smtp', 'client');
  reader.daemon('lmtp', 'client');
  reader.sniMaps();
  return reader.end();
}

class PostfixReader {
  private readonly file: string;
  private readonly parameters: ReturnType<typeof readMainCf>;
  private readonly found: Gathering;

  constructor(file: string, bytes: Uint8Array, port: SourcePort) {
    this.file = file;
    this.parameters = readMainCf(textOfFile(bytes));
    this.found = new Gathering(port);
  }

  /** The chain files count alone when there are any; otherwise the files of the three kinds of key. */
  daemon(daemon: string, role: CertificateRole): void {
    const chains = this.list(`${daemon}_tls_chain_files`);
    if (chains.length > 0) {
      const from = this.from(`${daemon}_tls_chain_files`);
      this.chain(chains, from, role);
      return;
    }
    for (const kind of ['', 'ec', 'd']) {
      const name = `${daemon}_tls_${kind}cert_file`;
      const value = this.value(name);
      if (value === '' || value === 'none') continue;
      const file = this.path(value);
      // Its default is the certificate file, about which all is said already.
      const key = this.path(this.expanded(`${daemon}_tls_${kind}key_file`).value);
      const ofKey = key === file ? {} : { key };
      this.found.add({ file, roles: [role], said: 'configuration', from: this.from(name), ...ofKey });
    }
  }

  sniMaps(): void {
    const name = 'tls_server_sni_maps';
    const from = this.from(name);
    for (const table of tables(this.value(name))) {
      const [, type = '', where = ''] = /^(\w+):([\s\S]*)$/u.exec(table) ?? [];
      if (type === 'inline') this.rows(inlineRows(where), from);
      else if (TEXT_TABLES.has(type) || (type === '' && table !== '')) {
        const path = this.path(type === '' ? table : where);
        const bytes = this.found.port.read(path);
        if (bytes === undefined) this.found.complain('missing-file', from, path);
        else this.rows(textRows(textOfFile(bytes)), { file: path, what: `${name} of ${this.file}` });
      } else this.found.complain('unread-table', from, table);
    }
  }

  end(): CertificateSource {
    const from = { file: this.file, what: 'main.cf' };
    return this.found.end('postfix', from, 'this main.cf names no certificate: look for smtpd_tls_chain_files');
  }

  private rows(rows: readonly TableRow[], from: SaidAt): void {
    for (const { key, value, line } of rows) {
      const name = key.toLowerCase();
      // A key that starts with a dot stands for all names below it.
      const hosts = name.startsWith('.') ? undefined : [name];
      this.chain(words(value), line === undefined ? from : { ...from, line }, 'server', hosts);
    }
  }

  /** Files of a chain list: each key is followed by its certificate, in the same file or the next one. */
  private chain(files: readonly string[], from: SaidAt, role: CertificateRole, hosts?: readonly string[]): void {
    let key: string | undefined;
    for (const each of files) {
      const file = this.path(each);
      const bytes = this.found.port.read(file);
      if (bytes !== undefined && contentOf(bytes) === 'key') {
        key = file;
        continue;
      }
      const more = { ...(key === undefined ? {} : { key }), ...(hosts === undefined ? {} : { hosts }) };
      this.found.add({ file, roles: [role], said: 'configuration', from, ...more });
      key = undefined;
    }
  }

  private list(name: string): string[] {
    return words(this.value(name));
  }

  private value(name: string): string {
    const { value, unknown, fault } = this.expanded(name);
    for (const each of unknown) this.found.complain('unknown-parameter', this.from(name), each);
    if (fault !== undefined) this.found.complain('refused-value', this.from(name), fault);
    return value;
  }

  private expanded(name: string): Expansion {
    return expand(this.lookup(name) ?? '', (each) => this.lookup(each));
  }

  private lookup(name: string): string | undefined {
    const given = this.parameters.get(name)?.text;
    if (given !== undefined) return given;
    if (name === 'config_directory') return folderOfFile(this.file).replaceAll('$', '$$$$');
    if (name === 'mydomain') return this.parameters.get('myhostname')?.text.replace(/^[^.$]+\.(?=[^.]*\.)/u, '');
    return Object.hasOwn(DEFAULTS, name) ? DEFAULTS[name] : undefined;
  }

  /** The daemons of Postfix work in the queue directory, so relative paths count from there. */
  private path(value: string): string {
    // A configuration given by a relative path may name its own folder.
    if (value.startsWith(`${folderOfFile(this.file)}/`)) return value;
    return value === '' ? '' : countedFrom(this.queue(), value);
  }

  private queue(): string {
    return this.expanded('queue_directory').value;
  }

  private from(what: string): SaidAt {
    const line = this.parameters.get(what)?.line;
    return { file: this.file, what, ...(line === undefined ? {} : { line }) };
  }
}

interface TableRow {
  readonly key: string;
  readonly value: string;
  readonly line?: number;
}

/** Tables whose source is a text file of the given name, whatever it was compiled to. */
const TEXT_TABLES: ReadonlySet<string> = new Set(['texthash', 'hash', 'btree', 'lmdb', 'cdb', 'dbm', 'sdbm']);

/** Rows of a table in the form of postmap(1). */
function textRows(text: string): TableRow[] {
  const rows: { text: string; line: number }[] = [];
  text.split('\n').forEach((line, at) => {
    if (/^\s*(?:#|$)/u.test(line)) return;
    const last = rows.at(-1);
    if (/^\s/u.test(line) && last !== undefined) last.text += line;
    else rows.push({ text: line, line: at + 1 });
  });
  return rows.flatMap(({ text: row, line }) => {
    const [, key, value] = /^\s*(\S+)\s+([\s\S]*)$/u.exec(row) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value, line }];
  });
}

/** Rows of `inline:{ key=value, { key = text with blanks } }` (DATABASE_README). */
function inlineRows(text: string): TableRow[] {
  const inside = text.trim().replace(/^\{|\}$/gu, '');
  const rows = inside.match(/\{[^{}]*\}|[^\s,{}]+/gu) ?? [];
  return rows.flatMap((row) => {
    const [, key, value] = /^\{?\s*([^\s=]+)\s*=\s*([\s\S]*?)\s*\}?$/u.exec(row) ?? [];
    return key === undefined || value === undefined ? [] : [{ key, value }];
  });
}

/** The tables of a list; the braces of an inline table may hold blanks and commas. */
function tables(value: string): string[] {
  return value.match(/\w+:\{(?:[^{}]|\{[^{}]*\})*\}|[^\s,]+/gu) ?? [];
}

function words(value: string): string[] {
  return value.split(/[\s,]+/u).filter((word) => word !== '');
}
