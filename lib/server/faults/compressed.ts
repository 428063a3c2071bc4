import { fieldSpans } from '../../rr/codec.ts';
import { typeRow } from '../../rr/types.ts';
import { ByteSink } from '../../text/sink.ts';
import { NameWriter } from '../../wire/compression.ts';
import { writeOpt } from '../../wire/edns.ts';
import { putU16, writeHeader } from '../../wire/header.ts';
import { type Message, type ResourceRecord, SECTIONS } from '../../wire/message.ts';

/** The octets of a message with the names in the RDATA of some types compressed, whether they may be or not (RFC 3597 §4). */
export function compressedMessage(message: Message, types: ReadonlySet<number>): Uint8Array {
  const out = new ByteSink(512);
  const names = new NameWriter(out);
  writeHeader(message, out);
  for (const { name, type, class: rrClass } of message.questions) {
    names.write(name, 0);
    out.u16(type);
    out.u16(rrClass);
  }
  for (const section of SECTIONS) {
    for (const record of message[section]) writeRecord(record, types, names, out);
  }
  if (message.edns !== undefined) writeOpt(message.edns, message.rcode, out);
  putU16(out.bytes, 4, message.questions.length);
  for (const [index, section] of SECTIONS.entries()) putU16(out.bytes, 6 + 2 * index, message[section].length);
  if (message.edns !== undefined) putU16(out.bytes, 10, message.additional.length + 1);
  return out.slice();
}

function writeRecord(
  { name, type, class: rrClass, ttl, rdata }: ResourceRecord,
  types: ReadonlySet<number>,
  names: NameWriter,
  out: ByteSink,
): void {
  names.write(name, 0);
  out.u16(type);
  out.u16(rrClass);
  out.u32(ttl);
  out.u16(0);
  const start = out.length;
  let at = 0;
  const fields = typeRow(type)?.fields ?? [];
  for (const [index, span] of fieldSpans(type, rdata).entries()) {
    const field = fields[index];
    if (field?.kind !== 'name' || (field.compression !== 'compress' && !types.has(type))) continue;
    out.put(rdata.subarray(at, span.start));
    names.write(rdata, span.start);
    at = span.end;
  }
  out.put(rdata.subarray(at));
  putU16(out.bytes, start - 2, out.length - start);
}
