import { connect as connectTcp, type Socket } from 'node:net';
import { type Begin, type Patience, StepError, type Timeouts } from './patience.ts';
import { type ReplyFault, ReplyReader, type SmtpReply } from './smtp-replies.ts';

/** Connects to one address; rejects with a StepError. */
export async function openSocket(
  address: string,
  port: number,
  timeouts: Timeouts,
  patience: Patience,
): Promise<Socket> {
  const socket = connectTcp({ host: address, port, noDelay: true });
  // Without a listener a late error would end the process.
  socket.on('error', () => {});
  try {
    await patience.wait<void>(timeouts.connect, (resolve, reject) => {
      const failed = (error: Error): void => reject(connectError(error));
      socket.once('connect', resolve);
      socket.once('error', failed);
      return () => {
        socket.off('connect', resolve);
        socket.off('error', failed);
      };
    });
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return socket;
}

function connectError(error: Error): StepError {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return new StepError('refused', code);
  if (code === 'ETIMEDOUT') return new StepError('timeout', code);
  return new StepError('unreachable', code || error.message);
}

/** The code of an error of the system or of OpenSSL, empty when it has none. */
export function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Commands and replies over a socket, plain or of TLS; the socket is read only while a reply is waited for. */
export class SmtpClient {
  readonly socket: Socket;
  private readonly timeouts: Timeouts;
  private readonly patience: Patience;
  private readonly replies = new ReplyReader();

  constructor(socket: Socket, timeouts: Timeouts, patience: Patience) {
    this.socket = socket;
    this.timeouts = timeouts;
    this.patience = patience;
  }

  /** Octets that came and that nobody asked for. */
  get unasked(): number {
    return this.replies.left;
  }

  /** Sends one line and waits for the reply to it; rejects with a StepError. */
  command(line: string): Promise<SmtpReply> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** Waits for the next reply; rejects with a StepError. */
  async reply(milliseconds: number = this.timeouts.step): Promise<SmtpReply> {
    const held = this.replies.next();
    const next = held ?? (await this.patience.wait<SmtpReply | ReplyFault>(milliseconds, this.reading()));
    if ('kind' in next) throw new StepError(next.kind, next.start);
    return next;
  }

  private reading(): Begin<SmtpReply | ReplyFault> {
    return (resolve, reject) => {
      const { socket, replies } = this;
      const take = (octets: Uint8Array): void => {
        replies.push(octets);
        const next = replies.next();
        if (next !== undefined) resolve(next);
      };
      const ended = (): void => reject(new StepError('closed', replies.start()));
      const failed = (error: Error): void => reject(socketError(error));
      socket.on('data', take);
      socket.resume();
      socket.once('end', ended);
      socket.once('close', ended);
      socket.once('error', failed);
      if (socket.destroyed || socket.readableEnded) ended();
      return () => {
        socket.off('data', take);
        socket.off('end', ended);
        socket.off('close', ended);
        socket.off('error', failed);
        socket.pause();
      };
    };
  }

  /** Says QUIT and closes; whatever the server makes of it is no trouble. */
  async quit(): Promise<SmtpReply | undefined> {
    try {
      return await this.command('QUIT');
    } catch (error) {
      if (error instanceof StepError) return undefined;
      throw error;
    } finally {
      this.socket.destroy();
    }
  }
}

/** What an error of a connected socket, plain or of TLS, says. */
export function socketError(error: Error): StepError {
  const code = codeOf(error);
  // Node makes up an ECONNRESET of its own when the other side ends the connection in the handshake.
  if (/^Client network socket disconnected/.test(error.message)) return new StepError('closed');
  if (code === 'ECONNRESET' || code === 'EPIPE') return new StepError('reset', code);
  const alert = /ALERT_([A-Z_]+)$/.exec(code)?.[1];
  if (alert !== undefined) return new StepError('tls-alert', alert.toLowerCase());
  if (notTls.has(code)) return new StepError('not-tls', code);
  return new StepError('tls-failed', code || error.message);
}

/** What OpenSSL says about octets that are no TLS. */
const notTls: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_RECORD_LAYER_FAILURE',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_BAD_RECORD_TYPE',
]);
