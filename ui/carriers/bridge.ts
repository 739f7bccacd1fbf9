// The engine behind the desktop window's preload.

import type { Engine, EngineRequest, InputRequest, Reply } from '../../analysis/engine/contract.ts';
import { Lost, openReply } from './carrier.ts';

export interface Bridge {
  readonly platform: string;
  /** Codec bytes. */
  request(json: string): Promise<Uint8Array>;
  /** Empty when nothing was chosen. */
  openDialog(): Promise<readonly string[]>;
  /** '' for what is no file on disk. */
  pathForFile(file: File): string;
  onOpen(call: (open: { readonly inputs: readonly InputRequest[]; readonly add: boolean }) => void): void;
  setTitle(title: string): void;
  onShow(call: (what: 'export' | 'paste' | 'help') => void): void;
  dragOut(name: string, bytes: Uint8Array): Promise<void>;
}

export const pageBridge = (): Bridge | null => (window as { otascope?: Bridge }).otascope ?? null;

export const bridgeEngine = (bridge: Bridge): Engine => ({
  async request<R extends EngineRequest>(request: R): Promise<Reply<R>> {
    let bytes: Uint8Array;
    try {
      bytes = await bridge.request(JSON.stringify(request));
    } catch (e) {
      throw new Lost(e instanceof Error ? e.message : 'The engine does not answer.');
    }
    return openReply(bytes) as Reply<R>;
  },
});
