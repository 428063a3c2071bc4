import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type TLSSocketOptions } from 'node:tls';
import { serverCertificate } from './certificates.ts';

/** What a made-up server does at a moment: says a text, nothing (hang), closes, or whatever it likes. */
export type Act = string | 'hang' | 'close' | ((socket: Socket) => void);

/** How a made-up mail server behaves; what is left out is as it should be. */
export interface Behaviour {
  readonly mode: 'starttls' | 'implicit';
  readonly banner?: Act;
  readonly ehlo?: Act;
  readonly starttls?: Act;
  /** Instead of a handshake. */
  readonly handshake?: Act;
  readonly secureBanner?: Act;
  readonly secureEhlo?: Act;
  readonly secureStarttls?: Act;
  readonly tls?: TLSSocketOptions;
}

/** A server on the loopback address, and every line that it was sent. */
export interface MailServer {
  readonly port: number;
  readonly heard: string[];
  connections(): number;
  stop(): Promise<void>;
}

const host = serverCertificate(['mx1.example.net']);

/** Starts a server that behaves so. */
export async function mailServer(behaviour: Behaviour): Promise<MailServer> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    count++;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (behaviour.mode === 'implicit') handshake(socket, behaviour, heard);
    else talk(socket, behaviour, heard, false);
  });
  await listen(server);
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    connections: () => count,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
}

function act(socket: Socket, what: Act): void {
  if (typeof what === 'function') what(socket);
  else if (what === 'close') socket.end();
  else if (what !== 'hang') socket.write(what);
}

function handshake(socket: Socket, behaviour: Behaviour, heard: string[]): void {
  if (behaviour.handshake !== undefined) {
    act(socket, behaviour.handshake);
    return;
  }
  const { minVersion, maxVersion, ciphers, ca, ...options } = { ...host, ...behaviour.tls } as TLSSocketOptions & {
    minVersion?: 'TLSv1';
    maxVersion?: 'TLSv1';
    ciphers?: string;
    ca?: string;
  };
  const { cert, key } = options as { cert: string; key: string };
  const given = { minVersion, maxVersion, ciphers, ca };
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const secure = new TLSSocket(socket, {
    isServer: true,
    rejectUnauthorized: false,
    ...options,
    secureContext: createSecureContext({ cert, key, ...set }),
  });
  secure.on('error', () => {});
  secure.once('secure', () => talk(secure, behaviour, heard, true));
}

function talk(socket: Socket, behaviour: Behaviour, heard: string[], secure: boolean): void {
  const { mode } = behaviour;
  const fresh = !secure || mode === 'implicit';
  if (fresh) act(socket, (secure ? behaviour.secureBanner : behaviour.banner) ?? '220 mx1.example.net ESMTP\r\n');
  let text = '';
  const take = (octets: Buffer): void => {
    text += octets.toString('latin1');
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end).trim();
      text = text.slice(end + 1);
      heard.push(line);
      answer(line);
    }
  };
  socket.on('data', take);

  function answer(line: string): void {
    const verb = line.split(' ')[0]?.toUpperCase();
    const offer = secure ? '' : '250-STARTTLS\r\n';
    const ehlo = `250-mx1.example.net\r\n250-PIPELINING\r\n${offer}250-ENHANCEDSTATUSCODES\r\n250 8BITMIME\r\n`;
    if (verb === 'EHLO') act(socket, (secure ? behaviour.secureEhlo : behaviour.ehlo) ?? ehlo);
    else if (verb === 'STARTTLS' && secure) act(socket, behaviour.secureStarttls ?? '554 5.5.1 TLS already active\r\n');
    else if (verb === 'STARTTLS') starttls();
    else if (verb === 'QUIT') socket.end('221 2.0.0 bye\r\n');
    else socket.write('502 5.5.2 what\r\n');
  }

  function starttls(): void {
    const reply = behaviour.starttls ?? '220 2.0.0 go ahead\r\n';
    act(socket, reply);
    if (typeof reply !== 'string' || !reply.startsWith('220')) return;
    socket.off('data', take);
    handshake(socket, behaviour, heard);
  }
}
