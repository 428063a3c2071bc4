import type { ListenAt } from '../net/serve-options.ts';
import type { ServerAddress } from '../net/server-address.ts';
import type { Elsewhere } from '../server/test-server.ts';
import type { ReplayOption, UpstreamOption } from './options.ts';
import { Recording, replaying } from './recording.ts';
import { askUpstream, circleOf, upstreamAddress } from './upstream.ts';

/** Problems of a recording that are told. */
const MOST_TOLD = 10;

/** Answers for names of no zone as a test wishes it, until `ended`; throws when it cannot. */
export function unmatchedBy(
  given: UpstreamOption | ReplayOption,
  places: readonly ListenAt[],
  now: () => number,
  ended: AbortSignal,
): Elsewhere | undefined {
  const { upstream, record } = given;
  const replay = 'replay' in given ? given.replay : undefined;
  if (record !== undefined && upstream === undefined) throw new Error('record needs upstream, whose answers it keeps');
  const recording = recordingOf([replay ?? []].flat());
  const asking = upstream === undefined ? undefined : asked(upstreamAddress(upstream), places, ended, record, now);
  return replay === undefined ? asking : replaying(recording, asking);
}

function asked(
  server: ServerAddress,
  places: readonly ListenAt[],
  ended: AbortSignal,
  record: UpstreamOption['record'],
  now: () => number,
): Elsewhere {
  const circle = circleOf(server, places);
  if (circle !== undefined) throw new Error(`upstream: ${circle}`);
  if (record === undefined) return askUpstream(server, ended);
  const recording = new Recording();
  return askUpstream(server, ended, (question, response, dnssecOk) => {
    const line = recording.note(question, response, dnssecOk, now());
    if (line !== undefined) record(`${line}\n`);
  });
}

function recordingOf(texts: readonly string[]): Recording {
  const recording = new Recording();
  const problems = texts.flatMap((text) => recording.read(text));
  if (problems.length === 0) return recording;
  const said = problems.slice(0, MOST_TOLD).map(({ line, message }) => `\n  line ${line}: ${message}`);
  throw new Error(`replay cannot be used:${said.join('')}`);
}
