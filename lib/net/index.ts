export { type AskFailure, type AskOptions, type AskResult, askServer } from './ask.ts';
export type { TlsTrust } from './ask-tls.ts';
export type { NotifyTarget } from './notify.ts';
export { Notifier } from './notify.ts';
export { observe } from './probe-findings.ts';
export type { Observation } from './probe-observation.ts';
export type { ProbedPlace } from './probe-place.ts';
export type { ProbeMode, ProbeQuestion, ProbeResult, ProbeWorld } from './probe-result.ts';
export { type SendOptions, type SentQuery, sendQuery } from './send-query.ts';
export { type RunningServer, startServer } from './serve.ts';
export {
  type Handle,
  type Handled,
  type ListenAt,
  ListenError,
  type OpenListener,
  SERVE_LIMITS,
  type ServeLimits,
  type ServeOptions,
  type TlsIdentity,
} from './serve-options.ts';
export { parseServerAddress, type ServerAddress, serverText } from './server-address.ts';
export { type LoggedQuery, type ServerLookup, serverLookup } from './server-lookup.ts';
export { probeHost } from './smtp-probe.ts';
