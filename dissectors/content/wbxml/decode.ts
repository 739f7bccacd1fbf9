// WBXML 1.0 to 1.3 documents (WAP-192-WBXML-20010725-A), for any document type there is a token table for.

import type { Finding } from '../../../captures/finding.ts';
import { Cursor } from '../../base/cursor.ts';
import { charsetName } from '../charset.ts';
import type { DecodedDocument } from '../document.ts';
import { Body } from './body.ts';
import { f } from './fields.ts';
import { type Header, readHeader, versionName } from './header.ts';
import { Reader, STOP } from './reader.ts';
import { WBXML } from './rules.ts';
import type { TokenTable } from './table.ts';
import { TOKEN_TABLES, tableByMediaType, tableByPublicId, tableByPublicIdText } from './tables.ts';

export interface WbxmlHint {
  /** Media type in lower case without parameters. */
  readonly contentType: string | null;
  /** MIBenum of the content type's charset parameter. */
  readonly charset?: number | null;
  /** WDP destination port. */
  readonly port?: number | null;
}

export interface DecodedWbxml {
  readonly document: DecodedDocument;
  /** null: no table fits, tokens have no names. */
  readonly table: TokenTable | null;
  /** Why that table. */
  readonly chosenBy: string;
}

/** Stands in where no table fits: every token is unknown, and that was said once. */
const NO_TABLE: TokenTable = {
  id: 'unknown',
  title: 'an unknown document type',
  publicId: null,
  publicIdText: '',
  root: '',
  mediaTypes: [],
  wholeValues: true,
  secret: () => true,
  pages: new Map(),
};

/** WAP-192 7.2: unknown or missing */
const NO_PUBLIC_ID = 1;
/** Nokia/Ericsson OTA settings */
const OTA_PORT = 49999;
/** Documents up to this size are tried with every table when nothing names their type. */
const TRIAL = 1 << 16;

interface Chosen {
  readonly table: TokenTable | null;
  readonly by: string;
}

