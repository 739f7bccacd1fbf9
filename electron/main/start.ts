// Main, in the order that matters: what must happen before the app is ready, then handlers, then the first load.

import type { InputRequest } from '../../analysis/engine/contract.ts';
import { CALLS, EVENTS, type OpenEvent, PAGE_URL, SCHEME } from '../channels.ts';
import { engineProcess } from './engine-process.ts';
import { answerPage } from './guard.ts';
import type { MainHost } from './host.ts';
import { keepInPlace, permitNothing } from './lockdown.ts';
import { menuTemplate } from './menu.ts';
import type { MainPorts, WindowPort } from './ports.ts';
import { PRIVILEGES, servePage } from './scheme.ts';

const MAX_TITLE = 200;

/** Resolves when the page has been loaded, or at once when another instance takes over. */
export async function startMain(electron: MainPorts, host: MainHost): Promise<void> {
  const { app } = electron;
  app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([PRIVILEGES]);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  let window: WindowPort | undefined;
  /** The page has asked for its engine, so it listens. */
  let listening = false;
  const early: OpenEvent[] = [];

  const open = (inputs: readonly InputRequest[], add: boolean): void => {
    if (inputs.length === 0) return;
    const event: OpenEvent = { inputs, add };
    if (window !== undefined && listening) window.webContents.send(EVENTS.open, event);
    else early.push(event);
  };
  const openPaths = (paths: readonly string[], add: boolean) =>
    open(
      paths.map((path) => ({ path })),
      add,
    );

  app.on('web-contents-created', (_event, contents) => keepInPlace(contents));
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', (_event, argv, cwd) => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
    openPaths(host.filesNamed(argv, cwd), false);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openPaths([path], false);
  });
  openPaths(host.filesNamed(host.argv, host.cwd), false);

  await app.whenReady();
  permitNothing(electron.session);
  electron.protocol.handle(SCHEME, (request) => servePage(host, request));

  const engine = engineProcess(electron.utilityProcess, host.engine, host.engineArguments, () => {
    window?.webContents.send(EVENTS.gone);
  });
  const choose = async (): Promise<readonly string[]> => {
    const chosen = await electron.dialog.showOpenDialog({
      title: 'Open captures and logs',
      properties: ['openFile', 'multiSelections'],
    });
    return chosen.canceled ? [] : [...chosen.filePaths];
  };
  answerPage(electron.ipcMain, {
    [CALLS.engine]: () => {
      if (window === undefined) throw new Error('refused: there is no window');
      const { port1, port2 } = new electron.MessageChannelMain();
      engine.connect(port1);
      window.webContents.postMessage(EVENTS.port, null, [port2]);
      listening = true;
      for (const event of early.splice(0)) window.webContents.send(EVENTS.open, event);
    },
    [CALLS.choose]: () => choose(),
    [CALLS.title]: (title) => {
      if (typeof title !== 'string') throw new Error('refused: a title is text');
      window?.setTitle(title.slice(0, MAX_TITLE));
    },
  });

  const template = menuTemplate(await host.samples(), host.platform, {
    open: (add) => void choose().then((paths) => openPaths(paths, add)),
    openSample: (id) => open([{ sample: id }], false),
    theme: (source) => {
      electron.nativeTheme.themeSource = source;
    },
  });
  electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));

  window = new electron.BrowserWindow({
    title: 'otascope',
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    backgroundColor: '#16181d',
    webPreferences: {
      preload: host.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window?.show());
  window.on('closed', () => {
    window = undefined;
    listening = false;
    engine.stop();
  });
  await window.loadURL(PAGE_URL);
}
