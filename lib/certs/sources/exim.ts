import { IncludingReader } from './including.ts';
import { type CertificateSource, countedFrom, folderOfFile, type SaidAt, type SourcePort } from './source.ts';

const MOST_LINES = 200_000;
const MOST_MACROS = 1000;
/** Characters that are searched for macros: each macro is looked for in each line. */
const MOST_SEARCHED = 2 ** 28;

/**
 * The certificates of an Exim configuration: tls_certificate of the main section is of the server role, that of an smtp transport of the
 * client role and never implied by the other. An expansion is reported and not guessed.
 */
export function readExim(file: string, bytes: Uint8Array, port: SourcePort): CertificateSource {
  return new EximReader(file, port).read(bytes);
}

interface Setting {
  readonly value: string;
  readonly from: SaidAt;
}

interface Transport {
  driver?: string;
  certificate?: Setting;
  key?: Setting;
}

class EximReader extends IncludingReader {
  private readonly macros = new Map<string, string>();
  /** Of each open .ifdef: whether its lines count, in all those around it as well, and whether a branch was taken already. */
  private readonly conditions: { on: boolean; done: boolean }[] = [];
  private section = '';
  private readonly main: Transport = { driver: 'main' };
  private readonly transports: Transport[] = [];
  private lines = 0;
  private searched = 0;

  protected file(file: string, text: string, depth: number): void {
    for (const { text: line, at } of logicalLines(text)) {
      if (++this.lines > MOST_LINES) return;
      if (!this.directive(line, file, at, depth)) this.line(this.withMacros(line), { file, line: at, what: '' });
    }
  }

  protected end(): CertificateSource {
    this.use(this.main, 'server', 'tls_certificate');
    for (const transport of this.transports)
      if (transport.driver === 'smtp') this.use(transport, 'client', 'tls_certificate of an smtp transport');
    const from = { file: this.root, what: 'Exim' };
    return this.found.end('exim', from, 'this Exim configuration names no certificate: look for tls_certificate');
  }

  private directive(line: string, file: string, at: number, depth: number): boolean {
    const [, word, rest = ''] =
      /^\.(ifdef|ifndef|elifdef|elifndef|else|endif|include|include_if_exists)\b\s*(.*)$/u.exec(line) ?? [];
    if (word === undefined) return !this.counts();
    const last = this.conditions.at(-1);
    if (word === 'endif') this.conditions.pop();
    else if (word === 'ifdef' || word === 'ifndef') {
      const holds = this.holdsMacro(rest) === (word === 'ifdef');
      this.conditions.push({ on: this.counts() && holds, done: holds });
    } else if (word === 'else' || word.startsWith('elif')) {
      if (last === undefined) return true;
      const holds = !last.done && (word === 'else' || this.holdsMacro(rest) === (word === 'elifdef'));
      const around = this.conditions.at(-2)?.on ?? true;
      this.conditions[this.conditions.length - 1] = { on: around && holds, done: last.done || holds };
    } else if (this.counts())
      this.include(this.withMacros(rest.trim()), word, { file, line: at, what: `.${word}` }, depth);
    return true;
  }

  private include(path: string, word: string, from: SaidAt, depth: number): void {
    const name = countedFrom(folderOfFile(from.file), unquoted(path));
    this.follow(name, from, depth, word !== 'include');
  }

  private counts(): boolean {
    return this.conditions.at(-1)?.on ?? true;
  }

  /** A condition holds when a macro stands in its text (Exim specification, conditional skips). */
  private holdsMacro(text: string): boolean {
    return this.maySearch(text) && [...this.macros.keys()].some((name) => text.includes(name));
  }

  /** Macros begin with a capital letter. */
  private maySearch(text: string): boolean {
    if (!/[A-Z]/u.test(text)) return false;
    this.searched += this.macros.size * (text.length + 16);
    if (this.searched <= MOST_SEARCHED) return true;
    this.found.complain('too-many-macros', { file: this.root, what: 'Exim' }, '');
    return false;
  }

