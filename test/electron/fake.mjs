// Electron as far as main and preload use it. What the real one refuses, this one refuses: options it does not know,
// calls before it is ready, transfers of anything but ports, values that can't be cloned. Everything is asynchronous
// where the real one is. It is plain JavaScript, because the built bundle is loaded with it in a process of its own.

import { EventEmitter } from 'node:events';

const WEB_PREFERENCES = [
  'preload',
  'sandbox',
  'contextIsolation',
  'nodeIntegration',
  'nodeIntegrationInWorker',
  'nodeIntegrationInSubFrames',
  'webviewTag',
  'spellcheck',
];

export function fakeElectron({
  firstInstance = true,
  chosen = { canceled: true, filePaths: [] },
  screens = [{ x: 0, y: 0, width: 1920, height: 1080 }],
  /** Buttons that are pressed in message boxes, in order; then the one that cancels. */
  pressed = [],
} = {}) {
  /** What was called, in order. */
  const calls = [];
  const note = (name, ...args) => calls.push({ name, args });
  const handlers = new Map();
  const windows = [];
  const children = [];
  const state = {
    ready: false,
    menu: null,
    request: null,
    check: null,
    device: null,
    scheme: null,
    session: new EventEmitter(),
  };

  const cloned = (value, transfer = []) => {
    if (!Array.isArray(transfer)) throw new TypeError('transfer must be an array');
    for (const t of transfer) {
      if (!(t instanceof MessagePortMain)) throw new TypeError('only MessagePortMain can be transferred');
      if (t.moved) throw new TypeError('the port has been transferred already');
      t.moved = true;
    }
    return structuredClone(value);
  };
  const needsReady = (what) => {
    if (!state.ready) throw new Error(`${what} can only be used after the app is ready`);
  };

  class MessagePortMain extends EventEmitter {
    moved = false;
    other = null;
    started = false;
    queue = [];
    postMessage(message, transfer) {
      const copy = cloned(message, transfer);
      const to = this.other;
      setImmediate(() => to.receive({ data: copy, ports: transfer ?? [] }));
    }
    receive(event) {
      if (this.started) this.emit('message', event);
      else this.queue.push(event);
    }
    start() {
      this.started = true;
      for (const event of this.queue.splice(0)) this.emit('message', event);
    }
    close() {
      const to = this.other;
      setImmediate(() => to.emit('close'));
    }
  }

  class MessageChannelMain {
    constructor() {
      this.port1 = new MessagePortMain();
      this.port2 = new MessagePortMain();
      this.port1.other = this.port2;
      this.port2.other = this.port1;
    }
  }

  let contentsMade = 0;
  class WebContents extends EventEmitter {
    id = ++contentsMade;
    dead = false;
    /** What reached the page: { channel, args, ports }. */
    received = [];
    openHandler = null;
    send(channel, ...args) {
      if (this.destroyed) throw new TypeError('Object has been destroyed');
      this.received.push({ channel, args: cloned(args), ports: [] });
      this.emit('received');
    }
    postMessage(channel, message, transfer = []) {
      this.received.push({ channel, args: [cloned(message, transfer)], ports: transfer });
      this.emit('received');
    }
    setWindowOpenHandler(handler) {
      this.openHandler = handler;
    }
    reload() {
      this.dead = false;
      note('reload');
    }
    startDrag(item) {
      if (this.destroyed) throw new TypeError('Object has been destroyed');
      if (typeof item.file !== 'string' || item.icon?.isIcon !== true) throw new TypeError('a file and an icon');
      note('startDrag', item.file);
    }
    forcefullyCrashRenderer() {
      note('forcefullyCrashRenderer');
      this.crash('killed');
    }
    /** The page's process ends. */
    crash(reason) {
      this.dead = true;
      this.emit('render-process-gone', {}, { reason, exitCode: 1 });
    }
  }

  class DownloadItem extends EventEmitter {
    constructor(url, origin, name, saved) {
      super();
      Object.assign(this, { url, origin, name, saved, options: null });
    }
    getURL() {
      return this.url;
    }
    getInitiatorOrigin() {
      return this.origin;
    }
    getFilename() {
      return this.name;
    }
    getSavePath() {
      return this.saved;
    }
    setSaveDialogOptions(options) {
      this.options = structuredClone(options);
    }
  }

  class BrowserWindow extends EventEmitter {
    constructor(options) {
      needsReady('BrowserWindow');
      super();
      for (const key of Object.keys(options.webPreferences)) {
        if (!WEB_PREFERENCES.includes(key)) throw new Error(`a web preference nobody expected: ${key}`);
      }
      for (const key of ['x', 'y', 'width', 'height']) {
        // As Electron's converter does: a half pixel is no place.
        if (key in options && !Number.isInteger(options[key])) throw new TypeError(`${key} must be a whole number`);
      }
      this.options = options;
      this.progress = -1;
      this.maximized = false;
      this.webContents = new WebContents();
      this.title = options.title;
      this.minimized = false;
      note('new BrowserWindow', options);
      windows.push(this);
      app.emit('web-contents-created', {}, this.webContents);
    }
    async loadURL(url) {
      note('loadURL', url);
      setImmediate(() => this.emit('ready-to-show'));
    }
    show() {
      note('show');
    }
    focus() {
      note('focus');
    }
    isMinimized() {
      return this.minimized;
    }
    restore() {
      this.minimized = false;
      note('restore');
    }
    setTitle(title) {
      this.title = title;
    }
    isMaximized() {
      return this.maximized;
    }
    maximize() {
      this.maximized = true;
      note('maximize');
    }
    getNormalBounds() {
      const { x = 240, y = 90, width, height } = this.options;
      return { x, y, width, height };
    }
    setProgressBar(progress) {
      if (this.webContents.destroyed) throw new TypeError('Object has been destroyed');
      if (typeof progress !== 'number') throw new TypeError('progress must be a number');
      this.progress = progress;
    }
    close() {
      this.emit('close', {});
      windows.splice(windows.indexOf(this), 1);
      this.webContents.destroyed = true;
      this.emit('closed');
      if (windows.length === 0) app.emit('window-all-closed');
    }
  }

  class Child extends EventEmitter {
    messages = [];
    postMessage(message, transfer = []) {
      this.messages.push({ data: cloned(message, transfer), ports: transfer });
    }
    kill() {
      note('kill');
      setImmediate(() => this.emit('exit', 0));
      return true;
    }
  }

  const app = Object.assign(new EventEmitter(), {
    enableSandbox() {
      if (state.ready) throw new Error('app.enableSandbox() must be called before the app is ready');
      note('enableSandbox');
    },
    requestSingleInstanceLock() {
      note('requestSingleInstanceLock');
      return firstInstance;
    },
    // Ready only when the main script has been run to its end, as with the real one.
    whenReady: () =>
      new Promise((done) => {
        setTimeout(() => {
          state.ready = true;
          note('ready');
          done();
        }, 20);
      }),
    quit: () => note('quit'),
    exit: (code) => note('exit', code),
    getPath(name) {
      if (!['userData', 'downloads'].includes(name)) throw new Error(`Failed to get '${name}' path`);
      return `/${name}`;
    },
    addRecentDocument(path) {
      needsReady('addRecentDocument');
      if (typeof path !== 'string') throw new TypeError('path must be a string');
      note('addRecentDocument', path);
    },
    async getFileIcon(path) {
      needsReady('getFileIcon');
      note('getFileIcon', path);
      return { isIcon: true };
    },
    clearRecentDocuments: () => note('clearRecentDocuments'),
  });

  const electron = {
    app,
    BrowserWindow,
    MessageChannelMain,
    protocol: {
      registerSchemesAsPrivileged(schemes) {
        if (state.ready) throw new Error('schemes must be registered before the app is ready');
        note('registerSchemesAsPrivileged', schemes);
      },
      handle(scheme, handler) {
        needsReady('protocol.handle');
        note('protocol.handle', scheme);
        state.scheme = handler;
      },
    },
    session: {
      get defaultSession() {
        needsReady('session.defaultSession');
        return Object.assign(state.session, {
          setPermissionRequestHandler(handler) {
            note('setPermissionRequestHandler');
            state.request = handler;
          },
          setPermissionCheckHandler(handler) {
            note('setPermissionCheckHandler');
            state.check = handler;
          },
          setDevicePermissionHandler(handler) {
            note('setDevicePermissionHandler');
            state.device = handler;
          },
        });
      },
    },
    ipcMain: {
      handle(channel, listener) {
        if (handlers.has(channel)) throw new Error(`a second handler for '${channel}'`);
        note('ipcMain.handle', channel);
        handlers.set(channel, listener);
      },
    },
    dialog: {
      async showOpenDialog(options) {
        needsReady('dialog');
        note('showOpenDialog', options);
        return chosen;
      },
      async showMessageBox(options) {
        needsReady('dialog');
        if (options.defaultId >= options.buttons.length) throw new TypeError('there is no such button');
        note('showMessageBox', options.message);
        return { response: pressed.shift() ?? options.cancelId, checkboxChecked: false };
      },
    },
    screen: {
      getAllDisplays() {
        needsReady('screen');
        return screens.map((workArea) => ({ workArea }));
      },
    },
    Menu: {
      buildFromTemplate: (template) => ({ template }),
      setApplicationMenu(menu) {
        note('setApplicationMenu');
        state.menu = menu.template;
      },
    },
    utilityProcess: {
      fork(module, args, options) {
        needsReady('utilityProcess.fork');
        note('fork', module, args, options);
        const child = new Child();
        children.push(child);
        return child;
      },
    },
    nativeTheme: { themeSource: 'system' },
    shell: {
      openExternal() {
        throw new Error('nothing may be opened outside');
      },
    },
  };

  return {
    electron,
    calls,
    names: () => calls.map((c) => c.name),
    windows,
    children,
    state,
    handlers,
    /** A call from a page, by a frame of the test's choice. */
    async invoke(channel, frame, ...args) {
      const listener = handlers.get(channel);
      if (listener === undefined) throw new Error(`No handler registered for '${channel}'`);
      return structuredClone(
        await listener({ senderFrame: frame, sender: { id: this.caller } }, ...structuredClone(args)),
      );
    },
    /** Number of the web contents that calls come from. */
    caller: 1,
    /** The page, or whoever, offers something to be saved. */
    download({ url, origin, name, saved = '' }) {
      const item = new DownloadItem(url, origin, name, saved);
      let prevented = false;
      state.session.emit('will-download', { preventDefault: () => (prevented = true) }, item, {});
      return { item, prevented };
    },
  };
}

/** Frames that a call may come from. */
export const OUR_FRAME = { url: 'app://ui/', parent: null };
