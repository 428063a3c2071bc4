import type { ReadStream, WriteStream } from 'node:tty';
import type { Io } from '../../io.ts';
import { lookFor } from '../../report/look.ts';
import { LiveView } from './live-view.ts';

/** Makes a view on a terminal. */
export function openLiveView(stdin: ReadStream, stdout: WriteStream, io: Io): LiveView {
  return new LiveView({ look: lookFor(io, 'auto'), stdin, stdout }, io);
}
