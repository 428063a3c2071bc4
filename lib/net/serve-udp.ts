import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIP } from 'node:net';
import type { Handled, Host, ListenAt, OpenListener } from './serve-options.ts';

/** Octets the system may hold for a socket while the program is busy with something else, when it allows so many. */
const RECEIVE_BUFFER = 4 << 20;

type Found = (error: NodeJS.ErrnoException | null, address: string, family: number) => void;

/** Binds a socket; rejects with the error of the system. */
export function bindUdp({ address, port, reusePort = false }: ListenAt): Promise<Socket> {
  const family = isIP(address) === 6 ? 6 : 4;
  return new Promise((resolve, reject) => {
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      ipv6Only: family === 6,
      ...(reusePort && { reusePort }),
      // Answers go to addresses, never to names: asking the resolver of the system would take a turn for each.
      lookup: (host: string, _: unknown, found: Found) => found(null, host, family),
    });
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ address, port }, () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

/** Answers queries over UDP; each leaves from the address that was asked. */
export function serveUdp(socket: Socket, host: Host): OpenListener {
  const { limits, handle, now } = host;
  let inFlight = 0;
  let closing: (() => void) | undefined;
  let closed = false;
  const send = ({ bytes, delivery }: Handled, { port, address }: RemoteInfo): void => {
    // What is late for the end is not sent any more.
    if (bytes === undefined || closed) return;
    socket.send(bytes, port, address);
    for (let copies = delivery?.copies ?? 1; copies > 1; copies--) socket.send(bytes, port, address);
  };
  const wait = async (handled: Promise<Handled>, from: RemoteInfo): Promise<void> => {
    inFlight++;
    send(await handled, from);
    if (--inFlight === 0) closing?.();
  };
  socket.on('message', (query, from) => {
    // Nobody can be answered at port 0; what cannot wait any more is dropped, as the network would do.
    if (from.port === 0 || inFlight >= limits.inFlight.socket) return;
    const handled = handle(query, { transport: 'udp', client: from, now: now() });
    if (handled instanceof Promise) void wait(handled, from);
    else send(handled, from);
  });
  // One client that cannot be reached is nobody else's trouble.
  socket.on('error', () => {});
  try {
    socket.setRecvBufferSize(RECEIVE_BUFFER);
  } catch {
    // The system's own size has to do.
  }
  const { address, port } = socket.address();
  return {
    transport: 'udp',
    address,
    port,
    async close() {
      // What has already arrived is read in the next turn.
      await new Promise((resolve) => setTimeout(resolve, 1));
      if (inFlight > 0) await finished((done) => (closing = done), limits.drain);
      inFlight = Number.POSITIVE_INFINITY;
      closed = true;
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}

/** Waits until told, but no longer than so many milliseconds. */
function finished(tell: (done: () => void) => void, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    tell(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
