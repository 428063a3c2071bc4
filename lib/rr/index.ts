export {
  canonicalRdata,
  checkRdata,
  type FieldSpan,
  fieldSpans,
  nameField,
  type PrintOptions,
  parseRdata,
  printRdata,
  type RdataCheck,
  type RdataJson,
  rdataFromJson,
  rdataFromText,
  rdataToJson,
  readField,
  type TextContext,
  writeRdata,
} from './codec.ts';
export type { Field, JsonValue, KindName } from './kind.ts';
export {
  compareNames,
  concatNames,
  equalNames,
  isHostName,
  isWithin,
  labelCount,
  labelsOf,
  looksLikeAddress,
  lowerName,
  MAX_LABEL,
  MAX_NAME,
  nameFromText,
  nameKey,
  nameLength,
  nameToText,
  parentOf,
  ROOT,
  readNameWord,
} from './name.ts';
export { NOTES, type Problem, type ProblemCode, type Report } from './problem.ts';
export { sayProblem } from './say.ts';
export { MAX_PERIOD, MAX_TTL, NO_PERIOD, PERIOD_OUT_OF_RANGE, readPeriod } from './ttl.ts';
export {
  CLASSES,
  classFromBytes,
  classToText,
  nearestType,
  TYPE,
  TYPES,
  type TypeRow,
  typeFromBytes,
  typeFromText,
  typeRow,
  typeToText,
} from './types.ts';
export type { Mnemonic } from './types-table.ts';
