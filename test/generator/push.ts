// Pushes with and without protection, in parts.

import { encodePush } from '../../dissectors/wap/encode.ts';
import { CP_TYPE } from './documents.ts';
import { mac, SEC } from './keys.ts';
import { type SplitOptions, splitUserData } from './sms.ts';

/** A provisioning push whose MAC is made with `key`. `signed`: what the MAC is made over, if not the body. */
export const protectedPush = (
  method: keyof typeof SEC,
  key: Uint8Array,
  body: Uint8Array,
  signed: Uint8Array = body,
): Uint8Array => encodePush({ contentType: CP_TYPE, sec: SEC[method], mac: mac(key, signed), body });

export const openPush = (body: Uint8Array): Uint8Array => encodePush({ contentType: CP_TYPE, body });

export const typedPush = (contentType: string, body: Uint8Array, application?: string): Uint8Array =>
  encodePush({
    contentType,
    ...(application === undefined ? {} : { headers: [{ name: 'X-Wap-Application-Id', value: application }] }),
    body,
  });

export const parts = (push: Uint8Array, reference: number, more: Partial<SplitOptions> = {}): Uint8Array[] =>
  splitUserData(push, { reference, ...more });
