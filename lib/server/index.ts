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
export { ServedZones } from './served-zones.ts';
export { transfer } from './transfer.ts';
