// A handle by which what is about to be saved is dragged out of the window: into a folder, a mail, another program.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { bridge, notice } from '../state/session.ts';

export interface Made {
  readonly name: string;
  readonly blob: Blob;
  readonly left: readonly string[];
}

interface Props {
  /** null: it could not be made, and why is said. */
  make(): Promise<Made | null>;
  /** Changes with what would be made. */
  readonly of: string;
}

/** A drag begins at once or not at all: the file is made when the pointer comes near. */
export function DragOut({ make, of }: Props) {
  const ready = useSignal<Promise<Made | null> | null>(null);
  const file = useSignal<{ readonly name: string; readonly bytes: Uint8Array } | null>(null);
  useEffect(() => {
    ready.value = null;
    file.value = null;
  }, [of]);

  const prepare = async (): Promise<void> => {
    if (ready.peek() !== null) return;
    const mine = make();
    ready.value = mine;
    const made = await mine;
    if (made === null || ready.peek() !== mine) return;
    const bytes = new Uint8Array(await made.blob.arrayBuffer());
    if (ready.peek() === mine) file.value = { name: made.name, bytes };
  };
  const onDragStart = (e: DragEvent): void => {
    e.preventDefault();
    const f = file.peek();
    if (f === null) return;
    bridge?.dragOut(f.name, f.bytes).catch((failed: Error) => {
      notice.value = failed.message;
    });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it is for the pointer alone; keys have Save.
    <span
      class="drag-out"
      draggable
      data-ready={file.value !== null}
      onPointerEnter={() => void prepare()}
      onDragStart={onDragStart}
    >
      Drag it out of the window
    </span>
  );
}
