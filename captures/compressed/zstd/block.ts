// RFC 8878 3.1.1.3, compressed blocks: literals, then sequences of literals and matches.

import { Damage } from '../input.ts';
import { BackwardBits } from './bits.ts';
import { buildTable, type FseTable, readDistribution, singleSymbol } from './fse.ts';
import { type HuffmanTable, readStream, readTree } from './huffman.ts';
import { MAX_BLOCK, type Output } from './output.ts';
import {
  type Kind,
  LITERALS,
  LITERALS_BASE,
  LITERALS_BITS,
  MATCH_BASE,
  MATCH_BITS,
  MATCHES,
  OFFSETS,
} from './tables.ts';

const MAX_OFFSET_CODE = 30;

/** Decodes the compressed blocks of one frame; what blocks hand on to the next one lives here. */
export class BlockDecoder {
  #huffman: HuffmanTable | null = null;
  #literalsTable: FseTable | null = null;
  #offsetsTable: FseTable | null = null;
  #matchesTable: FseTable | null = null;
  readonly #repeated = new Uint32Array([1, 4, 8]);
  readonly #bits = new BackwardBits();
  readonly #buffer = new Uint8Array(MAX_BLOCK);
  /** Literals of this block: [from, to) of `in`. */
  #in: Uint8Array = this.#buffer;
  #from = 0;
  #to = 0;

