// What makes the window an application: several of them, captures opened lately, its place, saving, and coming back.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decodeReply } from '../../analysis/engine/codec.ts';
import type { EngineRequest, Status } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import { CALLS, type EngineNews, EVENTS } from '../../electron/channels.ts';
import { progressOf } from '../../electron/engine/news.ts';
import { safeName } from '../../electron/main/downloads.ts';
import type { MainHost } from '../../electron/main/host.ts';
import { placeOn, readRemembered, withRecent } from '../../electron/main/memory.ts';
import { filesNamed, nodeHost } from '../../electron/main/node-host.ts';
import type { MenuItem } from '../../electron/main/ports.ts';
import { startMain } from '../../electron/main/start.ts';
import { PUSH } from '../cli/messages.ts';
import { type Fake, fakeElectron, OUR_FRAME } from './fake.mjs';
import { NO_MEMORY, windowWith } from './world.ts';

interface Given {
  readonly files?: readonly string[];
  readonly host?: Partial<MainHost>;
  readonly electron?: Parameters<typeof fakeElectron>[0];
}

async function started({ files = [], host = {}, electron }: Given = {}): Promise<Fake> {
  const fake = fakeElectron(electron);
  await startMain(fake.electron, {
    platform: 'linux',
    argv: ['otascope', ...files],
    cwd: '/w',
    engine: 'engine.js',
    preload: 'preload.cjs',
    engineArguments: [],
    pageFile: async () => undefined,
    samples: async () => [],
    filesNamed: (argv, cwd) => filesNamed(argv, cwd, []),
    ...NO_MEMORY,
    ...host,
  });
  return fake;
}

/** The page of the nth window asks for its engine. */
const listen = async (fake: Fake, nth = 0): Promise<void> => {
  fake.caller = fake.windows[nth]!.webContents.id;
  await fake.invoke(CALLS.engine, OUR_FRAME);
};
const news = (fake: Fake, nth: number, ...told: unknown[]): void => {
  for (const t of told) fake.children[nth]!.emit('message', t);
};
const opened = (...paths: string[]): EngineNews => ({
  did: 'open',
  json: JSON.stringify({ op: 'open', inputs: paths.map((path) => ({ path })) }),
  paths,
});
const sent = (fake: Fake, nth = 0) => fake.windows[nth]!.webContents.received.filter((r) => r.channel === EVENTS.open);
const count = (fake: Fake, name: string): number => fake.names().filter((n) => n === name).length;

const item = (items: readonly MenuItem[], ...labels: readonly string[]): MenuItem => {
  const [label, ...rest] = labels;
  const found = items.find((i) => i.label === label)!;
  return rest.length === 0 ? found : item(found.submenu ?? [], ...rest);
};

