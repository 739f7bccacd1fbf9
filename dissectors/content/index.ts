// What is in a push.

export { type BodyHint, CONTENT as CONTENT_RULES, decodeBody, decodePort } from './decode.ts';
export type { ContentKind, DecodedContent, Detail } from './kinds.ts';
export { portName } from './ports.ts';
export { isSecretParm } from './provisioning/secrets.ts';