  /** Appends what b[pos, end) holds to `out`, at most `limit` octets. Throws Damage. */
  decode(b: Uint8Array, pos: number, end: number, out: Output, limit: number): void {
    let p = this.#literals(b, pos, end, limit);
    if (p >= end) throw new Damage('a block without sequences section');
    // 3.1.1.3.2.1, sequences section header.
    let count = b[p++]!;
    if (count === 0) {
      if (p !== end) throw new Damage('octets behind the literals');
      out.append(this.#in, this.#from, this.#to, limit);
      return;
    }
    if (p + 2 > end) throw new Damage('a sequences section that is cut off');
    if (count === 255) {
      count = 0x7f00 + b[p]! + (b[p + 1]! << 8);
      p += 2;
    } else if (count >= 128) count = ((count - 128) << 8) + b[p++]!;
    const modes = b[p++]!;
    if ((modes & 3) !== 0) throw new Damage('reserved bits in the sequences section');
    const literals = readTable(b, p, end, modes >> 6, LITERALS, this.#literalsTable);
    const offsets = readTable(b, literals.pos, end, (modes >> 4) & 3, OFFSETS, this.#offsetsTable);
    const matches = readTable(b, offsets.pos, end, (modes >> 2) & 3, MATCHES, this.#matchesTable);
    this.#literalsTable = literals.table;
    this.#offsetsTable = offsets.table;
    this.#matchesTable = matches.table;
    this.#bits.reset(b, matches.pos, end);
    this.#sequences(count, out, limit);
  }

  // 3.1.1.3.1, literals section. Returns where it ends.
  #literals(b: Uint8Array, pos: number, end: number, limit: number): number {
    if (pos >= end) throw new Damage('a literals section that is cut off');
    const type = b[pos]! & 3;
    const format = (b[pos]! >> 2) & 3;
    const word = b[pos]! | ((b[pos + 1] ?? 0) << 8) | ((b[pos + 2] ?? 0) << 16) | ((b[pos + 3] ?? 0) << 24);
    if (type < 2) {
      const header = (format & 1) === 0 ? 1 : format === 1 ? 2 : 3;
      const size = header === 1 ? b[pos]! >> 3 : header === 2 ? (word >>> 4) & 0xfff : (word >>> 4) & 0xfffff;
      return this.#plainLiterals(b, pos + header, end, type === 1, size, limit);
    }
    const width = format < 2 ? 10 : format === 2 ? 14 : 18;
    const header = format < 2 ? 3 : format === 2 ? 4 : 5;
    const mask = (1 << width) - 1;
    const size = (word >>> 4) & mask;
    const packed = width === 18 ? (word >>> 22) | ((b[pos + 4] ?? 0) << 10) : (word >>> (4 + width)) & mask;
    const first = pos + header;
    const last = first + packed;
    if (last > end) throw new Damage('a literals section that is cut off');
    if (size > limit) throw new Damage('more literals than a block may hold');
    let p = first;
    if (type === 2) {
      const tree = readTree(b, first, last);
      this.#huffman = tree.table;
      p = tree.pos;
    }
    if (this.#huffman === null) throw new Damage('literals without a Huffman tree');
    this.#in = this.#buffer;
    this.#from = 0;
    this.#to = size;
    if (format === 0) readStream(this.#huffman, this.#bits, b, p, last, this.#buffer, 0, size);
    else this.#fourStreams(this.#huffman, b, p, last, size);
    return last;
  }

  #plainLiterals(b: Uint8Array, pos: number, end: number, same: boolean, size: number, limit: number): number {
    if (size > limit) throw new Damage('more literals than a block may hold');
    const last = pos + (same ? 1 : size);
    if (last > end) throw new Damage('a literals section that is cut off');
    if (same) this.#buffer.fill(b[pos]!, 0, size);
    this.#in = same ? this.#buffer : b;
    this.#from = same ? 0 : pos;
    this.#to = this.#from + size;
    return last;
  }

  #fourStreams(table: HuffmanTable, b: Uint8Array, pos: number, end: number, size: number): void {
    const part = (size + 3) >> 2;
    let p = pos + 6;
    if (p > end || part * 3 > size) throw new Damage('literals in four streams that are cut off');
    for (let i = 0; i < 4; i++) {
      const last = i === 3 ? end : p + (b[pos + 2 * i]! | (b[pos + 2 * i + 1]! << 8));
      if (last > end) throw new Damage('literals in four streams that are cut off');
      readStream(table, this.#bits, b, p, last, this.#buffer, part * i, i === 3 ? size : part * (i + 1));
      p = last;
    }
  }

  // 3.1.1.4, sequence execution.
  #sequences(count: number, out: Output, limit: number): void {
    const bits = this.#bits;
    const literals = this.#literalsTable!;
    const offsets = this.#offsetsTable!;
    const matches = this.#matchesTable!;
    const stop = out.filled + limit;
    let literalsState = bits.read(literals.log);
    let offsetsState = bits.read(offsets.log);
    let matchesState = bits.read(matches.log);
    for (let i = count; ; ) {
      const literalsCell = literals.cells[literalsState]!;
      const offsetsCell = offsets.cells[offsetsState]!;
      const matchesCell = matches.cells[matchesState]!;
      const code = offsetsCell >>> 24;
      if (code > MAX_OFFSET_CODE) throw new Damage('an offset beyond any window');
      // At most 25 bits can be read at once.
      const value =
        code <= 24 ? (1 << code) + bits.read(code) : (1 << code) + bits.read(code - 16) * 0x10000 + bits.read(16);
      const matchCode = matchesCell >>> 24;
      // Most codes have no extra bits.
      const match = MATCH_BASE[matchCode]! + (matchCode < 32 ? 0 : bits.read(MATCH_BITS[matchCode]!));
      const literalsCode = literalsCell >>> 24;
      const length =
        literalsCode < 16 ? literalsCode : LITERALS_BASE[literalsCode]! + bits.read(LITERALS_BITS[literalsCode]!);
      const offset = this.#offset(value, length);
      if (this.#from + length > this.#to) throw new Damage('more literals used than there are');
      if (out.filled + length + match > stop) throw new Damage('a block longer than allowed');
      if (length > 0) {
        out.copy(this.#in, this.#from, length);
        this.#from += length;
      }
      out.repeat(offset, match);
      if (bits.left < 0) throw new Damage('a sequences bitstream that is cut off');
      if (--i === 0) break;
      const matchesBits = (matchesCell >>> 16) & 0xff;
      const both = bits.read(((literalsCell >>> 16) & 0xff) + matchesBits);
      literalsState = (literalsCell & 0xffff) + (both >>> matchesBits);
      matchesState = (matchesCell & 0xffff) + (both & ((1 << matchesBits) - 1));
      offsetsState = (offsetsCell & 0xffff) + bits.read((offsetsCell >>> 16) & 0xff);
    }
    if (bits.left !== 0) throw new Damage('a sequences bitstream of another length than announced');
    out.append(this.#in, this.#from, this.#to, stop - out.filled);
  }

  // 3.1.1.5, repeat offsets.
  #offset(value: number, literals: number): number {
    const r = this.#repeated;
    if (value > 3) {
      r[2] = r[1]!;
      r[1] = r[0]!;
      r[0] = value - 3;
      return value - 3;
    }
    const which = literals === 0 ? value : value - 1;
    if (which === 0) return r[0]!;
    const offset = which === 3 ? r[0]! - 1 : r[which]!;
    if (which > 1) r[2] = r[1]!;
    r[1] = r[0]!;
    r[0] = offset;
    return offset;
  }
}

function readTable(
  b: Uint8Array,
  pos: number,
  end: number,
  mode: number,
  kind: Kind,
  before: FseTable | null,
): { table: FseTable; pos: number } {
  switch (mode) {
    case 0:
      return { table: kind.predefined, pos };
    case 1:
      if (pos >= end) throw new Damage('a sequences section that is cut off');
      if (b[pos]! >= kind.symbols) throw new Damage('a sequence code that does not exist');
      return { table: singleSymbol(b[pos]!), pos: pos + 1 };
    case 2: {
      const d = readDistribution(b, pos, end, kind.maxLog, kind.symbols);
      return { table: buildTable(d.counts, d.log), pos: d.pos };
    }
    default:
      if (before === null) throw new Damage('a repeated table where there was none');
      return { table: before, pos };
  }
}
