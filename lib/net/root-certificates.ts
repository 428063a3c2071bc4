import { rootCertificates } from 'node:tls';

/** The root certificates that come with Node, as one PEM text: what counts as the system's store where the system has none. */
export function bundledRoots(): string {
  return `${rootCertificates.join('\n')}\n`;
}
