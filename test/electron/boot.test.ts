// The shipped bundles, run: main and engine in processes of their own, the preload in a context of its own.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { decodeReply, encodeReply } from '../../analysis/engine/codec.ts';
import { CONTENT_SECURITY_POLICY } from '../../cli/host/page-files.ts';
import { CALLS, EVENTS } from '../../electron/channels.ts';
import type { Bridge } from '../../electron/preload/bridge.ts';
import { built } from '../project/built.ts';

const run = promisify(execFile);
const here = (name: string): string => new URL(`./boot/${name}`, import.meta.url).pathname;

describe('the main bundle', () => {
  test('starts in the safe order and loads the page that was built', async () => {
    const { stdout, stderr } = await run(process.execPath, [
      '--import',
      here('register.mjs'),
      here('main.mjs'),
      built('electron/main.js'),
    ]);
    const seen = JSON.parse(stdout);
    const names: string[] = seen.calls.map((c: { name: string }) => c.name);
    expect(stderr).toBe('');
    expect(names.slice(0, 4)).toEqual([
      'enableSandbox',
      'registerSchemesAsPrivileged',
      'requestSingleInstanceLock',
      'ready',
    ]);
    expect(names.indexOf('ipcMain.handle')).toBeLessThan(names.indexOf('loadURL'));
    expect(names.indexOf('protocol.handle')).toBeLessThan(names.indexOf('loadURL'));
    expect(seen.calls.filter((c: { name: string }) => c.name === 'loadURL')).toEqual([
      { name: 'loadURL', args: ['app://ui/'] },
    ]);
    const { preload, ...preferences } = seen.calls.find((c: { name: string }) => c.name === 'new BrowserWindow').args[0]
      .webPreferences;
    expect(preload).toBe(built('electron/preload.cjs'));
    expect(preferences).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
    });
    expect(seen.page).toEqual({
      status: 200,
      policy: CONTENT_SECURITY_POLICY,
      text: readFileSync(built('ui/index.html'), 'utf8'),
    });
    expect(seen.outside).toBe(404);
  });

  test('imports nothing but electron and Node', () => {
    const code = readFileSync(built('electron/main.js'), 'utf8');
    const from = [...code.matchAll(/^(?:import|export)\b[^'"]*?['"]([^'"]+)['"]/gm)].map((m) => m[1]!);
    expect(from).toContain('electron');
    expect(from.filter((f) => f !== 'electron' && !f.startsWith('node:') && !f.startsWith('./chunks/'))).toEqual([]);
  });
});

describe('what is shipped to the window', () => {
  test('asks for nothing dangerous, by any name', () => {
    for (const name of ['electron/main.js', 'electron/preload.cjs']) {
      const code = readFileSync(built(name), 'utf8');
      const dangerous =
        /<webview|webSecurity|allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures|commandLine|openExternal|executeJavaScript|\b(?:https?|wss?|file):\/\//;
      expect([name, dangerous.exec(code)?.[0]]).toEqual([name, undefined]);
    }
  });

  test('a page with no address in it but the names of mark-up languages', () => {
    const html = readFileSync(built('ui/index.html'), 'utf8');
    const scripts = [...html.matchAll(/src="\/([^"]+\.js)"/g)].map((m) => m[1]!);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const addresses = readFileSync(built(`ui/${script}`), 'utf8').match(/\b(?:https?|wss?):\/\/[\w./-]*/g) ?? [];
      expect(addresses.filter((a) => !a.startsWith('http://www.w3.org/'))).toEqual([]);
    }
  });
});

describe('the engine bundle', () => {
  test('answers on a port', async () => {
    const ask = async (json: string) => {
      const { stdout } = await run(process.execPath, [here('engine.mjs'), built('electron/engine.js'), json]);
      const { id, hex } = JSON.parse(stdout);
      expect(id).toBe(7);
      return decodeReply(new Uint8Array(Buffer.from(hex, 'hex')));
    };
    expect(await ask('{"op":"status"}')).toMatchObject({ phase: 'empty', messages: 0 });
    expect(await ask('{"op":"eval"}')).toEqual({ error: expect.any(String) });
  });
});

