// A document is read whole; it is small, or it is none.

import type { HostSource } from './host/file-source.ts';
import { Sentence } from './sentence.ts';

/** Octets: far more than any message can carry. */
const MOST = 1 << 22;
const CHUNK = 1 << 16;

/** All octets; throws a sentence with exit status 3 where they can't be read. Closes the source. */
export async function readDocument(source: HostSource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const into = new Uint8Array(CHUNK);
      const n = await source.read(length, into);
      if (n === 0) break;
      chunks.push(into.subarray(0, n));
      length += n;
      if (length > MOST) throw new Error(`it has more than ${MOST >> 20} MB, which no document has`);
    }
  } catch (e) {
    throw new Sentence(`${source.name} can't be read: ${e instanceof Error ? e.message : String(e)}.`, 3);
  } finally {
    await source.close().catch(() => undefined);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
