// Wireless Session Protocol.

export { looksLikePush } from './looks.ts';
export { type MediaText, parseMediaType } from './mediatext.ts';
export { mediaTypeName } from './mediatypes.ts';
export { decodeWsp, type WspOptions } from './pdu.ts';
export { WSP as WSP_RULES } from './rules.ts';
