// Provisioning documents in files of a card.

import type { Finding, Rule } from '../../../captures/finding.ts';
import { type Mapped, sliceMapped } from '../../base/bytemap.ts';
import { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { decodeWbxml } from '../../content/wbxml/decode.ts';
import { WBXML } from '../../content/wbxml/rules.ts';
import type { Card, CardFile, Pending } from './card.ts';
import { simRules } from './rules.ts';

export const CONTENT_TYPE = 'application/vnd.wap.connectivity-wbxml';
/** WBXML 1.1 to 1.3, public identifier of Client Provisioning (OMA-WAP-TS-ProvCont-V1_1 7.1). */
const PUBLIC_ID = 0x0b;
const SHORTEST = 5;
/** Documents of one file that are told. */
const MOST_TOLD = 64;

const looksLikeProvisioning = (b: Uint8Array): boolean => b[0]! >= 1 && b[0]! <= 3 && b[1] === PUBLIC_ID;
const equal = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((v, i) => v === b[i]);
const isBlank = (b: Uint8Array): boolean => b.every((v) => v === 0xff || v === 0x00);

/** Octets up to the END that balances the root; null where the document goes on. */
function documentLength(b: Uint8Array): number | null {
  const findings: Finding[] = [];
  const { document } = decodeWbxml(new Cursor(b, 0, b.length, null, findings, 'body'), { contentType: CONTENT_TYPE });
  const broken = findings.some((x) => x.rule === WBXML.truncated || x.rule === WBXML.unterminatedString);
  return document.root === null || broken ? null : document.length;
}

/** 'Bootstrap', or the identifier of a file that no directory names. */
const nameOf = (card: Card, file: CardFile): string =>
  card.provisioning.get(file.fid)?.name ?? (file.fid === '' ? 'not selected in the trace' : file.fid.toUpperCase());

export function tellOnce(card: Card, ctx: Context, rule: Rule, message: string): void {
  const key = `${rule.code} ${message}`;
  if (card.said.has(key) || card.said.size > 1024) return;
  card.said.add(key);
  const finding: Finding = { rule, message, of: 'frame', start: 0, length: 0 };
  ctx.sink.finding({ frame: ctx.frame, time: ctx.time, finding });
}

function emit(card: Card, file: CardFile, ctx: Context, at: Pending, whole: Mapped, data: Mapped, cut: boolean): void {
  const before = file.told.some((t) => t.verb === at.verb && equal(t.bytes, data.bytes));
  if (before || file.told.length >= MOST_TOLD) return;
  file.told.push({ verb: at.verb, bytes: data.bytes });
  const findings: Finding[] = [];
  if (cut) {
    const size = file.size === null ? '' : ` of ${file.size}`;
    const message = `${data.bytes.length}${size} octets were ${at.verb === 'read' ? 'read' : 'written'}`;
    findings.push({ rule: simRules.incomplete, message, of: 'pdu', start: 0, length: data.bytes.length });
  }
  ctx.sink.datagram({
    bearer: 'sim-apdu',
    operation: `EF ${nameOf(card, file)} ${at.verb}`,
    direction: 'mt',
    from: null,
    to: null,
    imsi: card.imsi,
    ports: null,
    time: at.time,
    frame: at.frame,
    content: 'wbxml',
    contentType: CONTENT_TYPE,
    data,
    pdu: whole,
    dissector: 'sim-file',
    chosenBy: card.provisioning.has(file.fid) ? 'PKCS#15 directory of the card' : 'content of the file',
    answerKey: null,
    findings,
    ...(cut ? { cut: true } : {}),
  });
}

interface Found {
  readonly whole: Mapped;
  /** null: goes on behind what is known. */
  readonly length: number | null;
  /** All of the file, or of its part, is known. */
  readonly all: boolean;
}

/** A document at the beginning of what is known of the file; null where there is none. */
function find(card: Card, file: CardFile, verb: Pending['verb']): Found | null {
  const entry = card.provisioning.get(file.fid);
  const image = verb === 'read' ? file.read : file.written;
  const known = image.from(entry?.offset ?? 0);
  const most = entry?.length ?? (file.size === null ? null : file.size - (entry?.offset ?? 0));
  const whole = most === null ? known : sliceMapped(known, 0, Math.min(most, known.bytes.length));
  const { bytes } = whole;
  if (bytes.length < SHORTEST || !(entry === undefined ? looksLikeProvisioning(bytes) : bytes[0]! <= 3)) return null;
  return { whole, length: documentLength(bytes), all: most !== null && bytes.length >= most };
}

/** Looks for a document after octets of the file became known, and tells of it when it is complete. */
export function checkFile(card: Card, file: CardFile, ctx: Context, verb: Pending['verb']): void {
  const at: Pending = { verb, time: ctx.time, frame: ctx.frame };
  const name = card.provisioning.get(file.fid)?.name;
  const image = verb === 'read' ? file.read : file.written;
  const found = find(card, file, verb);
  if (found === null) {
    const { bytes } = image.from(0);
    const all = file.size !== null && bytes.length >= file.size;
    if (name !== undefined && all && isBlank(bytes)) tellOnce(card, ctx, simRules.empty, `EF ${name}`);
    return;
  }
  const { whole, length, all } = found;
  file.pending = length === null && !all ? at : null;
  if (length === null && !all) return;
  emit(card, file, ctx, at, whole, sliceMapped(whole, 0, length ?? whole.bytes.length), false);
}

/** Nothing more will be known of the file: what there is of a document is told. */
export function giveUp(card: Card, file: CardFile, ctx: Context): void {
  const { pending } = file;
  file.pending = null;
  if (pending === null) return;
  const found = find(card, file, pending.verb);
  if (found !== null) emit(card, file, ctx, pending, found.whole, found.whole, true);
}
