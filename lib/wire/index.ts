export { OPCODE, opcodeToText, RCODE, rcodeToText } from './codes.ts';
export { type DecodedMessage, decodeMessage } from './decode.ts';
export { OPTION } from './edns.ts';
export { type EncodedMessage, type EncodeOptions, encodeMessage, MAX_MESSAGE } from './encode.ts';
export {
  type ExtendedError,
  extendedErrorOption,
  extendedErrors,
  meansBogus,
  sayExtendedError,
} from './extended-errors.ts';
export { FrameReader, frame } from './frames.ts';
export {
  type Edns,
  type EdnsOption,
  type Header,
  type Message,
  type Question,
  queryFor,
  type ResourceRecord,
} from './message.ts';
export { type MessageProblem, type MessageProblemCode, sayMessageProblem } from './problem.ts';
export type { TsigCheck, TsigSigning } from './tsig.ts';
export { checkTsig, signMessage } from './tsig.ts';
export type { TsigAlgorithm, TsigKeysRead } from './tsig-keys.ts';
export { readTsigKey, readTsigKeyFile, TsigKey, TsigKeys } from './tsig-keys.ts';
export { TsigSigner, TsigStreamCheck } from './tsig-stream.ts';
