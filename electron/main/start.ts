// Main, in the order that matters: what must happen before the app is ready, then handlers, then the first load.

import { CALLS, SCHEME } from '../channels.ts';
import { saveByHand } from './downloads.ts';
import { dragOut } from './drag.ts';
import { answerPage } from './guard.ts';
import type { MainHost } from './host.ts';
import { keepInPlace, permitNothing } from './lockdown.ts';
import { openMemory, withRecent } from './memory.ts';
import { menuTemplate } from './menu.ts';
import type { MainPorts } from './ports.ts';
import { PRIVILEGES, servePage } from './scheme.ts';
import { makeWindow, type OtascopeWindow } from './window.ts';

/** Each has an engine of its own. */
const MAX_WINDOWS = 16;

/** Resolves when the page has been loaded, or at once when another instance takes over. */
export async function startMain(electron: MainPorts, host: MainHost): Promise<void> {
  const { app } = electron;
  app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([PRIVILEGES]);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  /** The one used last comes last. */
  let windows: OtascopeWindow[] = [];
  const last = (): OtascopeWindow | undefined => windows.at(-1);
  /** Before there is a window. */
  const early: string[] = [];
  let newWindow: (() => OtascopeWindow | undefined) | undefined;

  /** A capture that comes from outside takes no other's place: a window that is in use stays as it is. */
  const openPaths = (paths: readonly string[]): void => {
    if (newWindow === undefined) {
      early.push(...paths);
      return;
    }
    const free = last()?.busy() && paths.length > 0 ? newWindow() : undefined;
    const window = free ?? last() ?? newWindow();
    window?.open(
      paths.map((path) => ({ path })),
      false,
    );
    window?.toFront();
  };

  app.on('web-contents-created', (_event, contents) => keepInPlace(contents));
  app.on('window-all-closed', () => {
    if (host.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (windows.length === 0) newWindow?.();
  });
  app.on('second-instance', (_event, argv, cwd) => openPaths(host.filesNamed(argv, cwd)));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openPaths([path]);
  });
  openPaths(host.filesNamed(host.argv, host.cwd));

  await app.whenReady();
  permitNothing(electron.session);
  electron.protocol.handle(SCHEME, (request) => servePage(host, request));
  saveByHand(electron.session.defaultSession, app.getPath('downloads'), (name) => {
    void electron.dialog.showMessageBox({
      type: 'warning',
      message: `${name} could not be saved.`,
      detail: 'The disk may be full, or the folder may not be written to. Nothing that is open is lost.',
      buttons: ['OK'],
      defaultId: 0,
      cancelId: 0,
    });
  });

  const choose = async (): Promise<readonly string[]> => {
    const chosen = await electron.dialog.showOpenDialog({
      title: 'Open captures and logs',
      properties: ['openFile', 'multiSelections'],
    });
    return chosen.canceled ? [] : [...chosen.filePaths];
  };
  const asking = (sender: number): OtascopeWindow => {
    const window = windows.find((w) => w.id === sender);
    if (window === undefined) throw new Error('refused: there is no such window');
    return window;
  };
  answerPage(electron.ipcMain, {
    [CALLS.engine]: (_nothing, sender) => asking(sender).connect(),
    [CALLS.choose]: (_nothing, sender) => asking(sender) && choose(),
    [CALLS.title]: (title, sender) => {
      if (typeof title !== 'string') throw new Error('refused: a title is text');
      asking(sender).setTitle(title);
    },
    [CALLS.drag]: (payload, sender) => {
      const window = asking(sender);
      return dragOut(app, host, payload, (file, icon) => window.drag(file, icon));
    },
  });

  const own = app.getPath('userData');
  // What a run before was killed with.
  host.forgetDragged(own);
  app.on('will-quit', () => host.forgetDragged(own));
  const memory = await openMemory(host, own);
  electron.nativeTheme.themeSource = memory.now().theme;
  const samples = await host.samples();
  const inUse = (): OtascopeWindow | undefined => last() ?? newWindow?.();
  const buildMenu = (): void => {
    const template = menuTemplate(
      { samples, ...memory.now(), platform: host.platform },
      {
        newWindow: () => void newWindow?.(),
        open: (add) => {
          const window = inUse();
          void choose().then((paths) =>
            window?.open(
              paths.map((path) => ({ path })),
              add,
            ),
          );
        },
        openRecent: (path) => inUse()?.open([{ path }], false),
        clearRecent: () => {
          app.clearRecentDocuments();
          remember([]);
        },
        openSample: (id) => inUse()?.open([{ sample: id }], false),
        theme: (source) => {
          electron.nativeTheme.themeSource = source;
          memory.set({ theme: source });
        },
        show: (what) => last()?.show(what),
      },
    );
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
  };
  const remember = (recent: readonly string[]): void => {
    memory.set({ recent });
    buildMenu();
  };
  buildMenu();

  const make = (): OtascopeWindow | undefined => {
    if (windows.length >= MAX_WINDOWS) return undefined;
    const window = makeWindow(electron, host, memory, windows.length, {
      opened: (paths) => {
        for (const path of paths) app.addRecentDocument(path);
        remember(withRecent(memory.now().recent, paths));
      },
      focused: () => {
        windows = [...windows.filter((w) => w !== window), window];
      },
      closed: () => {
        windows = windows.filter((w) => w !== window);
      },
    });
    windows = [...windows, window];
    return window;
  };
  newWindow = () => {
    const window = make();
    window?.load().catch(() => window.port.close());
    return window;
  };
  const first = make();
  first?.open(
    early.splice(0).map((path) => ({ path })),
    false,
  );
  await first?.load();
}
