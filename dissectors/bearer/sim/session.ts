// A trace of a card, APDU by APDU: what is selected, read and written, and what that tells.

import { concatMapped, keep, type Mapped } from '../../base/bytemap.ts';
import { type Cursor, runLayer } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { describeStatus, INS, type Range, readApdu, succeeded } from './apdu.ts';
import { type Card, type CardFile, newCard } from './card.ts';
import { checkFile, giveUp, tellOnce } from './documents.ts';
import { Exchange, hex, select, selection } from './exchange.ts';
import { identity, number } from './identity.ts';
import { type CardMessage, smsRecord, tellMessage, toolkitObject } from './messages.ts';
import { provisioningEntries } from './pkcs15.ts';
import { simRules } from './rules.ts';

export interface Cards {
  /** In order of use. */
  readonly cards: Map<string, Card>;
  /** Pieces of the APDU that is being sent, by card. */
  readonly pieces: Map<string, Mapped[]>;
}

const MOST_CARDS = 64;
export const newCards = (): Cards => ({ cards: new Map(), pieces: new Map() });

export function cardOf(m: Cards, name: string, ctx: Context): Card {
  const found = m.cards.get(name) ?? newCard(name);
  m.cards.delete(name);
  m.cards.set(name, found);
  if (m.cards.size > MOST_CARDS) {
    const [oldest] = m.cards;
    if (oldest !== undefined) {
      m.cards.delete(oldest[0]);
      m.pieces.delete(oldest[0]);
      endCard(oldest[1], ctx);
    }
  }
  return found;
}

/** The card was reset, or the trace is over. */
export function endCard(card: Card, ctx: Context): void {
  for (const file of card.files.values()) giveUp(card, file, ctx);
  card.channels.clear();
}

/** 3GPP TS 31.102 4.2.2, 4.2.25, 4.2.26 */
const EF_IMSI = '6f07';
const EF_SMS = '6f3c';
const EF_MSISDN = '6f40';

/** The file's octets changed or became known. */
function known(x: Exchange, file: CardFile, verb: 'read' | 'updated'): void {
  const { card, ctx } = x;
  if (file.fid === EF_IMSI) identity(x, file, verb);
  const { bytes } = (verb === 'read' ? file.read : file.written).from(0);
  for (const entry of provisioningEntries(bytes)) {
    if (card.provisioning.has(entry.fid)) continue;
    card.provisioning.set(entry.fid, entry);
    tellOnce(card, ctx, simRules.named, `${entry.name} is EF ${entry.path.toUpperCase()}`);
    for (const other of card.files.values()) {
      if (other.fid !== entry.fid) continue;
      if (!other.written.isEmpty) checkFile(card, other, ctx, 'updated');
      if (!other.read.isEmpty) checkFile(card, other, ctx, 'read');
    }
  }
  checkFile(card, file, ctx, verb);
}

function refusal(x: Exchange, file: CardFile, what: string): boolean {
  const { a, card, ctx } = x;
  if (succeeded(a.status)) return false;
  // 6CXX only says which length to ask for.
  const again = a.status !== null && a.status >> 8 === 0x6c;
  if (card.provisioning.has(file.fid) && !again) {
    tellOnce(card, ctx, simRules.refused, `${what} of EF ${x.name(file)}: ${describeStatus(a.status ?? 0)}`);
  }
  return true;
}

function readBinary(x: Exchange): void {
  const { file, offset } = x.binary();
  if (refusal(x, file, 'READ BINARY') || x.a.response.length === 0) return;
  const octets = x.mapped(x.a.response);
  if (file.read.contradicts(offset, octets.bytes)) file.read.clear();
  file.read.put(offset, octets);
  known(x, file, 'read');
}

function updateBinary(x: Exchange): void {
  const { file, offset } = x.binary();
  if (refusal(x, file, 'UPDATE BINARY') || x.a.command.length === 0) return;
  // A file is written from its beginning, or changed in place.
  if (offset === 0) file.written.clear();
  else if (file.written.isEmpty) file.written.copyFrom(file.read);
  file.read.clear();
  file.written.put(offset, x.mapped(x.a.command));
  known(x, file, 'updated');
}

function record(x: Exchange, r: Range): void {
  const file = x.recordFile();
  if (file === null || !succeeded(x.a.status) || r.length === 0) return;
  if (file.fid === EF_MSISDN) number(x, x.bytes(r));
}