describe('several windows', () => {
  test('have an engine each, and each page gets its own', async () => {
    const fake = await started();
    item(fake.state.menu!, 'File', 'New Window').click?.();
    expect(fake.windows.length).toBe(2);
    await listen(fake, 0);
    await listen(fake, 1);
    expect(fake.children.map((c) => c.messages.length)).toEqual([1, 1]);
    expect(fake.windows.map((w) => w.webContents.received.map((r) => r.channel))).toEqual([
      [EVENTS.port],
      [EVENTS.port],
    ]);
    await fake.invoke(CALLS.title, OUR_FRAME, 'second');
    expect(fake.windows.map((w) => w.title)).toEqual(['otascope', 'second']);
    fake.windows[1]!.close();
    expect([count(fake, 'kill'), count(fake, 'quit')]).toEqual([1, 0]);
    fake.windows[0]!.close();
    expect([count(fake, 'kill'), count(fake, 'quit')]).toEqual([2, 1]);
  });

  test('are no more than the machine can bear', async () => {
    const fake = await started();
    for (let n = 0; n < 40; n++) item(fake.state.menu!, 'File', 'New Window').click?.();
    expect(fake.windows.length).toBe(16);
  });

  test('a call from contents that are no window of ours is refused', async () => {
    const fake = await started();
    fake.caller = 99;
    for (const channel of Object.values(CALLS)) {
      await expect(fake.invoke(channel, OUR_FRAME, 'x')).rejects.toThrow('refused');
    }
    expect(fake.children).toEqual([]);
  });

  test('what is opened from outside takes no other capture its place', async () => {
    const fake = await started({ files: ['a.pcap'] });
    await listen(fake);
    news(fake, 0, opened('/w/a.pcap'));
    fake.electron.app.emit('second-instance', {}, ['otascope', 'b.pcap'], '/x');
    expect(fake.windows.length).toBe(2);
    await listen(fake, 1);
    expect([sent(fake, 0).length, sent(fake, 1)[0]?.args]).toEqual([
      1,
      [{ inputs: [{ path: '/x/b.pcap' }], add: false }],
    ]);
    // Without a file the window used last comes to the front.
    fake.windows[0]!.emit('focus');
    fake.windows[0]!.minimized = true;
    fake.electron.app.emit('second-instance', {}, ['otascope'], '/x');
    expect([fake.windows.length, fake.windows[0]!.minimized]).toEqual([2, false]);
  });

  test('two files opened at once by the system come into two windows', async () => {
    const fake = await started();
    await listen(fake);
    for (const path of ['/a.pcap', '/b.pcap']) fake.electron.app.emit('open-file', { preventDefault() {} }, path);
    expect(fake.windows.length).toBe(2);
  });

  test('on macOS the app stays when the last is closed, and the dock makes one', async () => {
    const fake = await started({ host: { platform: 'darwin' } });
    fake.windows[0]!.close();
    expect(count(fake, 'quit')).toBe(0);
    fake.electron.app.emit('activate');
    expect(fake.windows.length).toBe(1);
    fake.windows[0]!.close();
    fake.electron.app.emit('open-file', { preventDefault() {} }, '/a.pcap');
    await listen(fake);
    expect(sent(fake)[0]?.args).toEqual([{ inputs: [{ path: '/a.pcap' }], add: false }]);
  });
});

describe('captures opened lately', () => {
  test('are in the menu, remembered, and can be forgotten', async () => {
    const kept: unknown[] = [];
    const host = {
      remembered: async () => ({ recent: ['/old.pcap'] }),
      remember: async (_: string, v: unknown) => void kept.push(v),
    };
    const fake = await started({ host });
    await listen(fake);
    news(fake, 0, opened('/a & b.pcap', '/x/old.pcap'));
    const labels = () => item(fake.state.menu!, 'File', 'Open Recent').submenu!.map((i) => i.label);
    expect(labels()).toEqual(['a && b.pcap', 'old.pcap in /x', 'old.pcap in /', undefined, 'Clear Recent']);
    expect(fake.calls.filter((c) => c.name === 'addRecentDocument').map((c) => c.args[0])).toEqual([
      '/a & b.pcap',
      '/x/old.pcap',
    ]);
    expect(kept.at(-1)).toMatchObject({ recent: ['/a & b.pcap', '/x/old.pcap', '/old.pcap'] });
    item(fake.state.menu!, 'File', 'Open Recent', 'a && b.pcap').click?.();
    expect(sent(fake).at(-1)?.args).toEqual([{ inputs: [{ path: '/a & b.pcap' }], add: false }]);
    item(fake.state.menu!, 'File', 'Open Recent', 'Clear Recent').click?.();
    expect(kept.at(-1)).toMatchObject({ recent: [] });
    expect(item(fake.state.menu!, 'File', 'Open Recent').enabled).toBe(false);
    expect(count(fake, 'clearRecentDocuments')).toBe(1);
  });

  test('are twelve, each once, the last one first', () => {
    const many = Array.from({ length: 20 }, (_, n) => `/${n}`);
    expect(withRecent(many, ['/5', '/new']).slice(0, 4)).toEqual(['/5', '/new', '/0', '/1']);
    expect(withRecent(many, []).length).toBe(12);
  });

  const strange: readonly unknown[] = [
    undefined,
    null,
    7,
    'x',
    [],
    { recent: 7 },
    { recent: [1, null, ''], place: 'x', theme: 'pink' },
  ];
  for (const value of strange) {
    test(`a memory that reads ${JSON.stringify(value)} is an empty one`, () =>
      expect(readRemembered(value)).toEqual({ recent: [], place: null, theme: 'system' }));
  }

  test('are written whole, for their owner only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otascope-memory-'));
    try {
      const host = nodeHost();
      await Promise.all([1, 2, 3].map((n) => host.remember(folder, { recent: [`/${n}`] })));
      expect(await host.remembered(folder)).toEqual({ recent: ['/3'] });
      expect(readdirSync(folder)).toEqual(['window.json']);
      if (process.platform !== 'win32') expect(statSync(join(folder, 'window.json')).mode & 0o77).toBe(0);
      writeFileSync(join(folder, 'window.json'), '{"recent":["/1"');
      expect(await host.remembered(folder)).toBe(undefined);
      // A folder that can't be made is no failure.
      await host.remember(join(folder, 'window.json'), {});
      expect(readFileSync(join(folder, 'window.json'), 'utf8')).toBe('{"recent":["/1"');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the menu', () => {
  test('light or dark is kept', async () => {
    const kept: unknown[] = [];
    const fake = await started({ host: { remember: async (_: string, v: unknown) => void kept.push(v) } });
    item(fake.state.menu!, 'View', 'Theme', 'Dark').click?.();
    expect(fake.electron.nativeTheme.themeSource).toBe('dark');
    const again = await started({ host: { remembered: async () => kept.at(-1) } });
    expect(again.electron.nativeTheme.themeSource).toBe('dark');
    const checked = item(again.state.menu!, 'View', 'Theme').submenu!.filter((i) => i.checked);
    expect(checked.map((i) => i.label)).toEqual(['Dark']);
  });

  test('opens the dialogs of the page, once it listens', async () => {
    const fake = await started();
    const shown = () => fake.windows[0]!.webContents.received.filter((r) => r.channel === EVENTS.show);
    item(fake.state.menu!, 'Help', 'Keys').click?.();
    expect(shown()).toEqual([]);
    await listen(fake);
    item(fake.state.menu!, 'File', 'Save a Report…').click?.();
    item(fake.state.menu!, 'File', 'Paste Text…').click?.();
    item(fake.state.menu!, 'Help', 'Keys').click?.();
    expect(shown().map((r) => r.args)).toEqual([['export'], ['paste'], ['help']]);
  });

  for (const [platform, heads] of [
    ['linux', ['File', 'editMenu', 'View', 'Help']],
    ['darwin', ['appMenu', 'File', 'editMenu', 'View', 'windowMenu', 'Help']],
  ] as const) {
    test(`has the heads of ${platform}, About in one place, and no developer tools`, async () => {
      const { menu } = (await started({ host: { platform } })).state;
      expect(menu!.map((i) => i.label ?? i.role)).toEqual(heads);
      expect(JSON.stringify(menu).includes('"about"')).toBe(platform !== 'darwin');
      expect(JSON.stringify(menu)).not.toMatch(/devtools/i);
    });
  }
});

