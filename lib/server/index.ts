export { answer } from './answer.ts';
export {
  type Answered,
  type AnswerOutcome,
  type AnswerSummary,
  DEFAULT_OPTIONS,
  type EdnsFacts,
  type Exchange,
  type ServerOptions,
  type Settings,
  type Transport,
} from './exchange.ts';
export type {
  Delivery,
  Fault,
  FaultAction,
  FaultFile,
  FaultHandler,
  FaultState,
  FaultStep,
  FaultTrigger,
  OneOrMore,
  QuerySelector,
} from './faults/fault.ts';
export { type Faulted, type FaultProblem, FaultSet, type FaultStatus, type FaultWorld } from './faults/fault-set.ts';
export { FAULT_PRESETS, type FaultPreset } from './faults/presets.ts';
export { sentSummary } from './faults/sent.ts';
export { QueryHistory } from './history.ts';
export type { QueryRecord } from './query-record.ts';
export { type RecordOrder, type Rotation, recordOrder, type SetPlace } from './record-order.ts';
export type { ServedZone } from './served-zone.ts';
export { ServedZones } from './served-zones.ts';
export type { Elsewhere, FromElsewhere } from './test-server.ts';
export { type Reply, TestServer, type TestServerOptions, type TestServerWorld } from './test-server.ts';
export { transfer } from './transfer.ts';