/** Records of EF SMS, and objects of the toolkit: read where they stand, for the tree as well. */
function messageIn(
  x: Exchange,
  r: Range,
  read: (c: Cursor) => CardMessage | null,
  dissector: string,
  operation: string,
): void {
  const { c, ctx, card, a } = x;
  const before = c.findings.length;
  c.pos = r.start;
  const w = c.window(r.length);
  const m = runLayer(w, () => read(w)) ?? null;
  const key = `${operation} ${hex(x.bytes(r))}`;
  const refused = !succeeded(a.status) && dissector === 'sim-sms';
  if (m === null || refused || card.records.has(key)) {
    c.findings.length = before;
    return;
  }
  if (card.records.size < 4096) card.records.add(key);
  const answerKey = operation.startsWith('ENVELOPE') ? `${card.name}/sim/${ctx.frame}.${r.start}` : null;
  tellMessage(c, ctx, m, { operation, imsi: card.imsi, ...r, dissector, answerKey, before });
  if (answerKey === null || a.status === null) return;
  const ok = succeeded(a.status);
  ctx.sink.answer({
    bearer: 'sim-apdu',
    operation: 'status of the card',
    answerKey,
    time: ctx.time,
    frame: ctx.frame,
    ok,
    temporary: a.status === 0x9300,
    code: ok ? null : a.status.toString(16).toUpperCase(),
    text: ok ? 'the card has it' : describeStatus(a.status),
    messageId: null,
    ...(ok ? { delivered: true } : {}),
  });
}

/** Reads data that have a structure of their own; the rest stays plain octets. */
function data(x: Exchange): void {
  const { a, channel } = x;
  if (a.ins === INS.envelope && a.command.length > 0 && x.c.bytes[a.command.start] === 0xd1) {
    messageIn(x, a.command, toolkitObject, 'sim-toolkit', 'ENVELOPE (SMS-PP download)');
  } else if (a.ins === INS.fetch && a.response.length > 0 && x.c.bytes[a.response.start] === 0xd0) {
    messageIn(x, a.response, toolkitObject, 'sim-toolkit', 'SEND SHORT MESSAGE');
  } else if ((a.ins === INS.readRecord || a.ins === INS.updateRecord) && channel.file?.fid === EF_SMS) {
    const reads = a.ins === INS.readRecord;
    const r = reads ? a.response : a.command;
    // P2 4: the record of number P1; else the one before, behind, or at the pointer.
    const which = (a.p2 & 7) === 4 && a.p1 !== 0 ? ` record ${a.p1}` : '';
    if (r.length > 1) messageIn(x, r, smsRecord, 'sim-sms', `EF SMS${which} ${reads ? 'read' : 'updated'}`);
  }
}

/** Reads one APDU, in the cursor's whole window, of a card. */
export function exchange(card: Card, c: Cursor, ctx: Context, hasStatus: boolean): void {
  const a = readApdu(c, hasStatus, (_, apdu) => data(new Exchange(card, c, ctx, apdu)));
  const x = new Exchange(card, c, ctx, a);
  if (a.ins === INS.select) select(x);
  else if (a.ins === INS.getResponse) {
    if (x.channel.awaits === 'selection' && succeeded(a.status)) selection(x, x.bytes(a.response));
  } else if (a.ins === INS.readBinary) readBinary(x);
  else if (a.ins === INS.updateBinary) updateBinary(x);
  else if (a.ins === INS.readRecord) record(x, a.response);
  else if (a.ins === INS.updateRecord) record(x, a.command);
  if (a.ins !== INS.getResponse && a.ins !== INS.select) x.channel.awaits = null;
}

/** Pieces of one APDU are kept up to this number; a data phase has a few. */
const MOST_PIECES = 64;

export function addPiece(m: Cards, name: string, piece: Mapped): void {
  const pieces = m.pieces.get(name) ?? [];
  if (pieces.length < MOST_PIECES) pieces.push(keep(piece));
  m.pieces.set(name, pieces);
}

/** The APDU that the pieces so far make up; null where there are none. */
export function takePieces(m: Cards, name: string): Mapped | null {
  const pieces = m.pieces.get(name);
  m.pieces.delete(name);
  return pieces === undefined ? null : concatMapped(pieces);
}
