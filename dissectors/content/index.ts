// What is in a push.

export { type BodyHint, CONTENT as CONTENT_RULES, decodeBody } from './decode.ts';
export type { ContentKind, DecodedContent, Detail } from './kinds.ts';
export { isSecretParm } from './provisioning/secrets.ts';
