import { describe, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../cli/host/page-files.ts';
import { CALLS, EVENTS } from '../../electron/channels.ts';
import { isOurPage } from '../../electron/main/guard.ts';
import type { MainHost } from '../../electron/main/host.ts';
import { filesNamed } from '../../electron/main/node-host.ts';
import type { MenuItem } from '../../electron/main/ports.ts';
import { startMain } from '../../electron/main/start.ts';
import { type Fake, fakeElectron, OUR_FRAME } from './fake.mjs';
import { NO_MEMORY } from './world.ts';

const SAMPLES = [{ id: 'netwpin', title: 'A NETWPIN push', story: 'One sentence.' }];

function host(files: readonly string[] = []): MainHost {
  return {
    platform: 'linux',
    argv: ['electron', '/app', ...files],
    cwd: '/home/u',
    engine: '/app/dist/electron/engine.js',
    preload: '/app/dist/electron/preload.cjs',
    engineArguments: [],
    pageFile: async (path) =>
      path === '/' ? { bytes: new TextEncoder().encode('<html>'), mediaType: 'text/html' } : undefined,
    samples: async () => SAMPLES,
    ...NO_MEMORY,
    filesNamed: (argv, cwd) => filesNamed(argv, cwd, ['/app']),
  };
}

async function started(files?: readonly string[], options?: Parameters<typeof fakeElectron>[0]): Promise<Fake> {
  const fake = fakeElectron(options);
  await startMain(fake.electron, host(files));
  return fake;
}

const shown = (fake: Fake) => fake.windows[0]!.webContents.received;

describe('starting', () => {
  test('happens in the one safe order', async () => {
    const fake = await started();
    expect(fake.names()).toEqual([
      'enableSandbox',
      'registerSchemesAsPrivileged',
      'requestSingleInstanceLock',
      'ready',
      'setPermissionRequestHandler',
      'setPermissionCheckHandler',
      'setDevicePermissionHandler',
      'protocol.handle',
      'ipcMain.handle',
      'ipcMain.handle',
      'ipcMain.handle',
      'ipcMain.handle',
      'setApplicationMenu',
      'new BrowserWindow',
      'loadURL',
    ]);
    expect(fake.calls.at(-1)?.args).toEqual(['app://ui/']);
  });

  test('makes a window that has nothing but the page', async () => {
    const fake = await started();
    expect(fake.windows[0]?.options).toMatchObject({
      show: false,
      webPreferences: {
        preload: '/app/dist/electron/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
      },
    });
    const call = fake.calls.find((c) => c.name === 'registerSchemesAsPrivileged');
    expect(call?.args[0]).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test('leaves to the instance that is there already', async () => {
    const fake = await started([], { firstInstance: false });
    expect(fake.names()).toEqual(['enableSandbox', 'registerSchemesAsPrivileged', 'requestSingleInstanceLock', 'quit']);
    expect(fake.windows).toEqual([]);
  });

  test('ends with its window, and the engine with it', async () => {
    const fake = await started();
    await fake.invoke(CALLS.engine, OUR_FRAME);
    fake.windows[0]!.close();
    expect(fake.names().slice(-2)).toEqual(['kill', 'quit']);
  });
});

describe('the page is permitted nothing', () => {
  test('neither when it asks nor when it is looked up', async () => {
    const { state } = await started();
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'unknown']) {
      let granted: boolean | undefined;
      state.request?.({}, permission, (g) => {
        granted = g;
      });
      expect(granted).toBe(false);
    }
    expect([state.check?.(), state.device?.()]).toEqual([false, false]);
  });

  const away = [
    'https://evil.example/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'app://evil/',
    'app://ui.evil/',
    'app://ui@evil/',
    'app://u:p@ui/',
    'app://u@ui/',
    'app://:p@ui/',
    'app://ui:81/',
    'app:ui',
    'App://UI.',
    'about:blank',
    'blob:app://ui/1',
    'filesystem:app://ui/x',
    '',
    'not a url',
  ];
  for (const url of away) {
    test(`to go to ${url || 'nowhere'}`, async () => {
      const fake = await started();
      const contents = fake.windows[0]!.webContents;
      for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
        let prevented = false;
        contents.emit(event, {
          url,
          preventDefault: () => {
            prevented = true;
          },
        });
        expect([event, prevented]).toEqual([event, true]);
      }
      expect(isOurPage(url)).toBe(false);
    });
  }

  test('but its own place', () => {
    for (const url of ['app://ui/', 'app://ui/index.html', 'app://ui/#m=m3']) expect(isOurPage(url)).toBe(true);
  });

  test('to open windows or to hold web views', async () => {
    const contents = (await started()).windows[0]!.webContents;
    expect(contents.openHandler?.()).toEqual({ action: 'deny' });
    let prevented = false;
    contents.emit('will-attach-webview', {
      preventDefault: () => {
        prevented = true;
      },
    });
    expect(prevented).toBe(true);
  });
});

