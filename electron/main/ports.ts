// What main uses of Electron, and not more. fits.ts holds it against Electron's own types.
// Option types are literal where another value would be unsafe: an unsafe window does not compile.

import type { NativeImage } from 'electron';

export interface PreventableEvent {
  preventDefault(): void;
}

export interface NavigationEvent extends PreventableEvent {
  readonly url: string;
}

export interface FramePort {
  readonly url: string;
  readonly parent: FramePort | null;
}

/** Null: the frame is gone, or has navigated away. */
export interface CallEvent {
  readonly sender: { readonly id: number };
  readonly senderFrame: FramePort | null;
}

/** One end of a channel; only handed on, never used by main. */
export interface ChannelPort {
  close(): void;
}

export interface ContentsPort {
  /** One number for each there ever was. */
  readonly id: number;
  postMessage(channel: string, message: unknown, transfer?: ChannelPort[]): void;
  send(channel: string, ...args: unknown[]): void;
  reload(): void;
  /** From here on the system's drag and drop. */
  startDrag(item: { readonly file: string; readonly icon: IconPort }): void;
  /** Ends a page that does not answer; 'render-process-gone' follows. */
  forcefullyCrashRenderer(): void;
  setWindowOpenHandler(handler: () => { action: 'deny' }): void;
  on(event: 'will-navigate', listener: (details: NavigationEvent) => void): unknown;
  on(event: 'will-redirect', listener: (details: NavigationEvent) => void): unknown;
  on(event: 'will-frame-navigate', listener: (details: NavigationEvent) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: PreventableEvent) => void): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: { readonly reason: string }) => void): unknown;
}

/** Pixels as the system counts them. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowOptions {
  readonly title: string;
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly minWidth: number;
  readonly minHeight: number;
  readonly show: false;
  readonly backgroundColor: string;
  readonly webPreferences: {
    readonly preload: string;
    readonly sandbox: true;
    readonly contextIsolation: true;
    readonly nodeIntegration: false;
    readonly nodeIntegrationInWorker: false;
    readonly nodeIntegrationInSubFrames: false;
    readonly webviewTag: false;
    readonly spellcheck: false;
  };
}

export interface WindowPort {
  readonly webContents: ContentsPort;
  loadURL(url: string): Promise<void>;
  show(): void;
  focus(): void;
  isMinimized(): boolean;
  restore(): void;
  setTitle(title: string): void;
  isMaximized(): boolean;
  maximize(): void;
  close(): void;
  /** As it is when it is not maximised. */
  getNormalBounds(): Rectangle;
  /** 0 to 1; more: busy, for how long is unknown; less than 0: none. */
  setProgressBar(progress: number): void;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'focus', listener: () => void): unknown;
  on(event: 'unresponsive', listener: () => void): unknown;
  on(event: 'closed', listener: () => void): unknown;
  once(event: 'ready-to-show', listener: () => void): unknown;
}

export interface MenuItem {
  readonly label?: string;
  readonly type?: 'separator' | 'radio';
  readonly role?:
    | 'quit'
    | 'reload'
    | 'editMenu'
    | 'togglefullscreen'
    | 'resetZoom'
    | 'zoomIn'
    | 'zoomOut'
    | 'appMenu'
    | 'windowMenu'
    | 'about'
    | 'close';
  readonly accelerator?: string;
  readonly checked?: boolean;
  readonly enabled?: boolean;
  readonly submenu?: MenuItem[];
  readonly click?: () => void;
}

export interface ChildPort {
  postMessage(message: unknown, transfer?: ChannelPort[]): void;
  kill(): boolean;
  on(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
}

/** Something that the page offers to be saved; Electron asks the user where. */
export interface DownloadPort {
  getURL(): string;
  /** Who offers it: the address of a page can be chosen by whoever links to it. */
  getInitiatorOrigin(): string;
  getFilename(): string;
  getSavePath(): string;
  setSaveDialogOptions(options: SaveOptions): void;
  once(event: 'done', listener: (event: unknown, state: 'completed' | 'cancelled' | 'interrupted') => void): unknown;
}

export interface SaveOptions {
  readonly title: string;
  readonly defaultPath: string;
  readonly filters: { readonly name: string; readonly extensions: string[] }[];
}

export interface Question {
  readonly type: 'warning';
  readonly message: string;
  readonly detail: string;
  readonly buttons: string[];
  readonly defaultId: number;
  readonly cancelId: number;
}

export interface AppPort {
  enableSandbox(): void;
  requestSingleInstanceLock(): boolean;
  whenReady(): Promise<void>;
  quit(): void;
  getPath(name: 'userData' | 'downloads'): string;
  /** To the lists of the dock and the taskbar. */
  addRecentDocument(path: string): void;
  clearRecentDocuments(): void;
  /** As the system shows such a file. */
  getFileIcon(path: string): Promise<IconPort>;
  on(event: 'window-all-closed', listener: () => void): unknown;
  on(event: 'will-quit', listener: () => void): unknown;
  on(event: 'activate', listener: () => void): unknown;
  on(event: 'second-instance', listener: (event: unknown, argv: string[], cwd: string) => void): unknown;
  on(event: 'open-file', listener: (event: PreventableEvent, path: string) => void): unknown;
  on(event: 'web-contents-created', listener: (event: unknown, contents: ContentsPort) => void): unknown;
}

export interface SchemePrivileges {
  readonly scheme: string;
  readonly privileges: { readonly standard: true; readonly secure: true; readonly supportFetchAPI: true };
}

export interface MainPorts {
  readonly app: AppPort;
  readonly BrowserWindow: new (options: WindowOptions) => WindowPort;
  readonly protocol: {
    registerSchemesAsPrivileged(schemes: SchemePrivileges[]): void;
    handle(scheme: string, handler: (request: Request) => Promise<Response>): void;
  };
  readonly session: {
    readonly defaultSession: {
      setPermissionRequestHandler(
        handler: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void,
      ): void;
      setPermissionCheckHandler(handler: () => boolean): void;
      setDevicePermissionHandler(handler: () => boolean): void;
      on(event: 'will-download', listener: (event: PreventableEvent, item: DownloadPort) => void): unknown;
    };
  };
  readonly ipcMain: {
    handle(channel: string, listener: (event: CallEvent, ...args: unknown[]) => unknown): void;
  };
  readonly dialog: {
    showOpenDialog(options: {
      readonly title: string;
      readonly properties: ('openFile' | 'multiSelections')[];
    }): Promise<{ readonly canceled: boolean; readonly filePaths: readonly string[] }>;
    showMessageBox(question: Question): Promise<{ readonly response: number }>;
  };
  readonly screen: { getAllDisplays(): { readonly workArea: Rectangle }[] };
  readonly Menu: {
    buildFromTemplate(template: MenuItem[]): MenuPort;
    setApplicationMenu(menu: MenuPort | null): void;
  };
  readonly MessageChannelMain: new () => { readonly port1: ChannelPort; readonly port2: ChannelPort };
  readonly utilityProcess: {
    fork(
      module: string,
      args: string[],
      options: { readonly serviceName: string; readonly execArgv: string[] },
    ): ChildPort;
  };
  readonly nativeTheme: { themeSource: 'system' | 'light' | 'dark' };
}

/** Electron's own; only handed back to it. */
export type MenuPort = object;
export type IconPort = NativeImage;
