// What the preload uses of Electron, and not more. fits.ts holds it against Electron's own types.

export interface PreloadEvent {
  readonly ports: readonly MessagePort[];
}

export interface PreloadPorts {
  readonly contextBridge: { exposeInMainWorld(key: string, api: unknown): void };
  readonly ipcRenderer: {
    invoke(channel: string, ...args: unknown[]): Promise<unknown>;
    on(channel: string, listener: (event: PreloadEvent, ...args: unknown[]) => void): unknown;
  };
  readonly webUtils: { getPathForFile(file: File): string };
}
