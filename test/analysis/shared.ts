// The optional folder of captures and vectors beside the project.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const SHARED = new URL('../../../shared/', import.meta.url);

export interface TruthSegment {
  readonly index: number;
  readonly total: number;
  readonly frames: readonly number[];
  readonly time: string | null;
  readonly length?: number;
  readonly status?: number | null;
  readonly respFrames?: readonly number[];
  readonly messageId?: string;
}

export interface TruthMessage {
  readonly id: string;
  readonly case?: string;
  readonly bearer: string;
  readonly kind?: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly complete: boolean;
  readonly missing?: readonly number[];
  readonly firstTime: string | null;
  readonly lastTime: string | null;
  readonly segments?: readonly TruthSegment[];
  readonly security?: { readonly sec: number | null; readonly mac: string | null };
  readonly key?: { readonly imsi: string | null; readonly pin: string | null };
  readonly verification?: {
    readonly result: 'valid' | 'invalid' | 'no-mac' | 'no-key' | 'not-possible';
    readonly keyHex?: string;
    readonly expectedMac?: string;
    readonly matchesOtherDerivation?: string | null;
  };
  readonly bodyHex?: string;
  readonly documentXml?: string | null;
  readonly failures?: readonly ({ readonly code: string } & Readonly<Record<string, unknown>>)[];
  readonly contentFindings?: readonly {
    readonly code: string;
    readonly path: string;
    readonly value?: string;
    readonly parm?: string;
  }[];
}

export interface TruthReceipt {
  readonly id: string;
  readonly stat: string;
  readonly err: string;
  readonly frames: readonly number[];
  readonly time: string;
  readonly src: string;
  readonly dst: string;
  readonly message: string;
  readonly segment: number;
}

export interface Truth {
  readonly name: string;
  readonly messages: readonly TruthMessage[];
  readonly receipts?: readonly TruthReceipt[];
}

/** Every truth file, in order of name; empty when the folder is not there. */
export function truths(): Truth[] {
  const folder = new URL('captures/', SHARED);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((f) => f.endsWith('.truth.json'))
    .sort()
    .map((f) => JSON.parse(readFileSync(new URL(f, folder), 'utf8')) as Truth);
}

/** A JSON file of the folder, null when it is not there. */
export function sharedJson(path: string): unknown {
  const file = new URL(path, SHARED);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Says loudly that comparisons did not run; they are never skipped in silence. */
export function absent(what: string, count: string): void {
  const name = `shared ${what} absent: ${count} comparisons not run`;
  console.warn(`${name}; put the folder 'shared' beside the project to run them`);
  test(name, () => expect(existsSync(SHARED)).toBe(false));
}

export const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replace(/\s/g, '').match(/../g) ?? [], (h) => Number.parseInt(h, 16));
