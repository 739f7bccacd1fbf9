// HMAC-SHA256, which no method prescribes and some senders use.

import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

export const hmac256 = (key: Uint8Array, text: Uint8Array): Uint8Array => hmac(sha256, key, text);
