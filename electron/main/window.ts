// One window: its page, its engine, what is opened in it, and how it comes back when either dies.

import type { InputRequest } from '../../analysis/engine/contract.ts';
import { EVENTS, type OpenEvent, PAGE_URL, type Shown } from '../channels.ts';
import { engineProcess } from './engine-process.ts';
import type { MainHost } from './host.ts';
import { LEAST, type Memory, placeOn } from './memory.ts';
import type { IconPort, MainPorts, Question, WindowPort } from './ports.ts';

const MAX_TITLE = 200;
/** A page that dies this often within the time is not loaded again without asking. */
const CRASHES = 3;
const CRASH_MS = 60_000;
/** How far a further window stands from the one before. */
const STEP = 32;

export interface OtascopeWindow {
  readonly id: number;
  readonly port: WindowPort;
  /** To the page; kept until it listens. */
  open(inputs: readonly InputRequest[], add: boolean): void;
  /** The page asked for its engine. */
  connect(): void;
  setTitle(title: string): void;
  /** One of the page's dialogs, once it listens. */
  show(what: Shown): void;
  drag(file: string, icon: IconPort): void;
  /** Something is open in it, or about to be. */
  busy(): boolean;
  toFront(): void;
  load(): Promise<void>;
}

export interface WindowListener {
  opened(paths: readonly string[]): void;
  focused(): void;
  closed(): void;
}

const crashed: Question = {
  type: 'warning',
  message: 'The page stopped several times.',
  detail: 'What is open is still there. It can be shown again, or the window closed.',
  buttons: ['Show Again', 'Close Window'],
  defaultId: 0,
  cancelId: 1,
};

const frozen: Question = {
  type: 'warning',
  message: 'The page does not answer.',
  detail: 'It may be busy. Starting it anew keeps what is open, the selection and the filter.',
  buttons: ['Wait', 'Start Anew'],
  defaultId: 0,
  cancelId: 0,
};

/** To be called when the app is ready. `nth`: how many windows there are already. */
export function makeWindow(
  electron: MainPorts,
  host: MainHost,
  memory: Memory,
  nth: number,
  listener: WindowListener,
): OtascopeWindow {
  const { place } = memory.now();
  const at = placeOn(
    electron.screen.getAllDisplays().map((d) => d.workArea),
    place,
  );
  const port = new electron.BrowserWindow({
    title: 'otascope',
    ...at,
    ...(at.x === undefined || at.y === undefined ? {} : { x: at.x + STEP * nth, y: at.y + STEP * nth }),
    minWidth: LEAST.width,
    minHeight: LEAST.height,
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
  const contents = port.webContents;
  let alive = true;
  /** The page has asked for its engine, so it listens. */
  let listening = false;
  const early: OpenEvent[] = [];
  let crashes: number[] = [];
  let asking = false;
  /** Told to open something, and the engine has not begun yet. */
  let given = false;

  const engine = engineProcess(electron.utilityProcess, host.engine, host.engineArguments, {
    gone: (resumes) => {
      if (alive) contents.send(EVENTS.gone, ...(resumes ? [true] : []));
    },
    opened: (paths) => {
      given = false;
      if (paths.length > 0) listener.opened(paths);
    },
    progress: (fraction) => {
      if (alive) port.setProgressBar(fraction);
    },
  });

  const ask = async (question: Question): Promise<number> => {
    if (asking) return question.cancelId;
    asking = true;
    const { response } = await electron.dialog.showMessageBox(question);
    asking = false;
    return response;
  };

  port.once('ready-to-show', () => {
    if (place?.maximized && nth === 0) port.maximize();
    port.show();
  });
  port.on('focus', () => listener.focused());
  port.on('close', () => memory.set({ place: { bounds: port.getNormalBounds(), maximized: port.isMaximized() } }));
  port.on('closed', () => {
    alive = false;
    engine.stop();
    listener.closed();
  });
  port.on('unresponsive', () => {
    void ask(frozen).then((chosen) => {
      if (alive && chosen === 1) contents.forcefullyCrashRenderer();
    });
  });
  // The engine keeps what is open, and the page's address what is selected and filtered: loading it again brings all back.
  contents.on('render-process-gone', (_event, { reason }) => {
    listening = false;
    if (!alive || reason === 'clean-exit') return;
    crashes = [...crashes.filter((t) => t > host.now() - CRASH_MS), host.now()];
    if (crashes.length < CRASHES) {
      contents.reload();
      return;
    }
    void ask(crashed).then((chosen) => {
      if (!alive) return;
      crashes = [];
      if (chosen === 0) contents.reload();
      else port.close();
    });
  });

  return {
    id: contents.id,
    port,
    open(inputs, add) {
      if (inputs.length === 0) return;
      given = true;
      const event: OpenEvent = { inputs, add };
      if (listening) contents.send(EVENTS.open, event);
      else early.push(event);
    },
    connect() {
      const { port1, port2 } = new electron.MessageChannelMain();
      engine.connect(port1);
      contents.postMessage(EVENTS.port, null, [port2]);
      listening = true;
      for (const event of early.splice(0)) contents.send(EVENTS.open, event);
    },
    setTitle: (title) => port.setTitle(title.slice(0, MAX_TITLE)),
    show(what) {
      if (listening) contents.send(EVENTS.show, what);
    },
    drag(file, icon) {
      if (alive) contents.startDrag({ file, icon });
    },
    busy: () => engine.busy() || given,
    toFront() {
      if (port.isMinimized()) port.restore();
      port.focus();
    },
    load: () => port.loadURL(PAGE_URL),
  };
}
