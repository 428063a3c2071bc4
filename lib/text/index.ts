export type {
  Args,
  Diagnostic,
  Fix,
  Place,
  Related,
  Severity,
  SourceFile,
  Span,
} from './diagnostic.ts';
export { applyEdits, type Edit, type EditPlan, planEdits } from './edits.ts';
export {
  CLOSE_TOKEN,
  COMMENT_TOKEN,
  Entry,
  type EntryFault,
  type EntryProblem,
  NEWLINE_TOKEN,
  OPEN_TOKEN,
  QUOTED_TOKEN,
  SPACE_TOKEN,
  scanEntry,
  WORD_TOKEN,
} from './entry.ts';
export { LineTable, type Position } from './lines.ts';
export { ByteSink } from './sink.ts';
