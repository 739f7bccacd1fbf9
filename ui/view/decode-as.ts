// Choices of who reads a port, as the engine writes them: 'udp.port=5000:wdp'.

import type { Decoder } from '../../analysis/engine/contract.ts';

export interface Choice {
  readonly table: Decoder['table'];
  readonly port: number;
  readonly decoder: string;
}

export const formatChoice = (c: Choice): string => `${c.table}=${c.port}:${c.decoder}`;

/** null: not of this form. */
export function parseChoice(text: string): Choice | null {
  const m = /^(udp|tcp)\.port=(\d{1,5}):(.+)$/.exec(text);
  const port = Number(m?.[2]);
  if (m === null || !isPort(port)) return null;
  return { table: m[1] === 'udp' ? 'udp.port' : 'tcp.port', port, decoder: m[3] ?? '' };
}

export const isPort = (n: number): boolean => Number.isInteger(n) && n > 0 && n < 65536;

export interface Port {
  readonly table: Decoder['table'];
  readonly port: number;
}

export const PROTOCOL_WORD: Readonly<Record<Decoder['table'], string>> = { 'tcp.port': 'TCP', 'udp.port': 'UDP' };

/** 'TCP port 2775'. */
export const portWords = (p: Port): string => `${PROTOCOL_WORD[p.table]} port ${p.port}`;

/** The port each note of the engine is about: 'TCP port 2775 19 %'. null where there is none, or one named before. */
export function portsOf(notes: readonly string[]): (Port | null)[] {
  const seen = new Set<string>();
  return notes.map((note) => {
    const m = /^(TCP|UDP) port (\d{1,5})\b/.exec(note);
    const port = Number(m?.[2]);
    if (m === null || !isPort(port) || seen.has(m[0])) return null;
    seen.add(m[0]);
    return { table: m[1] === 'UDP' ? 'udp.port' : 'tcp.port', port };
  });
}

/** A choice being written. */
export interface Draft {
  readonly key: number;
  readonly table: Decoder['table'];
  readonly port: string;
  /** '': the first there is. */
  readonly decoder: string;
}

/** The choices in force, and one more for `wanted` or for whatever comes to mind when there are none. */
export function draftOf(choices: readonly string[], wanted: Port | null): Draft[] {
  const drafts = choices.flatMap((text, key) => {
    const c = parseChoice(text);
    return c === null ? [] : [{ key, table: c.table, port: String(c.port), decoder: c.decoder }];
  });
  const has = drafts.some((d) => d.table === wanted?.table && d.port === String(wanted.port));
  if (wanted !== null && !has) {
    drafts.push({ key: choices.length, table: wanted.table, port: String(wanted.port), decoder: '' });
  } else if (drafts.length === 0) drafts.push({ key: choices.length, table: 'tcp.port', port: '', decoder: '' });
  return drafts;
}

/** What the engine is to be told, or the first row that can't be and why. */
export function checkDraft(
  rows: readonly Draft[],
): { readonly choices: string[] } | { readonly row: number; readonly text: string } {
  const ports = new Set<string>();
  const choices: string[] = [];
  for (const [row, d] of rows.entries()) {
    const text = d.port.trim();
    const port = Number(text);
    if (!/^\d+$/.test(text) || !isPort(port)) return { row, text: 'A port is a number from 1 to 65535.' };
    const words = portWords({ table: d.table, port });
    if (ports.has(words)) return { row, text: `${words} is there twice; one decoder reads it.` };
    if (d.decoder === '') return { row, text: `There is no decoder for ${PROTOCOL_WORD[d.table]}.` };
    ports.add(words);
    choices.push(formatChoice({ table: d.table, port, decoder: d.decoder }));
  }
  return { choices };
}
