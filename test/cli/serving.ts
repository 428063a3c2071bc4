import { afterEach, expect } from 'vitest';
import { moment } from '../net/serving.ts';
import { type Started, type Surroundings, start } from './program.ts';

/** Starts programs that are ended after each test, whatever has become of it; to be called once in a file. */
export function startEnding(): (args: readonly string[], surroundings: Surroundings) => Promise<Started> {
  let all: Started[] = [];
  afterEach(async () => {
    for (const { child } of all) child.kill('SIGKILL');
    await Promise.all(all.map(({ exit }) => exit));
    all = [];
  });
  return async (args, surroundings) => {
    const started = await start(args, surroundings);
    all.push(started);
    return started;
  };
}

/** The first port of a server with a log as JSON, once it is ready. */
export async function portOf(server: Started): Promise<number> {
  for (let waits = 0; !server.stdout().includes('"ready"') && waits < 600; waits++) await moment(10);
  const [, port] = /"port":(\d+)/u.exec(server.stdout()) ?? [];
  expect([port === undefined, server.stderr()]).toEqual([false, '']);
  return Number(port);
}
