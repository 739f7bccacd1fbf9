// The dialogue portion: which application context, whether it was accepted, and what the users add.

import { type Element, eachElement, inside, leaf, octetsLeaf } from '../../../asn1/ber.ts';
import { integerOf, objectIdentifierOf } from '../../../asn1/values.ts';
import type { Cursor } from '../../../base/cursor.ts';
import { tcapFields as f } from './fields.ts';
import { enumerated, mapDialogue } from './mapdialogue.ts';
import { mapContexts, providerDiagnostics, results, userDiagnostics } from './names.ts';
import type { ApplicationContext, DialoguePortion } from './types.ts';

const TAG = {
  objectIdentifier: 0x06,
  external: 0x28,
  singleType: 0xa0,
  request: 0x60,
  response: 0x61,
  abort: 0x64,
  version: 0x80,
  abortSource: 0x80,
  contextName: 0xa1,
  result: 0xa2,
  diagnostic: 0xa3,
  userInformation: 0xbe,
} as const;

type Reading = { -readonly [K in keyof DialoguePortion]: DialoguePortion[K] };

// ITU-T Q.773 3.2, 4.2.3: EXTERNAL with a dialogue PDU. The cursor spans its contents.
export function readDialoguePortion(c: Cursor): DialoguePortion {
  const out: Reading = { kind: 'other', context: null, refused: null, user: null };
  eachElement(c, (e) => {
    if (e.tag !== TAG.external) return false;
    inside(c, f.external, e, (body) => readExternal(body, (t) => dialoguePdu(t, out)));
    return true;
  });
  return out;
}

/** X.690 8.18: which type, then its value; `read` gets the value. */
function readExternal(c: Cursor, read: (value: Cursor) => void): void {
  eachElement(c, (e) => {
    if (e.tag === TAG.objectIdentifier) {
      if (c.rec !== null) leaf(c, f.identifier, e, objectIdentifierOf(c.bytes, e.start, e.end));
    } else if (e.tag === TAG.singleType) inside(c, f.singleType, e, read);
    else return false;
    return true;
  });
}

function dialoguePdu(c: Cursor, out: Reading): void {
  eachElement(c, (e) => {
    if (e.tag === TAG.request) {
      out.kind = 'request';
      inside(c, f.dialogueRequest, e, (body) => associate(body, out));
    } else if (e.tag === TAG.response) {
      out.kind = 'response';
      inside(c, f.dialogueResponse, e, (body) => associate(body, out));
    } else if (e.tag === TAG.abort) {
      out.kind = 'abort';
      inside(c, f.dialogueAbort, e, (body) => abort(body, out));
    } else {
      return false;
    }
    return true;
  });
}

// 4.2.3, AARQ-apdu, AARE-apdu.
function associate(c: Cursor, out: Reading): void {
  eachElement(c, (e) => {
    switch (e.tag) {
      case TAG.version:
        octetsLeaf(c, f.protocolVersion, e);
        return true;
      case TAG.contextName:
        inside(c, f.contextName, e, (body) => {
          out.context = contextName(body);
        });
        return true;
      case TAG.result:
        inside(c, f.result, e, (body) => {
          if (enumerated(body, f.resultValue, results) === 1) out.refused ??= 'refused';
        });
        return true;
      case TAG.diagnostic:
        inside(c, f.diagnostic, e, (body) => diagnostic(body, out));
        return true;
      case TAG.userInformation:
        userInformation(c, e, out);
        return true;
      default:
        return false;
    }
  });
}

function contextName(c: Cursor): ApplicationContext | null {
  let found: ApplicationContext | null = null;
  eachElement(c, (e) => {
    if (e.tag !== TAG.objectIdentifier) return false;
    found = contextAt(c.bytes, e.start, e.end);
    if (c.rec !== null) leaf(c, f.context, e, found.oid, describeContext(found));
    return true;
  });
  return found;
}

/** 3GPP TS 29.002 17.3.2: {ccitt(0) identified-organization(4) etsi(0) mobileDomain(0) gsm-Network(1) map-ac(0) n v}. */
const MAP_CONTEXT = [0x04, 0x00, 0x00, 0x01, 0x00] as const;
const MAP_CONTEXT_SIZE = MAP_CONTEXT.length + 2;

/** MAP contexts that were met: there are few of them, in every message. */
const known = new Map<number, ApplicationContext>();

const isMapContext = (b: Uint8Array, at: number): boolean =>
  MAP_CONTEXT.every((v, i) => b[at + i] === v) && b[at + 5]! < 0x80 && b[at + 6]! < 0x80;

/** The context whose object identifier is octets [start, end). */
export function contextAt(b: Uint8Array, start: number, end: number): ApplicationContext {
  if (end - start !== MAP_CONTEXT_SIZE || !isMapContext(b, start)) {
    return { oid: objectIdentifierOf(b, start, end), map: null, version: null };
  }
  const key = b[start + 5]! * 256 + b[start + 6]!;
  let found = known.get(key);
  if (found === undefined) {
    found = { oid: objectIdentifierOf(b, start, end), map: b[start + 5]!, version: b[start + 6]! };
    known.set(key, found);
  }
  return found;
}

/** Tag and length of an object identifier as long as those of MAP contexts. */
const IDENTIFIER_TAG = TAG.objectIdentifier;

/** The MAP context named in a dialogue portion, without reading all of it; null where none is. */
export function peekContext(c: Cursor): ApplicationContext | null {
  const b = c.bytes;
  for (let at = c.pos; at + 2 + MAP_CONTEXT_SIZE <= c.end; at++) {
    if (b[at] !== IDENTIFIER_TAG || b[at + 1] !== MAP_CONTEXT_SIZE || !isMapContext(b, at + 2)) continue;
    return contextAt(b, at + 2, at + 2 + MAP_CONTEXT_SIZE);
  }
  return null;
}

/** 'shortMsgMT-RelayContext-v3', or the object identifier. */
export function describeContext(a: ApplicationContext): string {
  if (a.map === null) return a.oid;
  const name = mapContexts[a.map];
  return name === undefined ? `MAP context ${a.map}, version ${a.version}` : `${name}-v${a.version}`;
}

function diagnostic(c: Cursor, out: Reading): void {
  eachElement(c, (e) => {
    const provider = e.tag === 0xa2;
    if (e.tag !== 0xa1 && !provider) return false;
    inside(c, provider ? f.diagnosticProvider : f.diagnosticUser, e, (body) => {
      const names = provider ? providerDiagnostics : userDiagnostics;
      const v = enumerated(body, f.diagnosticValue, names);
      if (v !== null && v !== 0) out.refused = names[v] ?? `diagnostic ${v}`;
    });
    return true;
  });
}

// 4.2.3, ABRT-apdu.
function abort(c: Cursor, out: Reading): void {
  eachElement(c, (e) => {
    if (e.tag === TAG.abortSource) {
      const v = integerOf(c, e);
      leaf(c, f.abortSource, e, v, v === 0 ? 'dialogue service user' : 'dialogue service provider');
      if (v === 1) out.refused ??= 'aborted by the dialogue service provider';
    } else if (e.tag === TAG.userInformation) {
      userInformation(c, e, out);
    } else {
      return false;
    }
    return true;
  });
}

function userInformation(c: Cursor, e: Element, out: Reading): void {
  inside(c, f.userInformation, e, (body) => {
    eachElement(body, (x) => {
      if (x.tag !== TAG.external) return false;
      inside(body, f.external, x, (inner) =>
        readExternal(inner, (value) => {
          out.user = mapDialogue(value);
        }),
      );
      return true;
    });
  });
}
