import type { ActionKind, Need } from './action-kind.ts';
import { dnssecAction } from './actions-dnssec.ts';
import {
  answerAction,
  denyAction,
  flagsAction,
  idAction,
  questionAction,
  rcodeAction,
  referralAction,
  serialAction,
  soaMinimumAction,
  truncateAction,
  ttlAction,
} from './actions-message.ts';
import {
  compressAction,
  connectionAction,
  copiesAction,
  delayAction,
  dropAction,
  ednsAction,
  octetsAction,
} from './actions-octets.ts';
import { recordsAction } from './actions-records.ts';
import type { Edit } from './draft.ts';
import type { FaultAction } from './fault.ts';
import { FaultProblems } from './problems.ts';

/** Everything a fault can do, in the order in which it is done. */
const KINDS: { readonly [Name in keyof FaultAction]-?: ActionKind<NonNullable<FaultAction[Name]>> } = {
  delay: delayAction,
  drop: dropAction,
  rcode: rcodeAction,
  deny: denyAction,
  answer: answerAction,
  referral: referralAction,
  ttl: ttlAction,
  soaMinimum: soaMinimumAction,
  serial: serialAction,
  records: recordsAction,
  dnssec: dnssecAction,
  truncate: truncateAction,
  flags: flagsAction,
  id: idAction,
  question: questionAction,
  edns: ednsAction,
  compress: compressAction,
  octets: octetsAction,
  copies: copiesAction,
  connection: connectionAction,
};

/** An action ready to be done. */
export interface CompiledAction {
  readonly edits: readonly Edit[];
  /** Those of them that change the further messages of a transfer. */
  readonly later: readonly Edit[];
  /** Where it has an effect, any of these; undefined for everywhere. */
  readonly needs: readonly Need[] | undefined;
}

/** Makes an action ready; what is wrong with it is told. */
export function compileAction(action: FaultAction, path: string, problems: FaultProblems): CompiledAction {
  const edits: Edit[] = [];
  const later: Edit[] = [];
  let needs: Need[] | undefined = [];
  for (const name of Object.keys(KINDS) as (keyof FaultAction)[]) {
    const value = action[name];
    if (value === undefined) continue;
    const kind = KINDS[name] as ActionKind<typeof value>;
    const edit = kind.edit(value, `${path}.${name}`, problems);
    if (edit !== undefined) edits.push(edit);
    const rest = kind.later?.(value);
    // What was said of the whole need not be said again of a part.
    const again = rest === undefined || rest === value ? edit : kind.edit(rest, path, new FaultProblems());
    if (rest !== undefined && again !== undefined) later.push(again);
    const need = kind.needs?.(value);
    if (need === undefined) needs = undefined;
    else needs?.push(need);
  }
  return { edits, later, needs: needs?.length === 0 ? undefined : needs };
}

/** The action of a preset with more on top of it: what both have members of is joined. */
export function mergedAction(base: FaultAction | undefined, more: FaultAction | undefined): FaultAction | undefined {
  if (base === undefined || more === undefined) return more ?? base;
  return {
    ...base,
    ...more,
    ...(base.records && more.records && { records: { ...base.records, ...more.records } }),
    ...(base.flags && more.flags && { flags: { ...base.flags, ...more.flags } }),
    ...(base.octets && more.octets && { octets: { ...base.octets, ...more.octets } }),
  };
}
