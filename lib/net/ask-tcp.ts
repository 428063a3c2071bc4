import { createConnection, type Socket } from 'node:net';
import { FrameReader, frame } from '../wire/frames.ts';
import { type Exchange, type ExchangeResult, socketTrouble } from './ask-exchange.ts';
import { judgeReply } from './ask-response.ts';

/** Asks over a connection of its own (RFC 7766) and takes the first message that comes as the answer. Never rejects. */
export function exchangeTcp(exchange: Exchange): Promise<ExchangeResult> {
  const { address: host, port } = exchange.server;
  return exchangeStream(exchange, () => createConnection({ host, port }));
}

/** Judges a server before it is asked, when an event says that it can be judged: what is wrong with it. */
export interface Judge<Opened extends Socket> {
  readonly event: string;
  readonly objection: (socket: Opened) => string | undefined;
}

/** The same over any connection that is opened for it. */
export function exchangeStream<Opened extends Socket>(
  exchange: Exchange,
  open: () => Opened,
  judge?: Judge<Opened>,
): Promise<ExchangeResult> {
  const { octets, signal } = exchange;
  return new Promise((resolve) => {
    const reader = new FrameReader();
    let socket: Opened | undefined;
    const finish = (result: ExchangeResult): void => {
      signal.removeEventListener('abort', end);
      socket?.removeAllListeners();
      socket?.on('error', () => undefined);
      socket?.destroy();
      socket = undefined;
      resolve(result);
    };
    const end = (): void => {
      const came = progress(reader);
      finish({ kind: 'ended', ...(came !== undefined && { detail: came }) });
    };
    const take = (piece: Uint8Array): void => {
      const [bytes] = reader.push(piece);
      if (bytes === undefined) return;
      const reply = judgeReply(bytes, exchange);
      if (reply.kind === 'response') finish({ ...reply, octets: bytes.length });
      else if (reply.kind === 'stray') finish({ kind: 'malformed', detail: `sent ${reply.detail}` });
      else finish(reply);
    };
    const closed = (): void => {
      const came = progress(reader);
      finish({
        kind: 'unreachable',
        detail: `closed the connection ${came === undefined ? 'without an answer' : `after ${came}`}`,
      });
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', end);
    try {
      const opened = open();
      socket = opened;
      socket.on('error', (error) => finish(socketTrouble(error)));
      socket.on('data', take);
      socket.on('end', closed);
      socket.on('close', closed);
      if (judge === undefined) opened.write(frame(octets));
      else
        opened.once(judge.event, () => {
          const detail = judge.objection(opened);
          if (detail === undefined) opened.write(frame(octets));
          else finish({ kind: 'unreachable', detail });
        });
    } catch (error) {
      finish(socketTrouble(error));
    }
  });
}

/** How much of a message came, as `17 of 120 octets`; undefined when nothing did. */
function progress(reader: FrameReader): string | undefined {
  const pending = reader.pending;
  if (pending === undefined) return undefined;
  return pending.length === undefined ? 'one octet of its length' : `${pending.read} of ${pending.length} octets`;
}