const named = (h: Header): string =>
  h.publicIdText === null
    ? `0x${(h.publicId ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
    : `'${h.publicIdText.slice(0, 60)}'`;

function choose(c: Cursor, h: Header, hint: WbxmlHint): Chosen {
  const byId = h.publicIdText === null ? tableByPublicId(h.publicId ?? 0) : tableByPublicIdText(h.publicIdText);
  if (byId !== undefined) return { table: byId, by: `public identifier ${named(h)}` };
  const byType = hint.contentType === null ? undefined : tableByMediaType(hint.contentType);
  if (byType !== undefined) return { table: byType, by: `content type ${hint.contentType}` };
  if (hint.port === OTA_PORT)
    return { table: tableByMediaType('application/x-wap-prov.browser-settings') ?? null, by: `port ${OTA_PORT}` };
  return c.end - c.pos > TRIAL ? { table: null, by: 'nothing' } : bestFit(c, h, hint);
}

/**
 * The table whose decoding complains least; at least its root element must be there. Where two are as good, 'unknown'
 * is what types without a number of their own say.
 */
function bestFit(c: Cursor, h: Header, hint: WbxmlHint): Chosen {
  let best: { readonly table: TokenTable; readonly errors: number } | undefined;
  const numberless = (t: TokenTable): boolean => h.publicId === NO_PUBLIC_ID && t.publicId === null;
  const order = [...TOKEN_TABLES.filter(numberless), ...TOKEN_TABLES.filter((t) => !numberless(t))];
  for (const table of order) {
    const findings: Finding[] = [];
    const trial = new Cursor(c.bytes, c.pos, c.end, null, findings, 'body');
    const { document } = decodeWith(trial, hint, table, null);
    const fits = document.root?.name === table.root;
    const errors = findings.filter(
      (x) =>
        x.rule === WBXML.wrongPage || (x.rule.code.startsWith('WBXML-UNKNOWN-') && x.rule !== WBXML.unknownPublicId),
    ).length;
    if (fits && (best === undefined || errors < best.errors)) best = { table, errors };
  }
  return best === undefined ? { table: null, by: 'nothing' } : { table: best.table, by: 'its tokens' };
}

function tellChoice(r: Reader, h: Header, chosen: Chosen, hint: WbxmlHint): void {
  const { table } = chosen;
  const byType = hint.contentType === null ? undefined : tableByMediaType(hint.contentType);
  if (table !== null && chosen.by.startsWith('public')) {
    if (h.publicIdText !== null && table.publicId !== null) {
      r.report(WBXML.publicIdText, h.publicIdAt, h.publicIdLength, `The public identifier is ${named(h)}`);
    }
    if (byType !== undefined && byType !== table) {
      r.report(
        WBXML.publicIdMismatch,
        h.publicIdAt,
        h.publicIdLength,
        `The content type says ${byType.title}, the public identifier ${table.title}; read as the latter`,
      );
    }
    return;
  }
  // 'Unknown' is the right thing to say for a type that has no number of its own.
  if (h.publicId === NO_PUBLIC_ID && table !== null && table.publicId === null) return;
  const reading = table === null ? 'tokens have no names' : `read as ${table.title} because of ${chosen.by}`;
  r.report(
    WBXML.unknownPublicId,
    h.publicIdAt,
    h.publicIdLength,
    `Public identifier ${named(h)} is not known; ${reading}`,
  );
}

/** `secrets`: offsets of the string table known to be secrets; null: nobody asks for them. */
function decodeWith(c: Cursor, hint: WbxmlHint, forced: TokenTable | null, secrets: Iterable<number> | null): Reading {
  const start = c.pos;
  const r = new Reader(c, secrets !== null);
  for (const s of secrets ?? []) r.secretOffsets.add(s);
  const h: Header = {
    version: 0,
    publicId: null,
    publicIdText: null,
    publicIdAt: start,
    publicIdLength: 0,
    charset: null,
  };
  let chosen: Chosen = { table: forced, by: 'nothing' };
  let body: Body | null = null;
  try {
    readHeader(r, h, hint.charset ?? null);
    if (forced === null) {
      chosen = choose(new Cursor(c.bytes, start, c.end), h, hint);
      tellChoice(r, h, chosen, hint);
      if (h.version < (chosen.table?.oldestVersion ?? 0x02)) {
        r.report(WBXML.version, start, 1, `The document states WBXML ${versionName(h.version)}`);
      }
    }
    body = new Body(r, chosen.table ?? NO_TABLE);
    body.read();
    tellTrailing(r);
    r.tellUnused();
  } catch (e) {
    if (e !== STOP) throw e;
  }
  r.judgeCharset();
  return {
    table: chosen.table,
    chosenBy: chosen.by,
    secrets: r.secretOffsets,
    document: {
      format: 'wbxml',
      publicId: h.publicId,
      publicIdText: h.publicIdText,
      wbxmlVersion: c.end > start ? versionName(h.version) : null,
      charset: h.charset,
      charsetName: h.charset === null ? null : charsetName(h.charset),
      root: body?.root ?? null,
      length: c.pos - start,
    },
  };
}

interface Reading extends DecodedWbxml {
  readonly secrets: ReadonlySet<number>;
}

function tellTrailing(r: Reader): void {
  const { c } = r;
  if (c.left === 0) return;
  r.report(WBXML.trailing, c.pos, c.left, `${c.left} octets follow the end of the document`);
  c.rec?.leaf(f.trailing, c.pos, c.left, c.bytes.subarray(c.pos, c.end));
}

/**
 * Decodes the document at the cursor, which should count in 'body'. Never throws: what is wrong is among the
 * cursor's findings, and whatever could be read is in the tree. `document.length` is the octets it took; the cursor
 * is left behind them. Findings: WBXML-*.
 *
 * @see WAP-192-WBXML-20010725-A clauses 5 and 7
 */
export function decodeWbxml(c: Cursor, hint: WbxmlHint): DecodedWbxml {
  if (c.left === 0) {
    c.report(WBXML.empty, c.pos, 0, 'The body is empty');
    const table = hint.contentType === null ? undefined : tableByMediaType(hint.contentType);
    return {
      document: NOTHING,
      table: table ?? null,
      chosenBy: table === undefined ? 'nothing' : `content type ${hint.contentType}`,
    };
  }
  // Which strings of the table are secrets is known only at the end: a first look without recorder finds out.
  const secrets = c.rec === null ? null : decodeWith(new Cursor(c.bytes, c.pos, c.end), hint, null, []).secrets;
  const { document, table, chosenBy } = decodeWith(c, hint, null, secrets);
  return { document, table, chosenBy };
}

const NOTHING: DecodedDocument = {
  format: 'wbxml',
  publicId: null,
  publicIdText: null,
  wbxmlVersion: null,
  charset: null,
  charsetName: null,
  root: null,
  length: 0,
};
