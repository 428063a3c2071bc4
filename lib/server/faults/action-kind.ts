import type { Edit } from './draft.ts';
import type { FaultProblems } from './problems.ts';

/** Where an action has an effect: over UDP, over connections, for queries with EDNS, for those with a cookie, or for those with DO. */
export type Need = 'udp' | 'stream' | 'edns' | 'cookie' | 'dnssec';

/** One member of an action: how it is checked and made ready. */
export interface ActionKind<Value> {
  /** Nothing when it always has an effect. */
  needs?(value: Value): Need | undefined;
  /** What of it is done to the further messages of a transfer too; nothing when it is about the first one alone. */
  later?(value: Value): Value | undefined;
  /** The change it makes; undefined when something is wrong with it, which is told. */
  edit(value: Value, path: string, problems: FaultProblems): Edit | undefined;
}
