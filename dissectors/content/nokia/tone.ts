// Nokia Smart Messaging 3.0.0, ringing tone: commands, a title, patterns of instructions. The listing is RTTTL-like:
// length, note, octave.

import type { Cursor } from '../../base/cursor.ts';
import { fields } from '../../base/fields.ts';
import { latin1 } from '../charset.ts';
import type { BinaryDecoder, Detail } from '../kinds.ts';
import { Bits } from './bits.ts';
import { NOKIA } from './rules.ts';

const f = fields('nokia.tone', {
  commands: { kind: 'u8', label: 'Commands' },
  command: { kind: 'text', label: 'Command' },
  title: { kind: 'text', label: 'Title' },
  song: { kind: 'text', label: 'Kind of song' },
  patterns: { kind: 'bits', label: 'Patterns' },
  pattern: { kind: 'text', label: 'Pattern' },
  rest: { kind: 'bytes', label: 'Not read' },
});

// Commands, seven bits each.
const CANCEL = 0x05;
const SOUND = 0x1d;
const UNICODE = 0x22;
const PROGRAMMING = 0x25;
const COMMANDS: Readonly<Record<number, string>> = {
  [CANCEL]: 'cancel',
  [SOUND]: 'sound',
  [UNICODE]: 'Unicode',
  [PROGRAMMING]: 'ringing tone programming',
};

const BASIC = 1;
const TEMPORARY = 2;
const SONGS: Readonly<Record<number, string>> = {
  1: 'basic song',
  2: 'temporary song',
  3: 'MIDI song',
  4: 'digitised song',
};

const NOTES = ['p', 'c', 'c#', 'd', 'd#', 'e', 'f', 'f#', 'g', 'g#', 'a', 'a#', 'b'] as const;
const LENGTHS = [1, 2, 4, 8, 16, 32] as const;
const DOTS = ['', '.', '..', '~'] as const;
const TEMPOS: readonly number[] = [
  25, 28, 31, 35, 40, 45, 50, 56, 63, 70, 80, 90, 100, 112, 125, 140, 160, 180, 200, 225, 250, 285, 320, 355, 400, 450,
  500, 565, 635, 715, 800, 900,
];
const STYLES = ['natural', 'continuous', 'staccato'] as const;

/** Instructions that a tone may have: several times what fits into the messages of one tone. */
const MOST = 4096;

interface Song {
  readonly listing: string[];
  tempo: number | null;
  scale: number;
  notes: number;
  /** The bits ended, or were none of the format's. */
  broken: boolean;
}

/** Reads n bits, or marks the song as broken and gives 0. */
const need = (b: Bits, song: Song, n: number): number => {
  const v = b.take(n);
  if (v === undefined) song.broken = true;
  return v ?? 0;
};

function instruction(b: Bits, song: Song): void {
  const id = need(b, song, 3);
  if (song.broken) return;
  if (id === 1) {
    const note = need(b, song, 4);
    const length = need(b, song, 3);
    const dots = need(b, song, 2);
    const name = NOTES[note];
    const duration = LENGTHS[length];
    if (name === undefined || duration === undefined) song.broken = true;
    if (song.broken) return;
    song.notes += 1;
    song.listing.push(`${duration}${name}${note === 0 ? '' : song.scale}${DOTS[dots as 0 | 1 | 2 | 3]}`);
  } else if (id === 2) {
    // Scale 1 has its A at 440 Hz, which is octave 4.
    song.scale = 4 + need(b, song, 2);
  } else if (id === 3) {
    const style = need(b, song, 2);
    if (!song.broken && style !== 0) song.listing.push(`s=${STYLES[style] ?? style}`);
  } else if (id === 4) {
    song.tempo = TEMPOS[need(b, song, 5)] ?? null;
    if (!song.broken && song.listing.length > 0) song.listing.push(`b=${song.tempo}`);
  } else if (id === 5) {
    const volume = need(b, song, 4);
    if (!song.broken) song.listing.push(`v=${volume}`);
  } else {
    song.broken = true;
  }
}

