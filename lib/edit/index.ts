export { applyEdits, type Edit, inverse, type OctetEdit } from '../text/edits.ts';
export type { SerialStyle } from '../zone/serial.ts';
export { type AppliedChange, applyChange } from './apply-change.ts';
export {
  a,
  aaaa,
  type Built,
  build,
  type CaaValues,
  caa,
  clientMx,
  cname,
  type FieldsOf,
  mx,
  ns,
  ptr,
  record,
  recordOfFields,
  recordWith,
  srv,
  type TextValue,
  type TlsaValues,
  tlsa,
  txt,
} from './builders.ts';
export {
  addRecord,
  addRecords,
  type Change,
  type CommentFate,
  commentOut,
  insertText,
  moveRecord,
  moveRecords,
  type NewRecord,
  raiseSerial,
  removeRecord,
  removeRecords,
  removeRrset,
  replaceRecord,
  replaceRrset,
  setOwner,
  setRrsetTtl,
  setTtl,
  uncomment,
  type Where,
} from './change.ts';
export { type ChangeOptions, type ChangeResult, changeEdits } from './change-edits.ts';
export { type ChangeProblem, type ChangeProblemCode, sayChangeProblem } from './change-problem.ts';
export { type DiffOptions, diffZones, type RrsetChange, type ZoneDiff } from './diff.ts';
export { applyDiff } from './diff-apply.ts';
export { diffToJson } from './diff-json.ts';
export { type NsupdateScript, nsupdateScript } from './diff-nsupdate.ts';
export { findRenames, type Rename } from './diff-renames.ts';
export type { FileEdits } from './file-writer.ts';
export { type FormatFollower, type FormatInput, type Formatted, formatFile } from './format.ts';
export { FORMAT_OPTIONS, type FormatOptions } from './format-options.ts';
export { specOfZone } from './generate-from-zone.ts';
export { generateInto, type IntoProblem, type IntoResult } from './generate-into.ts';
export type {
  MailPlan,
  MailPolicy,
  MailRecord,
  MailSection,
  MailZone,
  SpecFiles,
  SpecProblem,
} from './generate-plan.ts';
export { readMailSpec } from './generate-spec.ts';
export { sectionsText, wholeZoneText } from './generate-text.ts';
export { applyFileEdits, type RereadOptions } from './reread.ts';
export { type SerialChange, serialChange, serialOf } from './serial.ts';
