import type { ActiveRule } from './active-rule.ts';
import type { Facts } from './facts.ts';
import type { Report } from './rule.ts';

/** Runs the check of a rule on facts. */
export type RunCheck = (active: ActiveRule, facts: Facts, report: Report) => void;

const SILENT: Report = { record() {}, text() {}, place() {}, zone() {}, certificate() {} };

/**
 * Tells of a rule whether it asks for something that this run was not given (certificates, policies, other zones, the past):
 * then its silence says nothing, and a comment about it may be needed when more is given.
 */
export class MissingInputs {
  private readonly facts: Facts;
  private readonly run: RunCheck;
  private readonly known = new Map<string, boolean>();
  private readonly shared = new Map<unknown, { readonly value: unknown; readonly missed: boolean }>();
  private readonly spy: Facts;
  private missed = false;

  constructor(facts: Facts, run: RunCheck) {
    this.facts = facts;
    this.run = run;
    this.spy = new Proxy(facts, { get: (_, key) => this.look(key as keyof Facts) });
  }

  misses(active: ActiveRule): boolean {
    const { id } = active.rule;
    let missed = this.known.get(id);
    if (missed === undefined) {
      this.missed = false;
      this.run(active, this.spy, SILENT);
      missed = this.missed;
      this.known.set(id, missed);
    }
    return missed;
  }

  private look(key: keyof Facts): unknown {
    const { facts } = this;
    switch (key) {
      case 'certificates':
      case 'policies':
        if (facts[key].length === 0) this.missed = true;
        return facts[key];
      case 'before':
        if (facts.before === undefined) this.missed = true;
        return facts.before;
      case 'zoneAt':
      case 'zoneFor':
        return (wire: Uint8Array) => this.other(facts[key](wire));
      case 'once':
        return (make: (facts: Facts) => unknown) => this.once(make);
    }
    const value = facts[key];
    return typeof value === 'function' ? value.bind(facts) : value;
  }

  private other(found: Facts | undefined): Facts | undefined {
    if (found === undefined) this.missed = true;
    return found === this.facts ? this.spy : found;
  }

  /** A shared table missed for one rule is missed for every rule that asks for it. */
  private once(make: (facts: Facts) => unknown): unknown {
    let made = this.shared.get(make);
    if (made === undefined) {
      const before = this.missed;
      this.missed = false;
      const value = make(this.spy);
      made = { value, missed: this.missed };
      this.shared.set(make, made);
      this.missed = before;
    }
    if (made.missed) this.missed = true;
    return made.value;
  }
}
