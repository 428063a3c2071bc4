import { Socket } from 'node:net';

/** Writes a newline to a pipe or socket that whoever started this process waits at, and closes it; rejects for anything else. */
export function signalReady(descriptor: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new Socket({ fd: descriptor, readable: false, writable: true });
    socket.on('error', reject);
    socket.end('\n', () => resolve());
  });
}
