import { isIP, type Socket } from 'node:net';
import { connect as connectTls, createSecureContext, type DetailedPeerCertificate, type TLSSocket } from 'node:tls';
import { type Patience, StepError } from './patience.ts';
import { codeOf, socketError } from './smtp-client.ts';

/** The certificate of the client and its key, as PEM. */
export interface ClientCertificate {
  readonly certificate: Uint8Array;
  readonly key: Uint8Array;
}

/** Why a client certificate cannot be shown, such as that the key is of another one; undefined when it can. */
export function clientCertificateProblem({ certificate, key }: ClientCertificate): string | undefined {
  try {
    createSecureContext({ cert: Buffer.from(certificate), key: Buffer.from(key) });
    return undefined;
  } catch (error) {
    const code = error instanceof Error ? codeOf(error) : '';
    if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH') return 'the key is not that of the certificate';
    if (/PEM|DECODER|ASN1|UNSUPPORTED/.test(code))
      return 'expected a certificate and its unencrypted private key, both as PEM';
    return `OpenSSL does not take them (${code || 'no reason given'})`;
  }
}

/** What TLS on an open connection is begun with. */
export interface TlsWish {
  /** Server name to send; none for an IP address. */
  readonly sni?: string;
  readonly client?: ClientCertificate;
}

/**
 * Begins TLS on a connected socket and takes whatever certificate the server has: the certificate is judged later, by its octets.
 * Everything OpenSSL can speak is offered, since a server is asked here what it does, and no mail is sent.
 */
export async function startTls(
  socket: Socket,
  { sni, client }: TlsWish,
  step: number,
  patience: Patience,
): Promise<TLSSocket> {
  const secure = connectTls({
    socket,
    rejectUnauthorized: false,
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT@SECLEVEL=0',
    ...(sni === undefined || isIP(sni) !== 0 ? {} : { servername: sni }),
    ...(client === undefined ? {} : { cert: Buffer.from(client.certificate), key: Buffer.from(client.key) }),
  });
  secure.on('error', () => {});
  try {
    await patience.wait<void>(step, (resolve, reject) => {
      const failed = (error: Error): void => reject(socketError(error));
      const closed = (): void => reject(new StepError('closed'));
      secure.once('secureConnect', resolve);
      secure.once('error', failed);
      secure.once('close', closed);
      socket.once('end', closed);
      return () => {
        secure.off('secureConnect', resolve);
        secure.off('error', failed);
        secure.off('close', closed);
        socket.off('end', closed);
      };
    });
  } catch (error) {
    secure.destroy();
    socket.destroy();
    throw error;
  }
  return secure;
}

/** What a connection of TLS agreed on. */
export interface TlsFacts {
  /** `TLSv1.3`, `TLSv1.2`, … */
  readonly version: string;
  /** IANA name of the cipher suite. */
  readonly cipher: string;
  /** Application protocol that the server chose, null as none is offered for SMTP. */
  readonly alpn: string | null;
  /** Server name that was sent. */
  readonly sni: string | null;
  /** Code of the first fault that OpenSSL found with the roots of Node: a hint only. */
  readonly opensslFault: string | null;
  /** The server asked for a client certificate. */
  readonly asksCertificate: boolean;
  /** Leaf first, each in DER; those after it as their issuers link them, without a root. */
  readonly certificates: readonly Uint8Array[];
}

/** Reads what a connection of TLS agreed on. */
export function tlsFacts(secure: TLSSocket, { sni }: TlsWish): TlsFacts {
  const { authorizationError: fault, alpnProtocol } = secure;
  return {
    version: secure.getProtocol() ?? 'unknown',
    cipher: secure.getCipher().standardName ?? secure.getCipher().name,
    alpn: typeof alpnProtocol === 'string' ? alpnProtocol : null,
    sni: sni === undefined || isIP(sni) !== 0 ? null : sni,
    opensslFault: fault ? String(fault instanceof Error ? fault.message : fault) : null,
    // A client shares signature algorithms with the server only after a CertificateRequest, in TLS 1.2 and 1.3 alike.
    asksCertificate: secure.getSharedSigalgs().length > 0,
    certificates: linkedChain(secure),
  };
}

const mostLinks = 32;

/** Node links certificates by issuer and adds the root of its own store, which the server did not send. */
function linkedChain(secure: TLSSocket): Uint8Array[] {
  const chain: Uint8Array[] = [];
  let leaf: DetailedPeerCertificate | undefined;
  try {
    leaf = secure.getPeerCertificate(true);
  } catch {
    // A certificate that Node cannot take apart; the first flight still has its octets.
  }
  for (let each = leaf; each?.raw !== undefined && chain.length < mostLinks; each = each.issuerCertificate) {
    const root = each.issuerCertificate === each;
    if (!root || chain.length === 0) chain.push(new Uint8Array(each.raw));
    if (root) break;
  }
  return chain;
}
