import type { CertificateRole } from '../roles.ts';
import { IncludingReader } from './including.ts';
import { type CertificateSource, countedFrom, folderOfFile, type SaidAt, type SourcePort } from './source.ts';

/** Ports that smtpd.conf(5) lets a listener name by service. */
const SERVICES: Readonly<Record<string, number>> = { smtp: 25, smtps: 465, submission: 587, submissions: 465 };

/** The certificates of an smtpd.conf(5): a pki is of the server role by `listen on`, of the client role by a relay action. */
export function readOpenSmtpd(file: string, bytes: Uint8Array, port: SourcePort): CertificateSource {
  return new OpenSmtpdReader(file, port).read(bytes);
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

interface Statement {
  readonly words: readonly Word[];
  readonly line: number;
}

interface Pki {
  certificate?: { readonly path: string; readonly from: SaidAt };
  key?: string;
}

interface Use {
  readonly role: CertificateRole;
  readonly ports: readonly number[];
  readonly from: SaidAt;
}

class OpenSmtpdReader extends IncludingReader {
  private readonly macros = new Map<string, string>();
  private readonly pkis = new Map<string, Pki>();
  private readonly uses = new Map<string, Use[]>();

  protected file(file: string, text: string, depth: number): void {
    for (const { words, line } of statements(text)) this.statement(words, { file, line, what: '' }, depth);
  }

  protected end(): CertificateSource {
    for (const [name, uses] of this.uses)
      if (this.pkis.get(name)?.certificate === undefined)
        for (const { from } of uses) this.found.complain('undefined-pki', from, name);
    for (const [name, { certificate, key }] of this.pkis) {
      if (certificate === undefined) continue;
      const uses = this.uses.get(name) ?? [];
      const roles = [...new Set(uses.map(({ role }) => role))];
      const ports = [...new Set(uses.flatMap((use) => use.ports))];
      this.found.add({
        file: certificate.path,
        roles,
        said: roles.length > 0 ? 'configuration' : 'nobody',
        from: certificate.from,
        ...(ports.length > 0 ? { ports } : {}),
        ...(key === undefined ? {} : { key }),
      });
    }
    const from = { file: this.root, what: 'smtpd.conf' };
    return this.found.end('opensmtpd', from, 'this smtpd.conf names no certificate: look for pki NAME cert "FILE"');
  }

  private statement(words: readonly Word[], from: SaidAt, depth: number): void {
    const [first, second] = words;
    if (first === undefined || second === undefined) return;
    if (second.text === '=' && !second.quoted) {
      this.macros.set(
        first.text,
        words
          .slice(2)
          .map(({ text }) => text)
          .join(' '),
      );
      return;
    }
    const texts = words.map((word) => this.withMacro(word));
    if (first.text === 'include')
      this.follow(countedFrom(folderOfFile(from.file), texts[1]!), { ...from, what: 'include' }, depth, false);
    else if (first.text === 'pki') this.pki(texts, from);
    else if (first.text === 'listen') this.listen(texts, { ...from, what: 'listen on' });
    else if (first.text === 'action' && texts.includes('relay')) this.relay(texts, { ...from, what: 'a relay action' });
  }

  private pki([, name = '', what, path]: readonly string[], from: SaidAt): void {
    const pki = this.pkis.get(name.toLowerCase()) ?? {};
    this.pkis.set(name.toLowerCase(), pki);
    if (path === undefined) return;
    const counted = countedFrom(folderOfFile(from.file), path);
    if (what === 'cert') pki.certificate = { path: counted, from: { ...from, what: `pki ${name} cert` } };
    else if (what === 'key') pki.key = counted;
  }

  private listen(texts: readonly string[], from: SaidAt): void {
    const named = texts[texts.indexOf('port') + 1];
    const written = texts.includes('port') && named !== undefined ? portOf(named) : undefined;
    const ports = written === undefined ? [texts.includes('smtps') ? 465 : 25] : [written];
    this.use(texts, { role: 'server', ports, from });
  }

  private relay(texts: readonly string[], from: SaidAt): void {
    this.use(texts, { role: 'client', ports: [], from });
  }

  private use(texts: readonly string[], use: Use): void {
    for (const name of behind(texts, 'pki')) {
      const uses = this.uses.get(name);
      if (uses === undefined) this.uses.set(name, [use]);
      else uses.push(use);
    }
  }

  private withMacro({ text, quoted }: Word): string {
    return quoted || !text.startsWith('$') ? text : (this.macros.get(text.slice(1)) ?? text);
  }
}

function portOf(text: string): number | undefined {
  if (Object.hasOwn(SERVICES, text)) return SERVICES[text];
  return /^\d{1,5}$/u.test(text) ? Number(text) : undefined;
}

/** The words that stand behind each of some word, in lower case as smtpd(8) compares them. */
function behind(texts: readonly string[], word: string): string[] {
  return texts.flatMap((text, at) =>
    text === word && texts[at + 1] !== undefined ? [texts[at + 1]!.toLowerCase()] : [],
  );
}

/** Lines of words; a backslash continues a line, braces may hold several, a hash begins a comment. */
function statements(text: string): Statement[] {
  const found: Statement[] = [];
  const token = /"((?:[^"\\\n]|\\[\s\S])*)"?|(\\\r?\n)|(#[^\n]*)|(\n)|([{}=,])|([^\s"#{}=,\\]+|\\)/gu;
  let words: Word[] = [];
  let line = 1;
  let start = 1;
  let depth = 0;
  for (const match of text.matchAll(token)) {
    const [all, quoted, , comment, lineEnd, sign, plain] = match;
    if (lineEnd !== undefined && depth === 0) {
      if (words.length > 0) found.push({ words, line: start });
      words = [];
    } else if (comment === undefined && (quoted ?? sign ?? plain) !== undefined) {
      if (words.length === 0) start = line;
      if (sign === '{') depth++;
      else if (sign === '}') depth = Math.max(0, depth - 1);
      words.push({ text: (quoted ?? sign ?? plain)!.replace(/\\(.)/gu, '$1'), quoted: quoted !== undefined });
    }
    line += all.split('\n').length - 1;
  }
  if (words.length > 0) found.push({ words, line: start });
  return found;
}