describe('dragging out of the window', () => {
  const bytes = new Uint8Array([1, 2, 3]);

  test('begins with a file of our own, under a name that is one', async () => {
    const kept: unknown[] = [];
    const keepDragged = async (...args: [string, string, Uint8Array]) => {
      kept.push(args);
      return '/kept';
    };
    const fake = await started({ host: { keepDragged } });
    await listen(fake);
    await fake.invoke(CALLS.drag, OUR_FRAME, { name: '../../.bashrc', bytes });
    expect(kept).toEqual([['/userData', 'bashrc', bytes]]);
    expect(fake.calls.slice(-2)).toEqual([
      { name: 'getFileIcon', args: ['/kept'] },
      { name: 'startDrag', args: ['/kept'] },
    ]);
  });

  const refused: readonly unknown[] = [
    undefined,
    'a',
    { name: 'a' },
    { name: 7, bytes },
    { name: 'a', bytes: 'text' },
    { name: 'a', bytes: new Uint8Array() },
    { name: 'a', path: '/etc/passwd' },
  ];
  for (const payload of refused) {
    test(`is refused for ${JSON.stringify(payload)}`, async () => {
      const fake = await started({ host: { keepDragged: () => Promise.reject(new Error('written')) } });
      await listen(fake);
      await expect(fake.invoke(CALLS.drag, OUR_FRAME, payload)).rejects.toThrow('refused');
      expect(count(fake, 'startDrag')).toBe(0);
    });
  }

  test('what can not be written is not dragged', async () => {
    const fake = await started({ host: { keepDragged: () => Promise.reject(new Error('ENOSPC')) } });
    await listen(fake);
    await expect(fake.invoke(CALLS.drag, OUR_FRAME, { name: 'a', bytes })).rejects.toThrow('ENOSPC');
    expect(count(fake, 'startDrag')).toBe(0);
  });

  test('leaves files that are the owner’s alone, eight at most, none when the app starts or ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'otascope-dragged-'));
    try {
      const host = nodeHost();
      const paths: string[] = [];
      for (let n = 0; n < 10; n++) paths.push(await host.keepDragged(folder, 'a.html', Uint8Array.of(n)));
      expect(new Set(paths).size).toBe(10);
      expect(readdirSync(join(folder, 'dragged')).length).toBe(8);
      expect([...readFileSync(paths[9]!)]).toEqual([9]);
      if (process.platform !== 'win32') expect(statSync(paths[9]!).mode & 0o77).toBe(0);
      host.forgetDragged(folder);
      expect(readdirSync(folder)).toEqual([]);
      const forgotten: string[] = [];
      const fake = await started({ host: { forgetDragged: () => void forgotten.push('all') } });
      expect(forgotten.length).toBe(1);
      fake.electron.app.emit('will-quit');
      expect(forgotten.length).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the place of a window', () => {
  const screen = { x: 0, y: 25, width: 1920, height: 1055 };
  const left = { x: -1920, y: 0, width: 1920, height: 1080 };
  const at = (x: number, y: number, width = 1200, height = 800) => ({
    bounds: { x, y, width, height },
    maximized: false,
  });
  const cases = [
    { name: 'nothing remembered', screens: [screen], place: null, out: { width: 1440, height: 900 } },
    { name: 'no screen known', screens: [], place: null, out: { width: 1440, height: 900 } },
    { name: 'as it was', screens: [screen], place: at(30, 40), out: { x: 30, y: 40, width: 1200, height: 800 } },
    {
      name: 'another screen',
      screens: [screen, left],
      place: at(-900, 10),
      out: { x: -900, y: 10, width: 1200, height: 800 },
    },
    { name: 'that screen is gone', screens: [screen], place: at(-1900, 10), out: { width: 1440, height: 900 } },
    { name: 'its edge out of reach', screens: [screen], place: at(30, -300), out: { width: 1440, height: 900 } },
    {
      name: 'larger than the screen',
      screens: [screen],
      place: at(0, 25, 4000, 3000),
      out: { x: 0, y: 25, width: 1920, height: 1055 },
    },
    {
      name: 'smaller than it may be',
      screens: [screen],
      place: at(0, 25, 200, 10),
      out: { x: 0, y: 25, width: 1024, height: 640 },
    },
    {
      name: 'a small screen',
      screens: [{ x: 0, y: 0, width: 1280, height: 720 }],
      place: null,
      out: { width: 1280, height: 720 },
    },
  ];
  for (const c of cases) test(c.name, () => expect(placeOn(c.screens, c.place)).toEqual(c.out));

  test('is kept when it is closed and taken again', async () => {
    const kept: unknown[] = [];
    const host = { remember: async (_: string, v: unknown) => void kept.push(v) };
    const fake = await started({ host });
    fake.windows[0]!.maximized = true;
    fake.windows[0]!.close();
    expect(kept).toEqual([
      {
        recent: [],
        place: { bounds: { x: 240, y: 90, width: 1440, height: 900 }, maximized: true },
        theme: 'system',
      },
    ]);
    const again = await started({ host: { remembered: async () => kept[0] } });
    expect(again.windows[0]!.options).toMatchObject({ x: 240, y: 90, width: 1440, height: 900 });
    await expect.poll(() => again.names()).toContain('maximize');
  });
});

describe('saving', () => {
  const own = { url: 'blob:app://ui/5b1f', origin: 'app://ui', name: 'report.html' };

  test('asks where, with the name and kind the page gave; the folder is kept', async () => {
    const fake = await started();
    const { item: first, prevented } = fake.download({ ...own, saved: '/reports/report.html' });
    expect(prevented).toBe(false);
    expect(first.options).toEqual({
      title: 'Save as',
      defaultPath: join('/downloads', 'report.html'),
      filters: [
        { name: 'Web page', extensions: ['html'] },
        { name: 'All files', extensions: ['*'] },
      ],
    });
    first.emit('done', {}, 'completed');
    expect(fake.download(own).item.options?.defaultPath).toBe(join('/reports', 'report.html'));
  });

  const foreign = [
    { ...own, url: 'https://evil.example/x' },
    { ...own, url: 'data:text/html,x' },
    { ...own, url: 'app://ui/index.html' },
    { ...own, url: 'blob:https://evil.example/1' },
    { ...own, url: 'blob:null/1' },
    { ...own, origin: 'https://evil.example' },
    { ...own, origin: '' },
  ];
  for (const offered of foreign) {
    test(`is refused for ${offered.url} by '${offered.origin}'`, async () => {
      const { item: none, prevented } = (await started()).download(offered);
      expect([prevented, none.options]).toEqual([true, null]);
    });
  }

  test('that fails is said in a sentence; one that is called off is not', async () => {
    const fake = await started();
    fake.download(own).item.emit('done', {}, 'cancelled');
    expect(count(fake, 'showMessageBox')).toBe(0);
    fake.download(own).item.emit('done', {}, 'interrupted');
    expect(fake.calls.at(-1)).toEqual({ name: 'showMessageBox', args: ['report.html could not be saved.'] });
  });

  const names: readonly [string, string][] = [
    ['report.html', 'report.html'],
    ['../../.bashrc', 'bashrc'],
    ['..\\..\\x.exe', 'x.exe'],
    ['C:\\x', 'x'],
    ['a\u202egpj.exe', 'a_gpj.exe'],
    ['a\u0000b\n.txt', 'a_b_.txt'],
    ['nul.txt', '_nul.txt'],
    ['COM1', '_COM1'],
    ['x. . ', 'x'],
    ['', 'otascope'],
    ['..', 'otascope'],
    [`${'x'.repeat(500)}.pcapng`, `${'x'.repeat(113)}.pcapng`],
  ];
  for (const [name, safe] of names)
    test(`calls ${JSON.stringify(name.slice(0, 20))} ${safe.slice(0, 20)}`, () => expect(safeName(name)).toBe(safe));
});

describe('progress on the taskbar', () => {
  const status = (phase: Status['phase'], ...inputs: [number, number | null][]) =>
    ({ phase, inputs: inputs.map(([consumed, bytes]) => ({ consumed, bytes })) }) as unknown as Status;
  const cases: readonly [string, Status, number][] = [
    ['nothing open', status('empty'), -1],
    ['all read', status('ready', [10, 10]), -1],
    ['a third', status('loading', [50, 100], [0, 50]), 0.33],
    ['unknown end', status('loading', [50, 100], [0, null]), 2],
    ['empty file', status('loading', [0, 0]), 2],
    ['grown meanwhile', status('loading', [200, 100]), 1],
  ];
  for (const [name, s, out] of cases) test(name, () => expect(progressOf(s)).toBe(out));

  test('is the one that the engine tells, and nothing else it says is believed', async () => {
    const fake = await started();
    await listen(fake);
    news(fake, 0, { progress: 0.5 });
    expect(fake.windows[0]!.progress).toBe(0.5);
    const odd = [
      null,
      'x',
      { progress: 7 },
      { progress: Number.NaN },
      { did: 'exec', json: '', paths: [] },
      { did: 'open', json: 7, paths: [] },
      { did: 'open', json: '', paths: [7] },
      { did: 'open', json: '', paths: Array(2000).fill('/x') },
    ];
    news(fake, 0, ...odd);
    expect(fake.windows[0]!.progress).toBe(0.5);
    expect(count(fake, 'addRecentDocument')).toBe(0);
    fake.children[0]!.emit('exit', 1);
    expect(fake.windows[0]!.progress).toBe(-1);
  });
});

describe('coming back', () => {
  test('a page that died is loaded again where it was; the engine stays', async () => {
    const fake = await started();
    await listen(fake);
    fake.windows[0]!.webContents.crash('crashed');
    expect([count(fake, 'reload'), count(fake, 'loadURL'), count(fake, 'kill')]).toEqual([1, 1, 0]);
    // What is opened meanwhile waits for the page.
    fake.electron.app.emit('second-instance', {}, ['otascope', '/b.pcap'], '/');
    expect(sent(fake)).toEqual([]);
    await listen(fake);
    expect([sent(fake).length, fake.children.length]).toEqual([1, 1]);
    fake.windows[0]!.webContents.crash('clean-exit');
    expect(count(fake, 'reload')).toBe(1);
  });

  test('a page that keeps dying is not loaded without asking', async () => {
    let now = 0;
    const fake = await started({ host: { now: () => now }, electron: { pressed: [0, 1] } });
    const crash = () => fake.windows[0]!.webContents.crash('oom');
    for (let n = 0; n < 5; n++) {
      crash();
      now += 61_000;
    }
    expect([count(fake, 'reload'), count(fake, 'showMessageBox')]).toEqual([5, 0]);
    for (let n = 0; n < 3; n++) crash();
    await expect.poll(() => count(fake, 'reload')).toBe(8);
    expect(count(fake, 'showMessageBox')).toBe(1);
    for (let n = 0; n < 3; n++) crash();
    await expect.poll(() => fake.windows.length).toBe(0);
  });

  test('a page that does not answer can be started anew', async () => {
    const fake = await started({ electron: { pressed: [0, 1] } });
    fake.windows[0]!.emit('unresponsive');
    await expect.poll(() => count(fake, 'showMessageBox')).toBe(1);
    fake.windows[0]!.emit('unresponsive');
    await expect
      .poll(() => fake.names().filter((n) => /Crash|reload/.test(n)))
      .toEqual(['forcefullyCrashRenderer', 'reload']);
  });

  test('an engine that died reads the same again, once', async () => {
    const fake = await started();
    await listen(fake);
    const pins = { did: 'decodeAs', json: '{"op":"decodeAs","choices":["udp.port=5000:wdp"]}', paths: [] } as const;
    const added = { ...opened('/b'), did: 'add' } as const;
    news(fake, 0, opened('/gone'), pins, opened('/a'), added);
    const steps = [pins, opened('/a'), added].map((n) => 'json' in n && n.json);
    const gone = () =>
      fake.windows[0]!.webContents.received.filter((r) => r.channel === EVENTS.gone).map((r) => r.args);
    fake.children[0]!.emit('exit', 134);
    await listen(fake);
    expect(fake.children[1]!.messages[0]?.data).toEqual({ resume: steps });
    // A page that was loaded anew does not open it twice.
    await listen(fake);
    expect(fake.children[1]!.messages[1]?.data).toEqual({ resume: [] });
    fake.children[1]!.emit('exit', 134);
    await listen(fake);
    expect(fake.children[2]!.messages[0]?.data).toEqual({ resume: [] });
    expect(gone()).toEqual([[true], []]);
  });

  test('text too long to be kept is not half brought back', async () => {
    const fake = await started();
    await listen(fake);
    news(fake, 0, opened('/a'), { did: 'add', json: '', paths: [] });
    fake.children[0]!.emit('exit', 134);
    await listen(fake);
    expect(fake.children[1]!.messages[0]?.data).toEqual({ resume: [] });
  });

  test('with a real engine: the same messages are there again', async () => {
    const world = await windowWith(hostEngine, {
      platform: 'linux',
      argv: [],
      cwd: '/',
      engine: 'engine.js',
      preload: 'preload.cjs',
      engineArguments: [],
      pageFile: async () => undefined,
      samples: async () => [],
      filesNamed: () => [],
    });
    const ask = async (request: EngineRequest) =>
      decodeReply(await world.bridge.request(JSON.stringify(request))) as Status;
    const ready = async (): Promise<Status> => {
      for (;;) {
        const s = await ask({ op: 'status' });
        if (s.phase === 'ready') return s;
        await new Promise((done) => setTimeout(done, 10));
      }
    };
    await ask({ op: 'open', inputs: [{ name: 'pasted.log', text: PUSH.replace(/ /g, '') }] });
    const before = await ready();
    expect(before.messages).toBeGreaterThan(0);
    world.fake.children[0]!.emit('exit', 134);
    await expect(ask({ op: 'status' })).rejects.toThrow('the capture is being read again');
    const after = await ready();
    expect([after.messages, after.totals]).toEqual([before.messages, before.totals]);
    expect(world.fake.children.length).toBe(2);
  });
});

describe('files that a desktop names by address', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['file:///x/a%20b.pcap', ['/x/a b.pcap']],
    ['FILE:///x/a.pcap', ['/x/a.pcap']],
    ['file://host/x', []],
    ['file:///x/%2e%2e%2fy', []],
    ['file:///%00', []],
  ];
  for (const [word, out] of cases) test(word, () => expect(filesNamed(['otascope', word], '/w', [])).toEqual(out));
});
