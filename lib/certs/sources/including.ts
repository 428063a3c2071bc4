import { type CertificateSource, Gathering, type SaidAt, type SourcePort, textOfFile } from './source.ts';

/** How far files that include others are followed; each includes itself at worst. */
const INCLUDE_LIMITS: { readonly depth: number; readonly files: number; readonly octets: number } = {
  depth: 8,
  files: 1000,
  octets: 32 * 2 ** 20,
};

/** Reads a configuration of a mail server that may include other files. */
export abstract class IncludingReader {
  protected readonly root: string;
  protected readonly found: Gathering;
  private files = 0;
  private octets = 0;

  constructor(root: string, port: SourcePort) {
    this.root = root;
    this.found = new Gathering(port);
  }

  /** The certificates of the configuration whose first file is given. */
  read(bytes: Uint8Array): CertificateSource {
    this.file(this.root, textOfFile(bytes), 0);
    return this.end();
  }

  /** Takes what one file says; files it includes are one deeper. */
  protected abstract file(file: string, text: string, depth: number): void;

  /** What all files together say. */
  protected abstract end(): CertificateSource;

  /** Reads an included file; one that is optional need not be there. */
  protected follow(path: string, from: SaidAt, depth: number, optional: boolean): void {
    const within =
      depth < INCLUDE_LIMITS.depth && this.files < INCLUDE_LIMITS.files && this.octets < INCLUDE_LIMITS.octets;
    const bytes = within ? this.found.port.read(path) : undefined;
    if (bytes !== undefined) {
      this.files++;
      this.octets += bytes.length;
      this.file(path, textOfFile(bytes), depth + 1);
    } else if (!within) this.found.complain('too-many-includes', from, path);
    else if (!optional || this.found.port.kind(path) !== 'missing') this.found.complain('missing-include', from, path);
  }
}
