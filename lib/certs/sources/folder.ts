import { basename, join } from 'node:path';
import { readCertificateFile } from '../load.ts';
import { type CertificateSource, contentOf, Gathering, type SaidAt, type SourcePort } from './source.ts';

/** Where the walk through a folder stops. */
export const FOLDER_LIMITS: { readonly files: number; readonly depth: number } = { files: 10_000, depth: 8 };

/**
 * The certificates of a folder: of the trees that certbot, lego and acme.sh keep, one file for each certificate; in a plain folder every
 * PEM or DER file that holds the certificate of a host, with the PEM key that is called like it. Linked files are followed, linked folders are not, since they may lead in circles.
 */
export function readFolder(folder: string, port: SourcePort): CertificateSource {
  const walk = new Walk(folder, port);
  walk.folder(folder, 0);
  return walk.end();
}

class Walk {
  private readonly root: string;
  private readonly found: Gathering;
  private files = 0;
  private tooDeep = false;

  constructor(root: string, port: SourcePort) {
    this.root = root;
    this.found = new Gathering(port);
  }

  folder(path: string, depth: number): void {
    const entries = this.found.port.list(path);
    if (entries === undefined) {
      this.found.complain('unreadable', { file: path, what: 'folder' }, '');
      return;
    }
    const names: string[] = [];
    const folders: string[] = [];
    for (const { name, kind } of entries) {
      const isFile = kind === 'file' || (kind === 'link' && this.found.port.kind(join(path, name)) === 'file');
      if (isFile && this.files < FOLDER_LIMITS.files) {
        this.files++;
        names.push(name);
      } else if (isFile) this.files = Number.POSITIVE_INFINITY;
      else if (kind === 'folder') folders.push(name);
    }
    this.certificates(path, names);
    // What is in live is a link to the newest of archive, and csr and keys hold no certificates.
    const aside = folders.includes('live') ? ['archive', 'csr', 'keys', 'accounts', 'renewal'] : [];
    for (const name of folders) {
      if (aside.includes(name) || name === '.git' || name === 'node_modules') continue;
      if (depth < FOLDER_LIMITS.depth) this.folder(join(path, name), depth + 1);
      else this.tooDeep = true;
    }
  }

  end(): CertificateSource {
    const from = { file: this.root, what: 'folder' };
    if (this.files > FOLDER_LIMITS.files) this.found.complain('too-many-files', from, String(FOLDER_LIMITS.files));
    if (this.tooDeep) this.found.complain('too-deep', from, String(FOLDER_LIMITS.depth));
    return this.found.end('folder', from, 'no certificate of a host is in this folder: looked for PEM and DER files');
  }

  private certificates(folder: string, names: readonly string[]): void {
    const has = (name: string): boolean => names.includes(name);
    const rest = has('privkey.pem') ? this.certbot(folder, has, names) : this.archived(folder, names);
    if (rest === undefined) return;
    const lego = rest.filter((name) => /\.crt$/u.test(name) && isLego(name, has));
    for (const name of lego) this.add(folder, name, 'lego', keyOf(name, '.crt', has));
    const left = rest.filter((name) => !lego.includes(name) && !belongsTo(name, lego));
    const acme = has('fullchain.cer') ? 'fullchain.cer' : left.find((name) => isAcme(name, has));
    if (acme !== undefined && (has('ca.cer') || left.some((name) => isAcme(name, has)))) {
      const own = left.find((name) => isAcme(name, has));
      this.add(folder, acme, 'acme.sh', own === undefined ? undefined : keyOf(own, '.cer', has));
      return;
    }
    for (const name of left) this.plain(folder, name, has);
  }

  /** One lineage: fullchain.pem, else cert.pem; its folder holds nothing else in use. */
  private certbot(
    folder: string,
    has: (name: string) => boolean,
    names: readonly string[],
  ): readonly string[] | undefined {
    const name = ['fullchain.pem', 'cert.pem'].find(has);
    if (name === undefined) return names;
    this.add(folder, name, 'certbot', 'privkey.pem');
    return undefined;
  }

  /** The newest of an archive that was given without its live folder. */
  private archived(folder: string, names: readonly string[]): readonly string[] | undefined {
    const numbers = names.flatMap((name) => /^fullchain(\d{1,9})\.pem$/u.exec(name)?.[1] ?? []).map(Number);
    if (numbers.length === 0) return names;
    const newest = Math.max(...numbers);
    const key = `privkey${newest}.pem`;
    this.add(folder, `fullchain${newest}.pem`, 'certbot archive', names.includes(key) ? key : undefined);
    return undefined;
  }

  private add(folder: string, name: string, what: string, key: string | undefined): void {
    const file = join(folder, name);
    const from: SaidAt = { file: this.root, what: `${what} folder` };
    const ofKey = key === undefined ? {} : { key: join(folder, key) };
    this.found.add({ file, roles: [], said: 'nobody', from, ...ofKey });
  }

  private plain(folder: string, name: string, has: (name: string) => boolean): void {
    const ending = /\.(?:pem|crt|cer|cert|der)$/iu.exec(name)?.[0];
    const bytes = ending === undefined ? undefined : this.found.port.read(join(folder, name));
    if (ending === undefined || bytes === undefined || contentOf(bytes) !== 'certificate' || !isOfHost(name, bytes))
      return;
    const beside = keyOf(name, ending, has);
    const key = beside === undefined ? undefined : this.found.port.read(join(folder, beside));
    this.add(folder, name, 'plain', key !== undefined && contentOf(key) === 'key' ? beside : undefined);
    key?.fill(0);
  }
}

/** A CA certificate without any host name is an issuer that lies beside the others; a broken file is for its reader to complain about. */
function isOfHost(name: string, bytes: Uint8Array): boolean {
  const { certificates, problems } = readCertificateFile(name, bytes, []);
  if (problems.some(({ code }) => code === 'only-issuers')) return false;
  const issuers = certificates.every(({ facts, hasKey }) => facts.isCa && facts.dnsNames.length === 0 && !hasKey);
  return certificates.length === 0 || !issuers;
}

function isLego(name: string, has: (name: string) => boolean): boolean {
  const stem = name.slice(0, -'.crt'.length);
  return !stem.endsWith('.issuer') && (has(`${stem}.issuer.crt`) || (has(`${stem}.json`) && has(`${stem}.key`)));
}

/** Whether a file lies beside a certificate of lego: its issuer, its PEM with the key, its key. */
function belongsTo(name: string, lego: readonly string[]): boolean {
  return lego.some((one) => name.startsWith(one.slice(0, -'crt'.length)));
}

function isAcme(name: string, has: (name: string) => boolean): boolean {
  const stem = basename(name, '.cer');
  return name.endsWith('.cer') && has(`${stem}.conf`) && has(`${stem}.key`);
}

function keyOf(name: string, ending: string, has: (name: string) => boolean): string | undefined {
  const key = `${basename(name, ending)}.key`;
  return has(key) ? key : undefined;
}
