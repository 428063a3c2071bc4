import { join } from 'node:path';
import { readPem } from '../pem.ts';
import { type PostfixService, readMasterCf } from './postfix-master.ts';
import { inlineRows, type TableRow, TEXT_TABLES, tables, textRows } from './postfix-tables.ts';
import { type Expansion, expand, readMainCf } from './postfix-text.ts';
import type { SaidAt, SourcePort } from './source.ts';
import { type CertificateSource, countedFrom, folderOfFile, Gathering, textOfFile } from './source.ts';

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

/**
 * The certificates of a main.cf: those of smtpd are of the server role, those of smtp and lmtp of the client role (postconf(5)); what a
 * service of the master.cf beside it says with `-o` counts at the ports of that service (master(5)).
 */
export function readPostfix(file: string, bytes: Uint8Array, port: SourcePort): CertificateSource {
  const reader = new PostfixReader(file, bytes, port);
  reader.services();
  return reader.end();
}

/** A certificate as a daemon has it, and what names it. */
interface Named {
  readonly file: string;
  readonly key?: string;
  readonly hosts?: readonly string[];
  readonly from: SaidAt;
}

/** The parameters of main.cf, or those of a service that has some of its own. */
interface Scope {
  readonly own: ReadonlyMap<string, string>;
  /** Where the own ones stand. */
  readonly from: SaidAt;
}

class PostfixReader {
  private readonly file: string;
  private readonly master: string;
  private readonly parameters: ReturnType<typeof readMainCf>;
  private readonly found: Gathering;

  constructor(file: string, bytes: Uint8Array, port: SourcePort) {
    this.file = file;
    this.master = join(folderOfFile(file), 'master.cf');
    this.parameters = readMainCf(textOfFile(bytes));
    this.found = new Gathering(port);
  }

  services(): void {
    const master = this.found.port.read(this.master);
    const services = master === undefined ? [] : readMasterCf(textOfFile(master));
    const main: Scope = { own: new Map(), from: { file: this.file, what: '' } };
    for (const daemon of ['smtpd', 'smtp', 'lmtp'] as const) {
      const usual = this.certificatesOf(daemon, main);
      const scopes = services.filter((service) => service.daemon === daemon);
      const special = scopes.flatMap((service) => {
        const scope = { own: service.own, from: { file: this.master, line: service.line, what: '' } };
        const named = service.own.size === 0 ? usual : this.certificatesOf(daemon, scope);
        return samePaths(named, usual) ? [] : [{ service, named }];
      });
      const rest = scopes.filter((service) => special.every((each) => each.service !== service));
      // Where a port of its own is not known to be for mail, somebody may forward port 25 to it.
      const ports = special.length > 0 ? rest.flatMap((service) => service.ports) : [];
      if (rest.length > 0 || scopes.length === 0) this.add(daemon, usual, ports.includes(25) ? ports : []);
      for (const { service, named } of special) this.add(daemon, named, service.ports);
    }
  }

  end(): CertificateSource {
    const from = { file: this.file, what: 'main.cf' };
    return this.found.end('postfix', from, 'this main.cf names no certificate: look for smtpd_tls_chain_files');
  }

  private add(daemon: PostfixService['daemon'], named: readonly Named[], ports: readonly number[]): void {
    const roles = [daemon === 'smtpd' ? 'server' : 'client'] as const;
    const bound = ports.length === 0 ? {} : { ports: [...new Set(ports)] };
    for (const each of named) this.found.add({ ...each, roles, said: 'configuration', ...bound });
  }

  /** The chain files count alone when there are any; otherwise the files of the three kinds of key. Only a server has maps of hosts. */
  private certificatesOf(daemon: PostfixService['daemon'], scope: Scope): Named[] {
    const chains = words(this.value(`${daemon}_tls_chain_files`, scope));
    const own =
      chains.length > 0
        ? this.chain(chains, this.from(`${daemon}_tls_chain_files`, scope))
        : ['', 'ec', 'd'].flatMap((kind) => this.pair(daemon, kind, scope));
    return daemon === 'smtpd' ? [...own, ...this.sniMaps(scope)] : own;
  }

