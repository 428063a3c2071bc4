export { entrySpan, lookAt, partSpan, type RecordLook, trailingComment } from './look.ts';
export { lookup, type Outcome } from './lookup.ts';
export { NameTable } from './names.ts';
export { READ_LIMITS, type ReadInclude, type ReadLimits, type ReadOptions } from './options.ts';
export { findOrigin, originOfFileName } from './origin.ts';
export { readZone } from './read.ts';
export { ZoneTree } from './tree.ts';
export { type BrokenEntry, type Directive, Zone, type ZoneProblem } from './zone.ts';
