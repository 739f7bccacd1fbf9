// A pipe as a Source: read once from front to back, with its head kept so that its kind can be found out.

import type { HostSource } from './file-source.ts';

/** Octets that may be read again. */
const HEAD = 1 << 18;

export function chunkSource(name: string, chunks: AsyncIterable<Uint8Array>): HostSource {
  const iterator = chunks[Symbol.asyncIterator]();
  let head = new Uint8Array(0);
  let chunk: Uint8Array = new Uint8Array(0);
  /** Position of the next octet of `chunk`. */
  let at = 0;
  let closed!: () => void;
  const whenClosed = new Promise<'closed'>((done) => {
    closed = () => done('closed');
  });
  let ended = false;

  async function more(): Promise<boolean> {
    while (!ended) {
      const step = await Promise.race([iterator.next(), whenClosed]);
      if (step === 'closed' || step.done === true) {
        ended = true;
        break;
      }
      if (step.value.length === 0) continue;
      chunk = step.value;
      return true;
    }
    return false;
  }

  function keep(octets: Uint8Array): void {
    if (head.length >= HEAD) return;
    const grown = new Uint8Array(Math.min(HEAD, head.length + octets.length));
    grown.set(head);
    grown.set(octets.subarray(0, grown.length - head.length), head.length);
    head = grown;
  }

  return {
    name,
    size: null,
    async read(from, into) {
      if (into.length === 0) return 0;
      if (from < at) {
        const again = head.subarray(from, from + into.length);
        if (again.length === 0) throw new Error('it is a pipe, which can only be read once from front to back');
        into.set(again);
        return again.length;
      }
      for (;;) {
        if (chunk.length === 0 && !(await more())) return 0;
        // Octets between the last read and this one are passed over.
        const skip = Math.min(from - at, chunk.length);
        const n = Math.min(into.length, chunk.length - skip);
        if (n > 0) into.set(chunk.subarray(skip, skip + n));
        keep(chunk.subarray(0, skip + n));
        chunk = chunk.subarray(skip + n);
        at += skip + n;
        if (n > 0) return n;
      }
    },
    end: closed,
    async close() {
      closed();
      // A stream's own end; an iterator that waits in next() would keep `return` waiting too.
      if ('destroy' in chunks && typeof chunks.destroy === 'function') chunks.destroy();
      void iterator.return?.()?.catch(() => undefined);
    },
  };
}
