// Octets of a frame, read again from the input when somebody looks at them: the capture itself is never kept.

import { createRandomAccess } from '../../captures/open.ts';
import type { Source } from '../../captures/source.ts';
import type { FrameId } from '../../dissectors/base/bytemap.ts';
import type { FrameTable } from './frames.ts';

/** A frame longer than this is shown as far as this. */
const MAX_FRAME = 1 << 20;

type Access = Awaited<ReturnType<typeof createRandomAccess>>;

export interface FrameBytes {
  /** Captured octets; undefined where the input cannot be read a second time. */
  read(id: FrameId): Promise<Uint8Array | undefined>;
  /** Why `read` gave nothing, without a full stop. */
  whyNot(id: FrameId): string;
}

const STREAM = 'the input was a stream';

export function createFrameBytes(frames: FrameTable, sources: readonly Source[]): FrameBytes {
  const access = new Map<number, Promise<Access>>();
  const failed = new Map<number, string>();
  return {
    whyNot: (id) => failed.get(frames.at(id).input) ?? STREAM,
    async read(id) {
      if (id < 0 || id >= frames.length) return undefined;
      const kept = frames.recordBytes(id);
      if (kept !== undefined) return kept;
      const f = frames.at(id);
      const source = sources[f.input];
      if (source === undefined || (source.size === null && source.again !== true)) return undefined;
      let opened = access.get(f.input);
      if (opened === undefined) {
        opened = createRandomAccess(source);
        access.set(f.input, opened);
      }
      try {
        const bytes = await (await opened).read(f.offset, Math.min(f.length, MAX_FRAME));
        if (bytes.length > 0) return bytes;
        failed.set(f.input, 'the input has ended before them');
        return undefined;
      } catch (e) {
        access.delete(f.input);
        failed.set(f.input, e instanceof Error ? e.message.replace(/\.$/, '') : String(e));
        return undefined;
      }
    },
  };
}
