// window.otascope: all that the page can ask of the window around it.

import type { OpenEvent, Shown } from '../channels.ts';

export interface Bridge {
  /** As Node names it: 'linux', 'darwin', 'win32'. */
  readonly platform: string;
  /** An EngineRequest as JSON; resolves to the octets of its reply (`decodeReply`). Rejects with one sentence. */
  request(json: string): Promise<Uint8Array>;
  /** Lets the user choose files; empty when nothing was chosen. The paths may be opened. */
  openDialog(): Promise<readonly string[]>;
  /** Where a dropped file lies, and leave to open it; '' for what is no file on disk. */
  pathForFile(file: File): string;
  /** Calls back with what is opened by menu, command line or the system; what came before the call comes at once. */
  onOpen(call: (open: OpenEvent) => void): void;
  /** Title of the window. */
  setTitle(title: string): void;
  /** Calls back when the menu asks for one of the page's dialogs. */
  onShow(call: (what: Shown) => void): void;
  /** While the user drags: a file of this name and these octets goes along. Rejects with one sentence. */
  dragOut(name: string, bytes: Uint8Array): Promise<void>;
}

declare global {
  interface Window {
    readonly otascope?: Bridge;
  }
}