interface World {
  readonly bridge: Bridge;
  readonly exposed: string[];
  readonly required: string[];
  readonly invoked: { channel: string; args: unknown[] }[];
  /** Sends from main. */
  send(channel: string, event: { ports?: unknown[] }, ...args: unknown[]): void;
}

/** Runs the shipped preload as a sandboxed one is run: CommonJS, `require` of electron only. */
function preload(answers: Partial<Record<string, unknown>> = {}): World {
  const exposed: string[] = [];
  const required: string[] = [];
  const invoked: { channel: string; args: unknown[] }[] = [];
  const listeners = new Map<string, (event: unknown, ...args: unknown[]) => void>();
  let bridge: Bridge | undefined;
  const electron = {
    contextBridge: {
      exposeInMainWorld(key: string, api: Bridge) {
        exposed.push(key);
        bridge = api;
      },
    },
    ipcRenderer: {
      async invoke(channel: string, ...args: unknown[]) {
        invoked.push({ channel, args: structuredClone(args) });
        if (answers[channel] instanceof Error) throw answers[channel];
        return answers[channel];
      },
      on: (channel: string, listener: (event: unknown, ...args: unknown[]) => void) => listeners.set(channel, listener),
    },
    webUtils: { getPathForFile: (file: { path?: string }) => file.path ?? '' },
  };
  const code = readFileSync(built('electron/preload.cjs'), 'utf8');
  const context = vm.createContext({
    require(name: string) {
      required.push(name);
      if (name !== 'electron') throw new Error(`a sandboxed preload can't require '${name}'`);
      return electron;
    },
    process: { platform: 'linux' },
    module: { exports: {} },
    exports: {},
    console,
  });
  vm.runInContext(code, context, { filename: 'preload.cjs' });
  return {
    bridge: bridge!,
    exposed,
    required,
    invoked,
    send: (channel, event, ...args) => listeners.get(channel)?.({ sender: 'electron', ...event }, ...args),
  };
}

/** A page's end of a channel that answers with what it was asked. */
function port() {
  const sent: { id: number; json: string }[] = [];
  const end = {
    onmessage: undefined as undefined | ((e: { data: unknown }) => void),
    postMessage(message: { id: number; json: string }) {
      sent.push(structuredClone(message));
      setImmediate(() => end.onmessage?.({ data: { id: message.id, bytes: encodeReply(JSON.parse(message.json)) } }));
    },
  };
  return { end, sent };
}

