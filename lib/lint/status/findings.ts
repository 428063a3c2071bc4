import { TYPE } from '../../rr/types.ts';
import type { Diagnostic, Place, Span } from '../../text/diagnostic.ts';
import type { Facts } from '../facts.ts';
import type { Draft, StatusFinding, StatusNode, StatusState } from './node.ts';

/** From the best to the worst; the state of a node is the worst of its own and those below it. */
const ORDER: readonly StatusState[] = ['ok', 'absent', 'unknown', 'warning', 'broken'];

/** States that say nothing about the parts above: what is not published or not known is no fault of them. */
const SILENT: ReadonlySet<StatusState> = new Set(['absent', 'unknown']);

/** Puts each finding on the first node that it lies on, and works out how every node stands. */
export class Placing {
  readonly #facts: Facts;
  readonly #left: Set<Diagnostic>;
  readonly #say: (finding: Diagnostic) => string;

  constructor(facts: Facts, found: readonly Diagnostic[], say: (finding: Diagnostic) => string) {
    this.#facts = facts;
    this.#left = new Set(found);
    this.#say = say;
  }

  /** The findings that no node has taken. */
  get left(): readonly Diagnostic[] {
    return [...this.#left];
  }

  /** The node of a draft, those below it first: the nearer a node is to a fault, the more it tells. */
  node({ kind, label, detail = '', state = 'ok', anchors, children = [] }: Draft): StatusNode {
    const below = children.map((child) => this.node(child));
    const findings = anchors === undefined ? [] : this.#take(anchors);
    const states = [
      state,
      ...findings.map(stateOf),
      ...below.map((child) => child.state).filter((each) => !SILENT.has(each)),
    ];
    const worst = states.reduce((one, other) => (ORDER.indexOf(other) > ORDER.indexOf(one) ? other : one));
    return { kind, label, detail, state: worst, findings, children: below };
  }

  #take(anchors: NonNullable<Draft['anchors']>): StatusFinding[] {
    const spans = (anchors.records ?? []).map(({ facts, record }) => facts.place(record, 'entry'));
    const certificates = (anchors.certificates ?? []).map((index) => this.#facts.certificates[index]);
    const soa = this.#facts.rrset(this.#facts.zone.apex, TYPE.SOA)[0];
    const whole = soa === undefined ? undefined : this.#facts.place(soa, 'entry');
    const taken: StatusFinding[] = [];
    for (const finding of this.#left) {
      const { place, rule } = finding;
      const mine =
        spans.some((span) => lies(place, span)) ||
        certificates.some(
          (given) => given !== undefined && place.file.name === given.file && overlap(place.span, given.span),
        ) ||
        anchors.files?.includes(place.file.name) === true ||
        (anchors.rules?.test(rule) === true && (whole === undefined || lies(place, whole)));
      if (!mine) continue;
      this.#left.delete(finding);
      taken.push({ rule, severity: finding.severity, message: this.#say(finding) });
    }
    return taken;
  }
}

function stateOf({ severity }: StatusFinding): StatusState {
  if (severity === 'error') return 'broken';
  return severity === 'warning' ? 'warning' : 'ok';
}

function lies(place: Place, within: Place): boolean {
  return place.file.name === within.file.name && overlap(place.span, within.span);
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < Math.max(one.end, one.start + 1);
}
