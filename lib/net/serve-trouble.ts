import { type ListenAt, ListenError } from './serve-options.ts';
import { serverText } from './server-address.ts';

type Sentence = (place: ListenAt, where: string) => string;

const SENTENCES: Readonly<Record<string, Sentence>> = {
  EADDRINUSE: ({ transport }, where) => `${where} is in use: another program listens there for ${words(transport)}`,
  EACCES: ({ port }, where) =>
    port < 1024
      ? `${where} is a privileged port: use a port from 1024 on, or 0 for any that is free`
      : `${where} cannot be listened at: the system does not permit it`,
  EADDRNOTAVAIL: ({ address }, where) => `${where} cannot be listened at: ${address} is no address of this machine`,
  EINVAL: ({ address }, where) =>
    `${where} cannot be listened at: ${address} needs the name of its interface, as in fe80::1%eth0`,
  EAFNOSUPPORT: (_, where) => `${where} cannot be listened at: this machine does not speak its address family`,
  EMFILE: (_, where) => `${where} cannot be listened at: too many files are open`,
  ENOTSUP: (_, where) => `${where} cannot be shared with other programs: the system does not support it`,
  NO_REUSE_PORT: (_, where) => `${where} cannot be shared with other programs: that needs Node 22.12, 23.1 or later`,
  NO_CERTIFICATE: ({ transport }, where) => `${where} needs a certificate and its key for ${words(transport)}`,
};

function words(transport: ListenAt['transport']): string {
  return transport === 'https' || transport === 'tls' ? `DNS over ${transport.toUpperCase()}` : transport.toUpperCase();
}

/** The error of the system, or of a certificate, as a sentence. */
export function listenTrouble(error: unknown, place: ListenAt): ListenError {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const known = typeof code === 'string' ? code : '';
  const where = serverText(place);
  const sentence = Object.hasOwn(SENTENCES, known) ? SENTENCES[known] : undefined;
  if (sentence !== undefined) return new ListenError(known, place, sentence(place, where));
  const what =
    known.startsWith('ERR_OSSL') || known.startsWith('ERR_TLS')
      ? 'the certificate or key cannot be used'
      : 'it cannot be listened at';
  return new ListenError(known, place, `${where}: ${what} (${String(message ?? error)})`);
}