describe('calls from a page', () => {
  const frames = [
    { name: 'no frame', frame: null },
    { name: 'a frame inside ours', frame: { url: 'app://ui/', parent: OUR_FRAME } },
    { name: 'another origin', frame: { url: 'https://evil.example/', parent: null } },
    { name: 'an origin that begins like ours', frame: { url: 'app://ui.evil/', parent: null } },
    { name: 'an empty address', frame: { url: '', parent: null } },
  ];
  for (const c of frames) {
    test(`are refused from ${c.name}`, async () => {
      const fake = await started();
      for (const channel of Object.values(CALLS)) {
        await expect(fake.invoke(channel, c.frame, 'x')).rejects.toThrow('refused: not our page');
      }
      expect(fake.children).toEqual([]);
      expect(fake.names()).not.toContain('showOpenDialog');
      expect(fake.windows[0]?.title).toBe('otascope');
    });
  }

  test('exist on four channels only', async () => {
    const fake = await started();
    expect([...fake.handlers.keys()].sort()).toEqual(Object.values(CALLS).sort());
    await expect(fake.invoke('otascope:exec', OUR_FRAME)).rejects.toThrow('No handler');
  });

  for (const payload of [undefined, 7, null, { toString: 'x' }, ['a']]) {
    test(`a title is text, not ${JSON.stringify(payload)}`, async () => {
      const fake = await started();
      await expect(fake.invoke(CALLS.title, OUR_FRAME, payload)).rejects.toThrow('refused');
    });
  }

  test('set a title of bounded length', async () => {
    const fake = await started();
    await fake.invoke(CALLS.title, OUR_FRAME, 'gateway.pcapng');
    expect(fake.windows[0]?.title).toBe('gateway.pcapng');
    await fake.invoke(CALLS.title, OUR_FRAME, 'x'.repeat(10_000));
    expect(fake.windows[0]?.title.length).toBe(200);
    await expect(fake.invoke(CALLS.title, OUR_FRAME, 'a', 'b')).rejects.toThrow('too many');
  });

  test('let the user choose files', async () => {
    const chosen = { canceled: false, filePaths: ['/a.pcap', '/b.log'] };
    const fake = await started([], { chosen });
    expect(await fake.invoke(CALLS.choose, OUR_FRAME)).toEqual(['/a.pcap', '/b.log']);
    expect(await (await started()).invoke(CALLS.choose, OUR_FRAME)).toEqual([]);
  });
});

describe('the engine', () => {
  test('runs in a process of its own, with a bound on its memory, one port each for it and the page', async () => {
    const fake = await started();
    expect(fake.children.length).toBe(0);
    await fake.invoke(CALLS.engine, OUR_FRAME);
    const fork = fake.calls.find((c) => c.name === 'fork');
    expect(fork?.args).toEqual([
      '/app/dist/electron/engine.js',
      [],
      { serviceName: 'otascope engine', execArgv: ['--max-old-space-size=2048'] },
    ]);
    expect(fake.children[0]?.messages.map((m) => m.ports.length)).toEqual([1]);
    expect(shown(fake).map((r) => [r.channel, r.ports.length])).toEqual([[EVENTS.port, 1]]);
  });

  test('serves a page that was loaded anew over a new channel', async () => {
    const fake = await started();
    await fake.invoke(CALLS.engine, OUR_FRAME);
    await fake.invoke(CALLS.engine, OUR_FRAME);
    expect(fake.children.length).toBe(1);
    expect(fake.children[0]?.messages.length).toBe(2);
  });

  test('that died is started again when it is asked for, not before', async () => {
    const fake = await started();
    await fake.invoke(CALLS.engine, OUR_FRAME);
    fake.children[0]!.emit('exit', 134);
    expect(shown(fake).at(-1)?.channel).toBe(EVENTS.gone);
    expect(fake.children.length).toBe(1);
    await fake.invoke(CALLS.engine, OUR_FRAME);
    expect(fake.children.length).toBe(2);
    // The old one's end comes late: it is not the new one's.
    const before = shown(fake).length;
    fake.children[0]!.emit('exit', 134);
    expect(shown(fake).length).toBe(before);
  });
});

