// Which lines are worth a second look. One pass over octets, because most lines of most logs are not.

/** What a line may hold, as bits. */
export const HINT = {
  /** A long run of hex digits, or octets in groups. */
  hex: 1,
  /** '+CM', '+CD', '+CB', '+CI': an answer or command of a modem. */
  at: 2,
  /** 'udh' or 'pdu' by name. */
  named: 4,
  /** The start of a document's root or prolog. */
  xml: 8,
  /** '[SMS': a section of a backup. */
  section: 16,
  /** 'Octet string', 'SMPP PDU 0x', 'Msg object': a dump's first line. */
  dump: 32,
  /** 'IMSI'. */
  imsi: 64,
  /** 'ota?', or an escaped user data header. */
  request: 128,
} as const;

export const EVERY_HINT = 255;

const HEX = 1;
const SEPARATOR = 2;
const PLUS = 3;
const LESS = 4;
const BRACKET = 5;
const WORD_O = 6;
const WORD_M = 7;
const PERCENT = 8;

const CLASS = new Uint8Array(256);
for (const c of '0123456789abcdefABCDEF') CLASS[c.charCodeAt(0)] = HEX;
for (const c of ' \t,:;-\\xX') CLASS[c.charCodeAt(0)] = SEPARATOR;
CLASS[0x2b] = PLUS;
CLASS[0x3c] = LESS;
CLASS[0x5b] = BRACKET;
CLASS[0x4f] = WORD_O;
CLASS[0x6f] = WORD_O;
CLASS[0x4d] = WORD_M;
CLASS[0x6d] = WORD_M;
CLASS[0x25] = PERCENT;

/** Digits that stand together. */
const RUN = 14;
/** Octets in groups, one after the other. */
const GROUPED = 8;

const at = (b: Uint8Array, i: number, end: number): number => (i < end ? b[i]! : 0);
const lower = (b: Uint8Array, i: number, end: number): number => at(b, i, end) | 0x20;

/** Hints of the line in octets [start, end); 0 for a line that is nobody's. */
export function hintsOf(b: Uint8Array, start: number, end: number): number {
  let run = 0;
  let grouped = 0;
  let gap = 0;
  let hints = 0;
  for (let i = start; i < end; i += 1) {
    const kind = CLASS[b[i]!]!;
    if (kind === HEX) {
      run += 1;
      if (run === RUN) hints |= HINT.hex;
      if ((b[i]! | 0x20) === 0x64) hints |= namesPdu(b, i, start, end);
      continue;
    }
    if (run > 0) {
      const group = run === 2 || run === 4 || run === 8;
      grouped = !group ? 0 : gap <= 4 ? grouped + (run >> 1) : run >> 1;
      if (grouped >= GROUPED) hints |= HINT.hex;
      // The '0' of '0x'.
      if (run === 1 && (b[i]! | 0x20) === 0x78 && b[i - 1] === 0x30) gap += 1;
      else gap = 0;
      run = 0;
    }
    gap += 1;
    if (kind === SEPARATOR) continue;
    grouped = 0;
    if (kind !== 0) hints |= begins(b, i, end, kind);
  }
  if (run === 2 || run === 4 || run === 8) grouped += run >> 1;
  return grouped >= GROUPED ? hints | HINT.hex : hints;
}

/** 'udh' and 'pdu' around a 'd'; 'PDU 0x' begins a dump. */
function namesPdu(b: Uint8Array, i: number, start: number, end: number): number {
  const before = i > start ? b[i - 1]! | 0x20 : 0;
  const after = lower(b, i + 1, end);
  if (before === 0x75 && after === 0x68) return HINT.named;
  if (before !== 0x70 || after !== 0x75) return 0;
  return at(b, i + 3, end) === 0x30 ? HINT.named | HINT.dump : HINT.named;
}

function begins(b: Uint8Array, i: number, end: number, kind: number): number {
  const next = lower(b, i + 1, end);
  if (kind === PLUS) {
    return next === 0x63 && 'mdbi'.includes(String.fromCharCode(lower(b, i + 2, end))) ? HINT.at : 0;
  }
  if (kind === LESS) return ROOTS.has((next << 8) | lower(b, i + 2, end)) ? HINT.xml : 0;
  if (kind === BRACKET) return next === 0x73 && lower(b, i + 2, end) === 0x6d ? HINT.section : 0;
  const third = lower(b, i + 2, end);
  if (kind === WORD_O) {
    if (next === 0x63 && third === 0x74) return HINT.dump;
    return next === 0x74 && third === 0x61 && at(b, i + 3, end) === 0x3f ? HINT.request : 0;
  }
  if (kind === WORD_M) {
    if (next !== 0x73) return 0;
    return third === 0x69 ? HINT.imsi : third === 0x67 && lower(b, i + 5, end) === 0x6f ? HINT.dump : 0;
  }
  // '%05%00%03', '%06%05%04', '%0B%05%04'.
  return at(b, i + 1, end) === 0x30 && at(b, i + 3, end) === 0x25 && at(b, i + 6, end) === 0x25 ? HINT.request : 0;
}

const pair = (s: string): number => ((s.charCodeAt(0) | 0x20) << 8) | (s.charCodeAt(1) | 0x20);
const ROOTS = new Set(['?x', 'wa', 'si', 'sl', 'ch', 'em', 'sy'].map(pair));

/** Lines that may begin with a time are remembered for those after them. */
export const mayBeginWithTime = (b: Uint8Array, start: number, end: number): boolean => {
  const c = at(b, start, end);
  return (c >= 0x30 && c <= 0x39) || c === 0x5b || (c >= 0x41 && c <= 0x57) || c === 0x3e;
};