describe('the preload bundle', () => {
  test('exposes one frozen object with eight members and needs electron alone', () => {
    const world = preload();
    expect(world.exposed).toEqual(['otascope']);
    expect(world.required).toEqual(['electron']);
    expect(Object.isFrozen(world.bridge)).toBe(true);
    expect(Object.keys(world.bridge).sort()).toEqual([
      'dragOut',
      'onOpen',
      'onShow',
      'openDialog',
      'pathForFile',
      'platform',
      'request',
      'setTitle',
    ]);
    expect(world.invoked).toEqual([]);
  });

  test('asks for the engine once, and answers requests by their id', async () => {
    const world = preload();
    const { end, sent } = port();
    const replies = ['{"op":"status"}', '{"op":"samples"}'].map((json) => world.bridge.request(json));
    expect(world.invoked).toEqual([{ channel: CALLS.engine, args: [] }]);
    world.send(EVENTS.port, { ports: [end] });
    expect((await Promise.all(replies)).map(decodeReply)).toEqual([{ op: 'status' }, { op: 'samples' }]);
    expect(new Set(sent.map((s) => s.id)).size).toBe(2);
  });

  test('an engine that is gone fails what waits for it, and the next request asks for a new one', async () => {
    const world = preload();
    const first = world.bridge.request('{"op":"status"}');
    world.send(EVENTS.port, { ports: [{ postMessage: () => undefined }] });
    await new Promise((done) => setImmediate(done));
    world.send(EVENTS.gone, {});
    await expect(first).rejects.toThrow('open the capture again');
    const { end } = port();
    const second = world.bridge.request('{"op":"status"}');
    expect(world.invoked.map((i) => i.channel)).toEqual([CALLS.engine, CALLS.engine]);
    world.send(EVENTS.port, { ports: [end] });
    expect(decodeReply(await second)).toEqual({ op: 'status' });
  });

  test('an engine that dies while nobody waits is told to the next request, once', async () => {
    const world = preload();
    const first = world.bridge.request('{"op":"status"}');
    world.send(EVENTS.port, { ports: [port().end] });
    await first;
    world.send(EVENTS.gone, {});
    await expect(world.bridge.request('{"op":"status"}')).rejects.toThrow('open the capture again');
    const again = world.bridge.request('{"op":"status"}');
    world.send(EVENTS.port, { ports: [port().end] });
    expect(decodeReply(await again)).toEqual({ op: 'status' });
  });

  test('says when the engine can not be had', async () => {
    const world = preload({ [CALLS.engine]: new Error('no') });
    await expect(world.bridge.request('{"op":"status"}')).rejects.toThrow('could not be started');
  });

  test('lets through only paths that the user pointed at', async () => {
    const world = preload({ [CALLS.choose]: ['/chosen.pcap'] });
    const { end, sent } = port();
    const open = (path: string) => world.bridge.request(JSON.stringify({ op: 'open', inputs: [{ path }] }));
    await expect(open('/etc/passwd')).rejects.toThrow('chosen by hand');
    await expect(world.bridge.request('{"op":"open","inputs":[{"pa\\u0074h":"/etc/passwd"}]}')).rejects.toThrow();
    expect(world.bridge.pathForFile({ path: '/dropped.pcap' } as unknown as File)).toBe('/dropped.pcap');
    expect(world.bridge.pathForFile({} as File)).toBe('');
    expect(await world.bridge.openDialog()).toEqual(['/chosen.pcap']);
    world.send(EVENTS.open, {}, { inputs: [{ path: '/argument.pcap' }], add: false });
    const all = ['/dropped.pcap', '/chosen.pcap', '/argument.pcap'].map(open);
    world.send(EVENTS.port, { ports: [end] });
    await Promise.all(all);
    expect(sent.length).toBe(3);
    await expect(open('')).rejects.toThrow('chosen by hand');
  });

  test('keeps what is opened until the page listens, and hands on no event objects', () => {
    const world = preload();
    const heard: unknown[][] = [];
    world.send(EVENTS.open, {}, { inputs: [{ path: '/a' }], add: false });
    world.bridge.onOpen((...args: unknown[]) => heard.push(args));
    world.send(EVENTS.open, {}, { inputs: [{ sample: 's' }], add: true });
    expect(heard).toEqual([[{ inputs: [{ path: '/a' }], add: false }], [{ inputs: [{ sample: 's' }], add: true }]]);
  });

  test('hands on which dialog the menu wants, and what is dragged out; a refusal is one sentence', async () => {
    const world = preload();
    const heard: unknown[][] = [];
    world.send(EVENTS.show, {}, 'export');
    world.bridge.onShow((...args: unknown[]) => heard.push(args));
    world.send(EVENTS.show, {}, 'help');
    expect(heard).toEqual([['help']]);
    const bytes = new Uint8Array([1]);
    await world.bridge.dragOut('a.html', bytes);
    expect(world.invoked).toEqual([{ channel: CALLS.drag, args: [{ name: 'a.html', bytes }] }]);
    const refusing = preload({ [CALLS.drag]: new Error('/home/somebody: EACCES') });
    await expect(refusing.bridge.dragOut('a', bytes)).rejects.toThrow(
      'It could not be dragged out of the window; it can',
    );
  });

  test('a title travels as text', () => {
    const world = preload();
    world.bridge.setTitle({ toString: () => 'x' } as unknown as string);
    expect(world.invoked).toEqual([{ channel: CALLS.title, args: ['x'] }]);
  });
});
