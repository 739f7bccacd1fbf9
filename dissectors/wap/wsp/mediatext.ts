// Content types as text, 'application/...; SEC=1; MAC="..."': in HTTP and SIP headers, and in WSP by mistake.

import { charsetByName } from '../../content/charset.ts';
import type { Parameter } from './parameters.ts';
import { secNumber, secText } from './parameters.ts';

export interface MediaText {
  /** Lower case, without parameters. */
  readonly mediaType: string;
  readonly parameters: readonly Parameter[];
}

/**
 * Splits a media type in text form; `offset` is where the text begins in the buffer, so that ranges point into it
 * (one octet a character). SEC, MAC and charset are recognised in any case.
 *
 * @see RFC 2045 5.1, RFC 9110 8.3.1
 */
export function parseMediaType(text: string, offset = 0): MediaText {
  const first = text.indexOf(';');
  const mediaType = (first < 0 ? text : text.slice(0, first)).trim().toLowerCase();
  const parameters: Parameter[] = [];
  if (first < 0) return { mediaType, parameters };
  // A quoted value may hold semicolons; an unfinished quotation ends with the text.
  const each = /;\s*([^=;\s"]+)\s*(?:=\s*("(?:[^"\\]|\\.)*"?|[^;]*))?/g;
  each.lastIndex = first;
  for (const m of text.matchAll(each)) {
    const [all, rawName, rawValue = ''] = m;
    const at = (m.index ?? 0) + all.indexOf(rawName ?? '');
    const sent = rawValue.trimEnd();
    const valueAt = rawValue === '' ? at + (rawName ?? '').length : (m.index ?? 0) + all.length - rawValue.length;
    parameters.push(parameter(rawName ?? '', sent, offset + at, offset + valueAt));
  }
  return { mediaType, parameters };
}

function parameter(rawName: string, sent: string, at: number, valueAt: number): Parameter {
  const upper = rawName.toUpperCase();
  const name = upper === 'SEC' || upper === 'MAC' ? upper : rawName.toLowerCase();
  const bare = sent.startsWith('"') ? sent.replace(/^"|"$/g, '').replace(/\\(.)/g, '$1') : sent;
  const number = name === 'SEC' ? secNumber(sent) : name === 'charset' ? charsetByName(bare)?.mib : undefined;
  const value = name === 'SEC' && number !== undefined ? secText(number) : bare;
  return {
    name,
    value,
    start: at,
    length: valueAt - at + sent.length,
    valueRange: { start: valueAt, length: sent.length },
    number: number ?? null,
    regular: true,
    terminated: true,
  };
}