describe('what is opened from outside', () => {
  test('by the command line waits for the page to listen', async () => {
    const fake = await started(['a.pcap', '--flag', '/b.log']);
    expect(shown(fake)).toEqual([]);
    await fake.invoke(CALLS.engine, OUR_FRAME);
    expect(shown(fake).at(-1)).toMatchObject({
      channel: EVENTS.open,
      args: [{ inputs: [{ path: '/home/u/a.pcap' }, { path: '/b.log' }], add: false }],
    });
  });

  test('by a second instance comes to the first, which comes to the front', async () => {
    const fake = await started();
    await fake.invoke(CALLS.engine, OUR_FRAME);
    fake.windows[0]!.minimized = true;
    fake.electron.app.emit('second-instance', {}, ['electron', '/app', 'c.pcap'], '/data');
    expect(shown(fake).at(-1)?.args).toEqual([{ inputs: [{ path: '/data/c.pcap' }], add: false }]);
    expect(fake.names().slice(-2)).toEqual(['restore', 'focus']);
  });

  test('by the system', async () => {
    const fake = await started();
    await fake.invoke(CALLS.engine, OUR_FRAME);
    let prevented = false;
    fake.electron.app.emit('open-file', { preventDefault: () => (prevented = true) }, '/d.pcap');
    expect(prevented).toBe(true);
    expect(shown(fake).at(-1)?.args).toEqual([{ inputs: [{ path: '/d.pcap' }], add: false }]);
  });

  const item = (items: readonly MenuItem[], ...labels: readonly string[]): MenuItem => {
    const [label, ...rest] = labels;
    const found = items.find((i) => i.label === label)!;
    return rest.length === 0 ? found : item(found.submenu ?? [], ...rest);
  };

  test('by the menu', async () => {
    const chosen = { canceled: false, filePaths: ['/e.pcap'] };
    const fake = await started([], { chosen });
    await fake.invoke(CALLS.engine, OUR_FRAME);
    const menu = fake.state.menu!;
    item(menu, 'File', 'Add to Session…').click?.();
    await expect.poll(() => shown(fake).at(-1)?.args).toEqual([{ inputs: [{ path: '/e.pcap' }], add: true }]);
    item(menu, 'File', 'Open Sample', 'A NETWPIN push').click?.();
    expect(shown(fake).at(-1)?.args).toEqual([{ inputs: [{ sample: 'netwpin' }], add: false }]);
    item(menu, 'View', 'Theme', 'Dark').click?.();
    expect(fake.electron.nativeTheme.themeSource).toBe('dark');
  });

  test('nothing chosen opens nothing', async () => {
    const fake = await started();
    await fake.invoke(CALLS.engine, OUR_FRAME);
    item(fake.state.menu!, 'File', 'Open…').click?.();
    await new Promise((done) => setTimeout(done, 20));
    expect(shown(fake).map((r) => r.channel)).toEqual([EVENTS.port]);
  });
});

describe('the scheme', () => {
  const ask = async (url: string, method = 'GET') => {
    const { state } = await started();
    return state.scheme!({ url, method } as Request);
  };
  test('gives the page with its policy', async () => {
    const r = await ask('app://ui/');
    expect([r.status, r.headers.get('content-type'), await r.text()]).toEqual([200, 'text/html', '<html>']);
    expect(r.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(r.headers.get('x-content-type-options')).toBe('nosniff');
  });
  test('has a policy without anything inline or foreign', () => {
    expect(CONTENT_SECURITY_POLICY.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "worker-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
  });
  const nothing = ['app://ui/../x', 'app://ui/%2e%2e/x', 'app://evil/', 'app://ui/nothing', 'file:///etc/passwd'];
  for (const url of nothing) {
    test(`gives nothing for ${url}`, async () => {
      expect((await ask(url)).status).toBe(404);
    });
  }
  test('is only read', async () => {
    expect((await ask('app://ui/', 'POST')).status).toBe(405);
    const head = await ask('app://ui/', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

describe('files on a command line', () => {
  const cases = [
    { argv: ['otascope', 'a.pcap'], out: ['/w/a.pcap'] },
    { argv: ['electron', '/app', '/x/a.pcap'], out: ['/x/a.pcap'] },
    { argv: ['electron', '../app', '--inspect=1', '-psn_0', ''], out: [] },
  ];
  for (const c of cases) test(c.argv.join(' '), () => expect(filesNamed(c.argv, '/w', ['/app'])).toEqual(c.out));
});