  private pair(daemon: string, kind: string, scope: Scope): Named[] {
    const name = `${daemon}_tls_${kind}cert_file`;
    const value = this.value(name, scope);
    if (value === '' || value === 'none') return [];
    const file = this.path(value);
    // Its default is the certificate file, about which all is said already.
    const key = this.path(this.expanded(`${daemon}_tls_${kind}key_file`, scope).value);
    return [{ file, from: this.from(name, scope), ...(key === file || key === '' ? {} : { key }) }];
  }

  private sniMaps(scope: Scope): Named[] {
    const name = 'tls_server_sni_maps';
    const from = this.from(name, scope);
    return tables(this.value(name, scope)).flatMap((table) => {
      const [, type = '', where = ''] = /^(\w+):([\s\S]*)$/u.exec(table) ?? [];
      if (type === 'inline') return this.rows(inlineRows(where), from);
      if (!TEXT_TABLES.has(type) && (type !== '' || table === '')) {
        this.found.complain('unread-table', from, table);
        return [];
      }
      const path = this.path(type === '' ? table : where);
      const bytes = this.found.port.read(path);
      if (bytes !== undefined)
        return this.rows(textRows(textOfFile(bytes)), { file: path, what: `${name} of ${from.file}` });
      this.found.complain('missing-file', from, path);
      return [];
    });
  }

  private rows(rows: readonly TableRow[], from: SaidAt): Named[] {
    return rows.flatMap(({ key, value, line }) => {
      const name = key.toLowerCase();
      const named = this.chain(words(value), line === undefined ? from : { ...from, line });
      // A key that starts with a dot stands for all names below it.
      return name.startsWith('.') ? named : named.map((each) => ({ ...each, hosts: [name] }));
    });
  }

  /** Files of a chain list: each key is followed by its certificate, in the same file or the next one. */
  private chain(files: readonly string[], from: SaidAt): Named[] {
    const named: Named[] = [];
    let key: string | undefined;
    for (const each of files) {
      const file = this.path(each);
      const bytes = this.found.port.read(file) ?? new Uint8Array();
      const kinds = readPem(bytes).blocks.map(({ kind }) => kind);
      bytes.fill(0);
      if (!kinds.includes('private-key') || kinds.includes('certificate')) {
        const before = kinds[0] === 'private-key' ? undefined : key;
        named.push({ file, from, ...(before === undefined ? {} : { key: before }) });
        key = undefined;
      }
      if (kinds.at(-1) === 'private-key') key = file;
    }
    return named;
  }

  private value(name: string, scope: Scope): string {
    const { value, unknown, fault } = this.expanded(name, scope);
    for (const each of unknown) this.found.complain('unknown-parameter', this.from(name, scope), each);
    if (fault !== undefined) this.found.complain('refused-value', this.from(name, scope), fault);
    return value;
  }

  private expanded(name: string, scope: Scope): Expansion {
    return expand(this.lookup(name, scope) ?? '', (each) => this.lookup(each, scope));
  }

  private lookup(name: string, scope: Scope): string | undefined {
    const given = scope.own.get(name) ?? this.parameters.get(name)?.text;
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
    return this.expanded('queue_directory', { own: new Map(), from: { file: this.file, what: '' } }).value;
  }

  private from(what: string, scope: Scope): SaidAt {
    if (scope.own.has(what)) return { ...scope.from, what };
    const line = this.parameters.get(what)?.line;
    return { file: this.file, what, ...(line === undefined ? {} : { line }) };
  }
}

function samePaths(some: readonly Named[], others: readonly Named[]): boolean {
  const text = (named: readonly Named[]): string =>
    JSON.stringify(named.map(({ file, key, hosts }) => [file, key, hosts]));
  return text(some) === text(others);
}

function words(value: string): string[] {
  return value.split(/[\s,]+/u).filter((word) => word !== '');
}
