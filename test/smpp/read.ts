// PDUs of one connection through the decoder.

import { Cursor } from '../../dissectors/base/cursor.ts';
import { recordInto, type TreeRow } from '../../dissectors/base/recorder.ts';
import { smpp } from '../../dissectors/bearer/smpp/index.ts';
import { connection, type Heard, listen } from '../sms/support.ts';

export interface Read extends Heard {
  /** Of PDUs that carry no message. */
  readonly codes: string[];
  readonly rows: TreeRow[];
}

/** Decodes PDUs of one connection, each `[direction, octets]`; `keep`: octets of the last one that were captured. */
export function read(pdus: readonly (readonly [0 | 1, Uint8Array])[], keep?: number, told = true): Read {
  const heard = listen();
  const link = connection(heard.sink);
  const codes: string[] = [];
  const rows: TreeRow[] = [];
  pdus.forEach(([direction, bytes], i) => {
    const end = i === pdus.length - 1 && keep !== undefined ? keep : bytes.length;
    const c = new Cursor(bytes, 0, end, told ? recordInto(rows) : null);
    smpp.decode(c, link.context(direction, i + 1));
    codes.push(...c.findings.map((x) => x.rule.code));
  });
  return { ...heard, codes, rows };
}

export const codesOf = (r: Read): string[] => r.messages.flatMap((m) => m.findings.map((x) => x.rule.code));
