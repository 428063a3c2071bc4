import { decodeMessage } from '../../wire/decode.ts';
import { HEADER_LENGTH, readHeader } from '../../wire/header.ts';
import type { AnswerSummary } from '../exchange.ts';
import type { QueryRecord } from '../query-record.ts';

/** What can be said of a query and of the reply that really went out, after the faults. */
export function sentSummary({
  summary,
  response,
  faults,
}: Pick<QueryRecord, 'summary' | 'response' | 'faults'>): AnswerSummary {
  if (faults.length === 0) return summary;
  const answerSize = response?.length ?? 0;
  if (response === undefined || answerSize < HEADER_LENGTH)
    return { ...summary, rcode: undefined, authoritative: false, truncated: false, answerSize };
  const read = decodeMessage(response);
  const { rcode, authoritative, truncated } = 'message' in read ? read.message : readHeader(response);
  return { ...summary, rcode, authoritative, truncated, answerSize };
}
