import type { ServerResponse } from 'node:http';
import type { ControlEvents, ControlLimits } from './control-options.ts';

/** Milliseconds after which a stream without events shows that it is alive. */
const HEARTBEAT = 15_000;

/** Writes events until the client has gone, reads too slowly or the signal comes. */
export function streamEvents(
  response: ServerResponse,
  events: ControlEvents,
  signal: AbortSignal,
  { beat, unread, idle }: ControlLimits,
): Promise<void> {
  const quietBeats = Math.max(1, Math.floor(Math.min(HEARTBEAT, idle / 2) / beat));
  return new Promise((resolve, reject) => {
    let quiet = 0;
    const end = (error?: unknown): void => {
      clearInterval(clock);
      signal.removeEventListener('abort', leave);
      events.close();
      if (error === undefined) resolve();
      else reject(error);
    };
    const leave = (): void => {
      response.end();
      end();
    };
    const look = (): void => {
      try {
        const text = events.next();
        quiet = text === '' ? quiet + 1 : 0;
        if (text !== '') response.write(text);
        else if (quiet % quietBeats === 0) response.write(': \n\n');
      } catch (error) {
        end(error);
        return;
      }
      // What a client does not read must not fill the memory of the server.
      if (response.writableLength > unread) response.destroy();
    };
    const clock = setInterval(look, beat);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave);
    response.write(': events follow\n\n');
    look();
  });
}
