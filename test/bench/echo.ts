import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** The least that a server in Node does: sends back what comes, over UDP and TCP of one port: `echo.js PORT`. */
const port = Number(process.argv[2]);
const socket = createSocket('udp4');
socket.on('message', (message, { port: from, address }) => socket.send(message, from, address));
socket.bind(port, '127.0.0.1');
const server = createServer((connection) => {
  connection.setNoDelay(true);
  connection.on('data', (piece) => connection.write(piece));
  connection.on('error', () => {});
});
server.listen(port, '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
