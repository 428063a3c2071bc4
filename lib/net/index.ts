export { type AskFailure, type AskOptions, type AskResult, askServer } from './ask.ts';
export { observe } from './probe-findings.ts';
export type { Observation } from './probe-observation.ts';
export type { ProbedPlace } from './probe-place.ts';
export type { ProbeMode, ProbeQuestion, ProbeResult, ProbeWorld } from './probe-result.ts';
export { parseServerAddress, type ServerAddress, serverText } from './server-address.ts';
export { type LoggedQuery, type ServerLookup, serverLookup } from './server-lookup.ts';
export { probeHost } from './smtp-probe.ts';
