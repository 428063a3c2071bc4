import { dirname, isAbsolute, join } from 'node:path';
import type { MailPlan, SpecCertificate, SpecFiles } from '../../lib/edit/generate-plan.ts';
import { UsageError } from '../errors.ts';
import { FileError, type Io } from '../io.ts';
import { noSuchFile } from '../lint/paths.ts';

/** Octets that a certificate or key may have. */
const LARGEST = 2 ** 24;

/** A spec that nothing is wrong with, or every fault as a sentence with its place. */
export type ReadSpec = { readonly plan: MailPlan } | { readonly faults: readonly string[] };

/** The zone that a spec is read for. */
export interface SpecTarget {
  readonly origin: Uint8Array;
  hasAddress(host: Uint8Array): boolean;
}

/** Reads a spec with the files it names. */
export async function readSpec(path: string, target: SpecTarget | undefined, io: Io): Promise<ReadSpec> {
  const kind = path === '-' ? 'file' : io.kind(path);
  if (kind === 'missing' || kind === 'unreadable') throw new UsageError(noSuchFile(path, io));
  const bytes = path === '-' ? io.readStdin() : io.readFile(path);
  const name = path === '-' ? '<stdin>' : path;
  const [{ readSchemaDocument }, { readMailSpec }] = await Promise.all([
    import('../../lib/config/document.ts'),
    import('../../lib/edit/generate-spec.ts'),
  ]);
  const read = await readSchemaDocument(name, bytes, 'mail-spec');
  if ('problems' in read) return { faults: read.problems };
  const { document } = read;
  const files = await filesOf(path, io);
  const { plan, problems } = readMailSpec(document.value, { files, ...target });
  const faults = document.tell([...document.faults, ...problems]);
  return faults.length > 0 ? { faults } : { plan };
}

/** A path of a spec, which counts from the folder of the spec. */
export function besideSpec(spec: string, path: string): string {
  return isAbsolute(path) || spec === '-' ? path : join(dirname(spec), path);
}

async function filesOf(spec: string, io: Io): Promise<SpecFiles> {
  const [load, names, tlsa, problems] = await Promise.all([
    import('../../lib/certs/load.ts'),
    import('../../lib/certs/names.ts'),
    import('../../lib/certs/tlsa.ts'),
    import('../../lib/certs/problems.ts'),
  ]);
  const reading = <T>(path: string, read: (bytes: Uint8Array) => T): T | { readonly problem: string } => {
    const whole = besideSpec(spec, path);
    try {
      if (io.kind(whole) === 'missing') return { problem: 'there is no such file' };
      return read(io.readFile(whole, LARGEST));
    } catch (error) {
      if (error instanceof FileError) return { problem: error.why };
      throw error;
    }
  };
  return {
    certificates: (path) =>
      reading(path, (bytes) => {
        const { certificates, problems: wrong } = load.readCertificateFile(path, bytes, []);
        const fatal = wrong.find(({ code }) => !problems.isHarmless(code));
        if (fatal !== undefined)
          return { problem: problems.describeCertificateProblem(fatal).replace(`${path}: `, '') };
        return certificates.map(
          (certificate): SpecCertificate => ({
            names: names.certificateNames(certificate.facts).names,
            association(usage, selector, matching) {
              const shown = usage === 3 ? certificate : certificate.chain[0];
              if (shown === undefined) return { problem: 'the file has no issuer, which usage 2 is about' };
              const data = tlsa.associationOf(shown, { selector, matching });
              return data ?? { problem: `selector ${selector} and matching type ${matching} cannot be made of it` };
            },
          }),
        );
      }),
    dkim: (path) => reading(path, (bytes) => dkimOf(new TextDecoder('latin1').decode(bytes))),
  };
}

/** The record or the key in a file: PEM, a line of a zone file, or as it is. */
function dkimOf(text: string): string | { readonly problem: string } {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    return { problem: 'it is a private key; give its public half (openssl pkey -in FILE -pubout)' };
  const pem = /-----BEGIN (?:RSA )?PUBLIC KEY-----([^-]*)-----END/.exec(text)?.[1];
  if (pem !== undefined) return pem.replace(/\s+/g, '');
  const strings = text.match(/"[^"\n]*"/g);
  if (strings !== null) return strings.map((each) => each.slice(1, -1)).join('');
  return text.trim() === '' ? { problem: 'it is empty' } : text.trim();
}
