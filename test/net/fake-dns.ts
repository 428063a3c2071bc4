import { createSocket, type RemoteInfo } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import type { ServerAddress } from '../../lib/net/server-address.ts';
import { decodeMessage } from '../../lib/wire/decode.ts';
import { encodeMessage } from '../../lib/wire/encode.ts';
import type { Message } from '../../lib/wire/message.ts';

/** How a server made up for a test behaves; what is missing keeps silent. */
interface Behaviour {
  readonly udp?: (query: Message, send: (bytes: Uint8Array) => void, from: RemoteInfo) => void;
  readonly tcp?: (query: Message, socket: Socket) => void;
}

/** A server on a free port of the loopback. */
interface FakeServer extends ServerAddress, AsyncDisposable {}

/** Starts a server that does what it is told, over UDP and TCP on one port. */
export async function fakeServer(behaviour: Behaviour, address = '127.0.0.1'): Promise<FakeServer> {
  const udp = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const sockets = new Set<Socket>();
  udp.on('message', (bytes, from) => {
    const read = decodeMessage(bytes);
    if ('message' in read) behaviour.udp?.(read.message, (reply) => udp.send(reply, from.port, from.address), from);
  });
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const read = decodeMessage(bytes.subarray(2));
      if ('message' in read) behaviour.tcp?.(read.message, socket);
    });
  });
  await new Promise<void>((resolve) => tcp.listen(0, address, resolve));
  const { port } = tcp.address() as { port: number };
  await new Promise<void>((resolve, reject) => udp.on('error', reject).bind(port, address, resolve));
  return {
    address,
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => udp.close(() => resolve()));
      await new Promise<void>((resolve) => tcp.close(() => resolve()));
    },
  };
}

/** The octets of a message that can be written. */
export function octets(message: Message): Uint8Array {
  const result = encodeMessage(message);
  if ('problem' in result) throw new Error(result.problem.code);
  return result.bytes;
}

/** The response to a query with nothing in it. */
export function reply(query: Message, more: Partial<Message> = {}): Message {
  const { id, opcode, questions, recursionDesired } = query;
  return { ...query, id, opcode, questions, recursionDesired, response: true, authenticData: false, ...more };
}
