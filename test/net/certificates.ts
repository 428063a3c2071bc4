import { generateKeyPairSync } from 'node:crypto';
import { ext, general, makeDer, pem, type Wish } from '../certs/maker.ts';

/** A certificate of a test server with the PEM that node:tls takes. */
export interface ServerCertificate {
  readonly der: Uint8Array;
  /** Leaf and intermediate. */
  readonly cert: string;
  readonly key: string;
}

const validity = { from: '20260101000000Z', to: '20360101000000Z', version: 3 };

function authority(subject: string, issuer: string, key: number, signer: number): Uint8Array {
  return makeDer({
    ...validity,
    subject,
    issuer,
    key,
    signer,
    serial: key,
    extensions: [ext.basic(true), ext.keyUsage('keyCertSign'), ext.subjectKey(key), ext.authorityKey(signer)],
  });
}

/** The root of all test servers and the intermediate below it. */
const root: Uint8Array = authority('O=Example/CN=Probe Root', 'O=Example/CN=Probe Root', 61, 61);
export const intermediate: Uint8Array = authority('O=Example/CN=Probe CA', 'O=Example/CN=Probe Root', 62, 61);
export const rootPem: string = pem(root);

let serial = 70;

/** A certificate for host names with an EC key, which old versions of TLS can use too. */
export function serverCertificate(names: readonly string[], change: Partial<Wish> = {}): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = makeDer({
    ...validity,
    subject: '',
    issuer: 'O=Example/CN=Probe CA',
    key: 1,
    signer: 62,
    serial: serial++,
    publicKey: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    extensions: [
      ext.basic(false),
      ext.keyUsage('digitalSignature'),
      ext.purposes('1.3.6.1.5.5.7.3.1'),
      ext.authorityKey(62),
      { ...ext.names(...names.map((name) => general.dns(name))), critical: true },
    ],
    ...change,
  });
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { der, cert: pem(der, intermediate), key };
}
