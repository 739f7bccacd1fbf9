// One APDU against the state of its card: which file it means, and what a selection changes.

import { keep, type Mapped } from '../../base/bytemap.ts';
import type { Cursor } from '../../base/cursor.ts';
import type { Context } from '../../base/dissector.ts';
import { type Apdu, describeStatus, hasMore, type Range, succeeded } from './apdu.ts';
import { type Card, type CardFile, type Channel, channelOf, fileOf, selectBy, selectedFile } from './card.ts';
import { giveUp, tellOnce } from './documents.ts';
import { PKCS15 } from './pkcs15.ts';
import { simRules } from './rules.ts';

export const hex = (b: Uint8Array): string => Array.from(b, (v) => v.toString(16).padStart(2, '0')).join('');

/** Short file identifiers in the USIM that matter here (3GPP TS 31.102 Annex H). */
const SHORT_IDENTIFIERS: Readonly<Record<number, string>> = { 7: '6f07' };

export class Exchange {
  readonly card: Card;
  readonly channel: Channel;
  readonly c: Cursor;
  readonly ctx: Context;
  readonly a: Apdu;

  constructor(card: Card, c: Cursor, ctx: Context, a: Apdu) {
    this.card = card;
    this.channel = channelOf(card, a.cla);
    this.c = c;
    this.ctx = ctx;
    this.a = a;
  }

  bytes(r: Range): Uint8Array {
    return this.c.bytes.subarray(r.start, r.start + r.length);
  }

  mapped(r: Range): Mapped {
    return keep({ bytes: this.bytes(r), map: this.ctx.origin(r.start, r.length) });
  }

  file(fid: string): CardFile {
    const { card, ctx, channel } = this;
    return fileOf(card, channel.path, fid, (dropped) => {
      tellOnce(card, ctx, simRules.files, `${card.files.size} files`);
      giveUp(card, dropped, ctx);
    });
  }

  /** The selected file, or one without a name where its selection was not seen. */
  selected(): CardFile {
    const { channel } = this;
    if (channel.file !== null) return channel.file;
    const { doubtful } = channel;
    channel.doubtful = null;
    if (doubtful !== null) channel.path = doubtful.path;
    channel.file = this.file(doubtful?.fid ?? '');
    return channel.file;
  }

  /** The selected file, whose identifier the card said. */
  named(fid: string): CardFile {
    return this.channel.doubtful?.fid === fid ? this.selected() : this.file(fid);
  }

  /** The file that P1 and P2 of a binary command mean, and the offset in it. A short identifier selects. */
  binary(): { readonly file: CardFile; readonly offset: number } {
    const { p1, p2 } = this.a;
    if ((p1 & 0x80) === 0) return { file: this.selected(), offset: (p1 << 8) | p2 };
    const short = p1 & 0x1f;
    this.channel.file = this.file(SHORT_IDENTIFIERS[short] ?? `sfi ${short}`);
    return { file: this.channel.file, offset: p2 };
  }

  /** The file of a record command; null where none is selected. */
  recordFile(): CardFile | null {
    const short = this.a.p2 >> 3;
    if (short !== 0 && short !== 31) this.channel.file = this.file(`sfi ${short}`);
    return this.channel.file;
  }

  name(file: CardFile): string {
    return this.card.provisioning.get(file.fid)?.name ?? file.fid.toUpperCase();
  }
}

export function select(x: Exchange): void {
  const { a, channel, card, ctx } = x;
  channel.awaits = null;
  const data = hex(x.bytes(a.command));
  if (!succeeded(a.status)) {
    const refused = a.status ?? 0;
    const name = card.provisioning.get(data.slice(-4))?.name;
    if (a.p1 === 0x04 && data.startsWith(PKCS15)) tellOnce(card, ctx, simRules.noApplication, describeStatus(refused));
    else if (name !== undefined)
      tellOnce(card, ctx, simRules.refused, `SELECT of EF ${name}: ${describeStatus(refused)}`);
    return;
  }
  const fid = selectBy(channel, a.p1, data);
  channel.file = fid === '' ? null : x.file(fid);
  const last = channel.path.at(-1) ?? '';
  const looksLikeDirectory = fid === '' && last.length === 4 && data.endsWith(last);
  channel.doubtful = looksLikeDirectory ? { path: channel.path.slice(0, -1), fid: last } : null;
  if (a.response.length > 0) selection(x, x.bytes(a.response));
  else if (hasMore(a.status)) channel.awaits = 'selection';
}

/** What the card says of what was selected goes before what was concluded. */
export function selection(x: Exchange, response: Uint8Array): void {
  const { channel } = x;
  channel.awaits = null;
  const said = selectedFile(response);
  if (said.directory === true) {
    if (channel.file !== null && said.fid !== null && said.fid === channel.file.fid)
      channel.path = [...channel.path, said.fid];
    channel.file = null;
    channel.doubtful = null;
    return;
  }
  if (said.directory === false && channel.file === null)
    channel.file = said.fid === null ? x.selected() : x.named(said.fid);
  if (channel.file !== null && said.size !== null) channel.file.size = said.size;
}
