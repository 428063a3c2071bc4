import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import { type Exchange, type ExchangeResult, socketTrouble } from './ask-exchange.ts';
import { judgeReply, type Reply } from './ask-response.ts';
import type { ServerAddress } from './server-address.ts';

/** Datagrams that fit no query, after which a server is not listened to any longer. */
const MOST_STRAYS = 100;

const FOREIGN: Reply = { kind: 'stray', detail: 'a datagram from elsewhere' };

/**
 * Sends a query from a port of its own and waits for the response; sends it again each `again` milliseconds. The socket is
 * connected, so that datagrams from elsewhere never arrive and a closed port tells so. Never rejects.
 */
export function exchangeUdp(exchange: Exchange, again: number): Promise<ExchangeResult> {
  const { server, octets, signal } = exchange;
  return new Promise((resolve) => {
    let socket: Socket | undefined;
    let resend: NodeJS.Timeout | undefined;
    let strays = 0;
    let stray: string | undefined;
    const finish = (result: ExchangeResult): void => {
      clearInterval(resend);
      signal.removeEventListener('abort', end);
      socket?.removeAllListeners();
      // Closing may still report trouble of a datagram on its way, which nobody waits for.
      socket?.on('error', () => undefined);
      socket?.close();
      socket = undefined;
      resolve(result);
    };
    const end = (): void => finish({ kind: 'ended', ...(stray !== undefined && { detail: stray }) });
    const take = (bytes: Uint8Array, from: RemoteInfo): void => {
      const reply = comesFrom(from, server) ? judgeReply(bytes, exchange) : FOREIGN;
      if (reply.kind === 'response') finish({ ...reply, octets: bytes.length });
      else if (reply.kind !== 'stray') finish(reply);
      else {
        stray = reply.detail;
        if (++strays >= MOST_STRAYS) finish({ kind: 'malformed', detail: `${stray}, ${strays} times` });
      }
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', end);
    try {
      const opened = createSocket(isIP(server.address) === 6 ? 'udp6' : 'udp4');
      socket = opened;
      opened.on('error', (error) => finish(socketTrouble(error)));
      opened.on('message', take);
      opened.on('connect', () => {
        const send = (): void => opened.send(octets);
        resend = setInterval(send, again);
        send();
      });
      opened.connect(server.port, server.address);
    } catch (error) {
      finish(socketTrouble(error));
    }
  });
}

/** What came before the socket was connected may be from anywhere; IPv6 addresses have several spellings. */
function comesFrom(from: RemoteInfo, { address, port }: ServerAddress): boolean {
  return from.port === port && (isIP(address) === 6 || from.address === address);
}