/** 000, two bits of name, four of repeats (15: for ever), eight of instructions. */
function pattern(b: Bits, song: Song): void {
  const from = b.at;
  const head = need(b, song, 3);
  if (song.broken) return;
  if (head !== 0) {
    song.broken = true;
    return;
  }
  const id = need(b, song, 2);
  const loop = need(b, song, 4);
  const count = need(b, song, 8);
  if (song.broken) return;
  const first = song.listing.length;
  for (let n = 0; n < count && !song.broken && song.listing.length < MOST; n += 1) instruction(b, song);
  const times = loop === 0 ? '' : loop === 15 ? ', repeated for ever' : `, repeated ${loop} times`;
  const range = b.octets(from);
  const text =
    count === 0 ? `${'ABCD'[id]} again${times}` : `${'ABCD'[id]}${times}: ${song.listing.slice(first).join(',')}`;
  if (count === 0) song.listing.push(`[${'ABCD'[id]} again]`);
  b.c.rec?.leaf(f.pattern, range.start, range.length, text);
}

function title(b: Bits, song: Song, wide: boolean): Detail {
  const from = b.at;
  const n = need(b, song, 4);
  const octets: number[] = [];
  for (let i = 0; i < n * (wide ? 2 : 1) && !song.broken; i += 1) octets.push(need(b, song, 8));
  const value = wide
    ? Array.from({ length: octets.length >> 1 }, (_, i) =>
        String.fromCharCode((octets[2 * i]! << 8) | octets[2 * i + 1]!),
      ).join('')
    : latin1(Uint8Array.from(octets));
  const range = b.octets(from);
  b.c.rec?.leaf(f.title, range.start, range.length, value);
  return { label: 'Title', value, range };
}

function sound(b: Bits, song: Song, wide: boolean): Detail[] {
  let from = b.at;
  const type = need(b, song, 3);
  if (song.broken) return [];
  const kind = SONGS[type] ?? `song of kind ${type}`;
  let range = b.octets(from);
  b.c.rec?.leaf(f.song, range.start, range.length, kind);
  const out: Detail[] = [{ label: 'Kind', value: kind, range }];
  if (type === BASIC) out.push(title(b, song, wide));
  if (type !== BASIC && type !== TEMPORARY) return out;
  from = b.at;
  const patterns = need(b, song, 8);
  range = b.octets(from);
  if (!song.broken) b.c.rec?.leaf(f.patterns, range.start, range.length, patterns);
  from = b.at;
  for (let n = 0; n < patterns && !song.broken; n += 1) pattern(b, song);
  const tempo = song.tempo ?? 63;
  out.push(
    { label: 'Tempo', value: `${tempo} beats a minute`, range: null },
    { label: 'Tune', value: song.listing.join(','), range: b.octets(from) },
    { label: 'Notes', value: String(song.notes), range: null },
  );
  return out;
}

function decode(c: Cursor): Detail[] {
  const start = c.pos;
  if (c.left < 2) {
    c.report(NOKIA.tone, start, c.left, `${c.left} octets hold no ringing tone`);
    if (c.left > 0) c.raw(f.rest, c.left);
    return [];
  }
  const song: Song = { listing: [], tempo: null, scale: 5, notes: 0, broken: false };
  const count = c.u8(f.commands);
  const b = new Bits(c);
  const out: Detail[] = [];
  let wide = false;
  for (let n = 0; n < count && !song.broken; n += 1) {
    // Each command begins at an octet, but the sound follows its programming at once.
    const from = b.at;
    const command = need(b, song, 7);
    if (song.broken) break;
    const range = b.octets(from);
    c.rec?.leaf(f.command, range.start, range.length, COMMANDS[command] ?? `0x${command.toString(16)}`);
    if (command === SOUND) {
      out.push(...sound(b, song, wide));
      break;
    }
    if (command === UNICODE) wide = true;
    else if (command === CANCEL) out.push({ label: 'Command', value: 'cancels a ringing tone', range });
    else if (command !== PROGRAMMING) song.broken = true;
    // Filler up to the octet.
    b.at = (b.at + 7) & ~7;
  }
  const at = Math.min(c.end, (b.at + 7) >> 3);
  if (song.broken) {
    const where = Math.min(at, c.end - 1);
    c.report(NOKIA.tone, where, c.end - where, `The tone cannot be read from octet ${where} on`);
  }
  // What is left is the end of the commands, an octet of zero.
  if (at < c.end) c.rec?.leaf(f.rest, at, c.end - at, c.bytes.subarray(at, c.end));
  c.pos = c.end;
  return out;
}

export const RINGING_TONE: BinaryDecoder = {
  form: 'binary',
  kind: 'ringing-tone',
  mediaTypes: ['application/vnd.nokia.ringing-tone'],
  ports: [5505],
  decode,
};
