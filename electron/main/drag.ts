// A report or slice that the user drags out of the window. The system wants a file for that: it is ours, bounded, and
// gone when the app ends or starts again. The page chooses neither its folder nor where it is dropped.

import type { DragRequest } from '../channels.ts';
import { safeName } from './downloads.ts';
import type { MainHost } from './host.ts';
import type { AppPort, IconPort } from './ports.ts';

const MOST_OCTETS = 1 << 28;

function readDrag(payload: unknown): DragRequest {
  const { name, bytes } = (typeof payload === 'object' && payload !== null ? payload : {}) as Record<string, unknown>;
  if (typeof name !== 'string' || !(bytes instanceof Uint8Array))
    throw new Error('refused: a file has a name and octets');
  if (bytes.length === 0 || bytes.length > MOST_OCTETS) throw new Error('refused: such a file is saved, not dragged');
  return { name: safeName(name), bytes };
}

/** Writes the file and hands it to `begin`; throws where it can't be written, or the page asked for something else. */
export async function dragOut(
  app: AppPort,
  host: MainHost,
  payload: unknown,
  begin: (file: string, icon: IconPort) => void,
): Promise<void> {
  const { name, bytes } = readDrag(payload);
  const file = await host.keepDragged(app.getPath('userData'), name, bytes);
  begin(file, await app.getFileIcon(file));
}