  private withMacros(line: string): string {
    const definition = /^[A-Z]\w*\s*={1,2}/u.exec(line)?.[0] ?? '';
    let rest = line.slice(definition.length);
    if (!this.maySearch(rest)) return line;
    // Exim replaces the macros one after the other, later ones in what earlier ones left.
    for (const [name, value] of this.macros) {
      rest = rest.replaceAll(name, () => value);
      this.searched += rest.length;
      if (rest.length > 65_536) return definition;
    }
    return definition + rest;
  }

  private line(line: string, from: SaidAt): void {
    const [, macro, value] = /^([A-Z]\w*)\s*={1,2}\s*(.*)$/u.exec(line) ?? [];
    if (macro !== undefined && value !== undefined) {
      if (this.macros.size < MOST_MACROS) this.macros.set(macro, value);
      return;
    }
    const begins = /^begin\s+(\w+)/u.exec(line)?.[1];
    if (begins !== undefined) this.section = begins;
    else if (this.section === '') option(this.main, line, from);
    else if (this.section === 'transports') {
      const last = this.transports.at(-1);
      if (/^\w[\w.-]*\s*:/u.test(line)) this.transports.push({});
      else if (last !== undefined) option(last, line, from);
    }
  }

  private use({ certificate, key }: Transport, role: 'server' | 'client', what: string): void {
    if (certificate === undefined) return;
    const from = { ...certificate.from, what };
    // A dollar sign or a lookup makes the text an expansion; a backslash escapes in one.
    if (/[$\\]/u.test(certificate.value)) {
      this.found.complain('expansion', from, certificate.value);
      return;
    }
    const keys = key === undefined || /[$\\]/u.test(key.value) ? [] : listed(key.value);
    listed(certificate.value).forEach((path, at) => {
      const ofKey = keys[at] === undefined ? {} : { key: countedFrom(folderOfFile(from.file), keys[at]) };
      const file = countedFrom(folderOfFile(from.file), path);
      this.found.add({ file, roles: [role], said: 'configuration', from, ...ofKey });
    });
  }
}

function option(into: Transport, line: string, from: SaidAt): void {
  const [, name, value] = /^(?:hide\s+)?(\w+)\s*=\s*(.*)$/u.exec(line) ?? [];
  if (name === 'driver' && into.driver === undefined) into.driver = unquoted(value!);
  if (name === 'tls_certificate') into.certificate = { value: unquoted(value!), from };
  if (name === 'tls_privatekey') into.key = { value: unquoted(value!), from };
}

/** Lines with their continuations; comment lines between them do not end them. */
function logicalLines(text: string): { text: string; at: number }[] {
  const lines: { text: string; at: number }[] = [];
  let open = false;
  text.split('\n').forEach((written, index) => {
    const line = written.trim();
    if (line === '' || line.startsWith('#')) return;
    const goesOn = line.endsWith('\\');
    const body = goesOn ? line.slice(0, -1) : line;
    if (open) lines.at(-1)!.text += body;
    else lines.push({ text: body, at: index + 1 });
    open = goesOn;
  });
  return lines;
}

function unquoted(value: string): string {
  const text = value.trim();
  return /^".*"$/u.test(text) ? text.slice(1, -1).replace(/\\(["\\])/gu, '$1') : text;
}

/** A list is parted by colons, or by the character that `<` names in front; doubled it stands for itself. */
function listed(value: string): string[] {
  const [, other, rest] = /^\s*<\s*(\S)([\s\S]*)$/u.exec(value) ?? [];
  const separator = other ?? ':';
  const hidden = (rest ?? value).replaceAll(separator + separator, '\u0000');
  return hidden
    .split(separator)
    .map((part) => part.replaceAll('\u0000', separator).trim())
    .filter((part) => part !== '');
}
