// Each protection, and how it is taken away: `find` occurs once in `file` and becomes `put`. A test in `tests` has to fail
// then. `build`: the bundle that these tests run, built anew with the fault in it.

const MAIN = 'test/electron/main.test.ts';
const BOOT = 'test/electron/boot.test.ts';
const LAYERS = 'test/project/layers.test.ts';
const SERVER = 'test/server/server.test.ts';
const ATTACKS = 'test/server/attacks.test.ts';
const PACKAGES = 'test/project/installers.test.ts';

const of = (item, tests, file, list) =>
  list.map(([what, find, put, more = {}]) => ({ item, tests, file, what, find, put, ...more }));

const fuse = (name, safe) => [`fuse ${name} turned`, `"${name}": ${safe}`, `"${name}": ${!safe}`];

/** The numbers are those of Electron's checklist. */
export const CHECKLIST = [
  ...of('1 only secure content', [MAIN], 'electron/main/window.ts', [
    ['another page is loaded', 'port.loadURL(PAGE_URL)', "port.loadURL('https://example.org/')"],
  ]),
  ...of('1 only secure content', [MAIN], 'electron/main/scheme.ts', [
    ['the scheme is not a secure one', 'secure: true, supportFetchAPI', 'supportFetchAPI'],
  ]),
  ...of('2 no Node integration', [MAIN], 'electron/main/window.ts', [
    ['on in the page', 'nodeIntegration: false', 'nodeIntegration: true'],
    ['on in workers', 'nodeIntegrationInWorker: false', 'nodeIntegrationInWorker: true'],
    ['on in subframes', 'nodeIntegrationInSubFrames: false', 'nodeIntegrationInSubFrames: true'],
  ]),
  ...of('3 context isolation', [MAIN], 'electron/main/window.ts', [
    ['off', 'contextIsolation: true', 'contextIsolation: false'],
  ]),
  ...of('4 process sandbox', [MAIN], 'electron/main/window.ts', [
    ['off for the window', 'sandbox: true', 'sandbox: false'],
  ]),
  ...of('4 process sandbox', [MAIN], 'electron/main/start.ts', [['not for the app', '  app.enableSandbox();\n', '']]),
  ...of('5 permissions', [MAIN], 'electron/main/lockdown.ts', [
    ['requests are granted', 'callback(false)', 'callback(true)'],
    ['checks are granted', 'setPermissionCheckHandler(() => false)', 'setPermissionCheckHandler(() => true)'],
    ['devices are granted', 'setDevicePermissionHandler(() => false)', 'setDevicePermissionHandler(() => true)'],
  ]),
  ...of('5 permissions', [MAIN], 'electron/main/start.ts', [
    ['handlers not set', '  permitNothing(electron.session);\n', ''],
  ]),
  ...of('6 webSecurity', [MAIN], 'electron/main/window.ts', [['off', 'spellcheck: false', 'webSecurity: false']]),
  ...of('7 content security policy', [MAIN], 'electron/main/scheme.ts', [
    ['not sent with the page', "headers: { ...PAGE_HEADERS, 'content-type'", "headers: { 'content-type'"],
  ]),
  ...of('7 content security policy', [MAIN], 'cli/host/page-files.ts', [
    ['inline scripts', `"script-src 'self'"`, `"script-src 'self' 'unsafe-inline'"`],
    ['foreign connections', `"connect-src 'self'"`, '"connect-src *"'],
  ]),
  ...of('8 insecure content', [MAIN], 'electron/main/window.ts', [
    ['allowed', 'spellcheck: false', 'allowRunningInsecureContent: true'],
  ]),
  ...of('9 experimental features', [LAYERS], 'electron/main/start.ts', [
    [
      'a switch for Chromium',
      '  app.enableSandbox();\n',
      "  app.enableSandbox();\n  app.commandLine.appendSwitch('x');\n",
    ],
  ]),
  ...of('9 experimental features', [MAIN], 'electron/main/window.ts', [
    ['on', 'spellcheck: false', 'experimentalFeatures: true'],
  ]),
  ...of('10 enableBlinkFeatures', [MAIN], 'electron/main/window.ts', [
    ['on', 'spellcheck: false', "enableBlinkFeatures: 'x'"],
  ]),
  ...of('11 web views', [MAIN], 'electron/main/window.ts', [['allowed', 'webviewTag: false', 'webviewTag: true']]),
  ...of('12 options of web views', [MAIN], 'electron/main/lockdown.ts', [
    ['one is attached', "  contents.on('will-attach-webview', (event) => event.preventDefault());\n", ''],
  ]),
  ...of('13 navigation', [MAIN], 'electron/main/lockdown.ts', [
    ['will-navigate not heard', "  contents.on('will-navigate', stay);\n", ''],
    ['will-redirect not heard', "  contents.on('will-redirect', stay);\n", ''],
    ['will-frame-navigate not heard', "  contents.on('will-frame-navigate', stay);\n", ''],
  ]),
  ...of('13 navigation', [MAIN], 'electron/main/guard.ts', [
    ['an origin that begins like ours', '=== PAGE_ORIGIN &&', "!== '' && url.startsWith(PAGE_ORIGIN) &&"],
    ['a user in the address', " && u.username === ''", ''],
    ['a password in the address', " && u.password === ''", ''],
    ['a port in the address', 'u.host}', 'u.hostname}'],
  ]),
  ...of('13 navigation', [MAIN], 'electron/main/start.ts', [
    ['not for every contents', "  app.on('web-contents-created', (_event, contents) => keepInPlace(contents));\n", ''],
  ]),
  ...of('14 new windows', [MAIN], 'electron/main/lockdown.ts', [['allowed', "action: 'deny'", "action: 'allow'"]]),
  ...of('15 openExternal', [LAYERS], 'electron/main/start.ts', [
    ['used', '  buildMenu();\n\n', "  buildMenu();\n  electron.shell.openExternal('https://example.org/');\n\n"],
  ]),
  ...of('16 current Electron', ['test/project/supply.test.ts', 'test/project/licences.test.ts'], 'package.json', [
    ['an old one', '"electron": "45.', '"electron": "38.'],
    ['not pinned', '"electron": "', '"electron": "^'],
  ]),
  ...of('17 senders of calls', [MAIN], 'electron/main/guard.ts', [
    ['anybody', "      if (!isTrusted(event)) throw new Error('refused: not our page');\n", ''],
    ['a frame inside ours', ' && frame.parent === null', ''],
    ['another origin', ' && isOurPage(frame.url)', ''],
    ['more arguments', "      if (args.length > 1) throw new Error('refused: too many arguments');\n", ''],
  ]),
  ...of('17 senders of calls', [MAIN, 'test/electron/desktop.test.ts'], 'electron/main/start.ts', [
    [
      'a title that is no text',
      "      if (typeof title !== 'string') throw new Error('refused: a title is text');\n",
      '',
    ],
    [
      'contents that are no window of ours',
      "    if (window === undefined) throw new Error('refused: there is no such window');\n    return window;",
      '    return window ?? windows[0]!;',
    ],
  ]),
  ...of('18 no file addresses', [MAIN], 'electron/main/scheme.ts', [
    ['another host of the scheme', '  if (!isOurPage(request.url)) return refuse(404);\n', ''],
  ]),
  ...of('18 no file addresses', [LAYERS], 'electron/channels.ts', [
    ['the page is a file', 'export const PAGE_URL = ', "export const PAGE_URL = 'file:///index.html' || "],
  ]),
  ...of('19 fuses', [PACKAGES], 'packaging/electron-builder.json', [
    fuse('runAsNode', false),
    fuse('enableCookieEncryption', true),
    fuse('enableNodeOptionsEnvironmentVariable', false),
    fuse('enableNodeCliInspectArguments', false),
    fuse('enableEmbeddedAsarIntegrityValidation', true),
    fuse('onlyLoadAppFromAsar', true),
    fuse('loadBrowserProcessSpecificV8Snapshot', false),
    fuse('grantFileProtocolExtraPrivileges', false),
    ['the archive without digests', '"disableAsarIntegrity": false', '"disableAsarIntegrity": true'],
  ]),
  ...of('20 no Electron for the page', [BOOT], 'electron/preload/make-bridge.ts', [
    [
      'any channel by name',
      '    setTitle(title) {',
      '    invoke: (channel: string) => ipcRenderer.invoke(channel),\n    setTitle(title) {',
      { build: 'electron' },
    ],
    ['paths nobody pointed at', '      if (refused) throw new Error(NOT_CHOSEN);\n', '', { build: 'electron' }],
    [
      'an object that can be changed',
      'return Object.freeze<Bridge>({',
      'return Object.seal<Bridge>({',
      { build: 'electron' },
    ],
    ["Electron's own event", 'else onOpen(event);', 'else onOpen(event, _event);', { build: 'electron' }],
  ]),
  ...of('20 no Electron for the page', [BOOT], 'electron/preload/electron.ts', [
    [
      'ipcRenderer itself',
      "contextBridge.exposeInMainWorld('otascope'",
      "contextBridge.exposeInMainWorld('ipc', ipcRenderer);\ncontextBridge.exposeInMainWorld('otascope'",
      { build: 'electron' },
    ],
  ]),
  ...of('20 no Electron for the page', [LAYERS], 'ui/main.tsx', [
    ['text as mark-up', 'import', 'document.body.innerHTML = location.hash;\nimport', { first: true }],
  ]),
  ...of('engine process', [MAIN], 'electron/main/engine-process.ts', [
    ['no bound on its memory', '[`--max-old-space-size=', '[`--stack-size='],
  ]),
  ...of('saving', ['test/electron/desktop.test.ts'], 'electron/main/downloads.ts', [
    ['what others offer', '    if (!isOwn(item)) {', '    if (false) {'],
    ['names with folders', "basename(name.replaceAll('\\\\', '/'))", 'name'],
  ]),
  ...of('dragging out', ['test/electron/desktop.test.ts'], 'electron/main/drag.ts', [
    ['names with folders', 'name: safeName(name)', 'name'],
    ['anything is octets', ' || !(bytes instanceof Uint8Array)', ''],
    ['of any size', 'bytes.length === 0 || ', ''],
  ]),
  ...of('dragging out', ['test/electron/desktop.test.ts'], 'electron/main/start.ts', [
    ['stays when the app ends', "  app.on('will-quit', () => host.forgetDragged(own));\n", ''],
    ['stays when the app was killed', '  host.forgetDragged(own);\n', ''],
  ]),
  ...of('dragging out', ['test/electron/desktop.test.ts'], 'electron/main/node-host.ts', [
    ['for everybody to read', '{ mode: 0o600, flag: ', '{ flag: '],
    ['without end', 'folders.length > MOST_DRAGGED', 'folders.length > Infinity'],
  ]),
];

export const SERVING = [
  ...of('loopback only', [ATTACKS], 'cli/server/server.ts', [
    ['all addresses', "HOST = '127.0.0.1'", "HOST = '0.0.0.0'"],
  ]),
  ...of('random port', [SERVER], 'cli/server/server.ts', [
    ['a fixed one', 'options.port ?? 0', 'options.port ?? 48123'],
  ]),
  ...of('token', [SERVER], 'cli/server/access.ts', [
    ['a short one', 'randomBytes(16)', 'randomBytes(4)'],
    ['any is right', 'return timingSafeEqual(digest(given), digest(access.token));', 'return true;'],
    ['none is right', 'if (given === null) return false;', 'if (given === null) return true;'],
  ]),
  ...of('token', [SERVER], 'cli/server/server.ts', [
    [
      'not asked for the page',
      "if (!sameToken(new URLSearchParams(query).get('t'), access))",
      'if (access === undefined)',
    ],
    [
      'not asked for the engine',
      "  if (!sameToken(typeof token === 'string' ? token : null, serving.access)) {",
      "  if (token === '-') {",
    ],
  ]),
  ...of('Host (DNS rebinding)', [SERVER, ATTACKS], 'cli/server/access.ts', [
    ['not checked', 'if (host === undefined || told > 1 || !hosts.includes(host))', 'if (host === undefined)'],
    ['its beginning is enough', '!hosts.includes(host)', '!hosts.some((h) => host.startsWith(h))'],
    ['two of them', 'told > 1 || ', ''],
  ]),
  ...of('requests of others', [ATTACKS], 'cli/server/server.ts', [
    [
      'the rest is read',
      "  response.setHeader('connection', 'close');\n  send(response, 403, why);",
      '  send(response, 403, why);',
    ],
    ['are asked to go on', 'if (mayReach(request, access) === undefined) response', 'response'],
  ]),
  ...of('Origin', [SERVER], 'cli/server/access.ts', [
    ['not checked', 'origin !== undefined && origin !== ', "origin === '-' && origin !== "],
    ['need not be there', "if (origin === undefined && request.method === 'POST')", "if (origin === '-')"],
    [
      'requests from other sites',
      "if (site !== undefined && site !== 'same-origin' && site !== 'none')",
      "if (site === '-')",
    ],
  ]),
  ...of('no CORS', [SERVER, ATTACKS], 'cli/host/page-files.ts', [
    [
      'every origin may read',
      "  'cache-control': 'no-store',",
      "  'cache-control': 'no-store',\n  'access-control-allow-origin': '*',",
    ],
    [
      'other sites may embed',
      "'cross-origin-resource-policy': 'same-origin'",
      "'cross-origin-resource-policy': 'cross-origin'",
    ],
  ]),
  ...of('only JSON', [SERVER], 'cli/server/server.ts', [
    [
      'forms, too',
      "if (!/^application\\/json\\b/i.test(request.headers['content-type'] ?? ''))",
      'if (request === undefined)',
    ],
  ]),
  ...of('traversal', [SERVER], 'cli/host/page-files.ts', [
    ['names are not checked', '|| !PATH.test(path)', ''],
    ['links lead out', 'if (!file.startsWith(base + sep) || ', 'if ('],
  ]),
  ...of('no paths from a page', [SERVER], 'cli/server/server.ts', [
    ['any path', 'path: () => false', 'path: () => true'],
  ]),
  ...of('requests are checked', [SERVER], 'cli/host/requests.ts', [
    ['any fields', 'Object.keys(v).every((key) => Object.hasOwn(shape, key)) &&', ''],
    ['any operation', 'if (!isObject(value) || !isKnown(value.op))', 'if (!isObject(value))'],
  ]),
  ...of('size', [SERVER, ATTACKS], 'cli/server/server.ts', [
    ['a length that is told', "  if (Number(request.headers['content-length'] ?? 0) > most) return undefined;\n", ''],
    ['a length that is not told', '|| size > most) return', ') return'],
    ['all bodies together', '!load.hold(chunk.length) ||', ''],
    ['heads', 'maxHeaderSize: 16 * 1024', 'maxHeaderSize: 1024 * 1024'],
  ]),
  ...of('rate', [ATTACKS], 'cli/server/server.ts', [
    [
      'in a second',
      "  if (!serving.load.admit()) return send(response, 429, 'Too many requests at once; ask again in a second.');\n",
      '',
    ],
    [
      'at once',
      "  if (!load.begin()) return send(response, 429, 'Too many requests at once; ask again in a second.');\n",
      '  load.begin();\n',
    ],
    [
      'those that went away count on',
      "      new Promise<undefined>((done) => response.on('close', () => done(undefined))),\n",
      '',
    ],
    ['connections', '  server.maxConnections = limits.connections;\n', ''],
  ]),
  ...of('slow requests', [ATTACKS], 'cli/server/server.ts', [
    ['heads', 'headersTimeout: limits.headers', 'headersTimeout: 0'],
    ['bodies', 'requestTimeout: limits.request', 'requestTimeout: 0'],
    [
      'looked for too seldom',
      'connectionsCheckingInterval: Math.min(1000, limits.headers)',
      'connectionsCheckingInterval: 30_000',
    ],
  ]),
  ...of('shutdown', [ATTACKS], 'cli/server/server.ts', [
    ['waits for who waits', '        server.closeAllConnections();\n', ''],
  ]),
];

export const FAULTS = [
  ...of('files whole or not at all', ['test/cli/write-faults.test.ts'], 'cli/host/whole-file.ts', [
    [
      'written in place',
      'const beside = join(dirname(path), ',
      "const beside = path + '' || join(dirname(path), ",
      { build: 'cli' },
    ],
    ['not on the disk before the name', '      await handle.sync();\n', '', { build: 'cli' }],
    ['halves stay', '      if (!placed) await rm(beside, { force: true });\n', '', { build: 'cli' }],
    ['halves of the dead stay', '  await sweep(path);\n', '', { build: 'cli' }],
  ]),
  ...of('files that change', ['test/server/read-faults.test.ts'], 'cli/host/file-source.ts', [
    ['not looked at', '      await check();\n', ''],
    ['a longer one is the same', '|| !same) throw', ') throw'],
  ]),
  ...of('inputs that stall', ['test/server/read-faults.test.ts'], 'cli/host/chunk-source.ts', [
    ['can not be stopped', '    end: closed,\n', ''],
  ]),
  ...of('what standard input left', ['test/server/read-faults.test.ts'], 'cli/host/live.ts', [
    [
      'stays when the process is killed',
      '    await rm(folder, { recursive: true, force: true }).then(',
      '    await Promise.reject().then(',
      { build: 'cli' },
    ],
  ]),
  ...of('an engine that died', ['test/electron/killed.test.ts'], 'electron/main/engine-process.ts', [
    ['reads nothing again', 'resume: fresh ? steps.map((s) => s.json) : []', 'resume: []'],
    ['reads it again and again', 'if (deaths > TRIES || !whole) steps = [];', 'if (!whole) steps = [];'],
  ]),
];

/** What lies on the disk between two runs, and what is handed on. */
export const LEFT = [
  ...of('the cache', ['test/cli/cache.test.ts'], 'cli/host/cache/folder.ts', [
    ['others may look into it', '    if ((s.mode & 0o077) !== 0) chmodSync(folder, 0o700);\n', ''],
    ['a link in its place', 'const s = lstatSync(folder);', "const s = lstatSync(folder + '/.');"],
  ]),
  ...of('the cache', ['test/cli/cache.test.ts'], 'cli/host/cache/entries.ts', [
    ['a damaged entry', '!whole || !digestOf(octets).equals(all.subarray(MAGIC.length, head))', '!whole'],
    ['an entry that is a link', 'constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)', 'constants.O_RDONLY'],
    ['entries for everybody to read', "{ flag: 'wx', mode: 0o600 }", "{ flag: 'wx' }"],
    ['without end', 'if (octets > most)', 'if (octets > Infinity)'],
  ]),
  ...of('an input as output', ['test/cli/run.test.ts', 'test/encode/cli.test.ts'], 'cli/output.ts', [
    ['is overwritten', 'if (real !== undefined && real ===', 'if (real === null && real ==='],
  ]),
  ...of('tables', ['test/analysis/report.test.ts'], 'analysis/report/csv.ts', [
    ['formulas', 'FORMULA.test(text)', "text === '-'"],
  ]),
  ...of('the terminal', ['test/analysis/report.test.ts'], 'analysis/report/text.ts', [
    ['sequences of a capture', "text.replace(UNPRINTABLE, '\\ufffd')", 'text'],
  ]),
  ...of('reports', ['test/analysis/reports.test.ts'], 'analysis/report/html/escape.ts', [
    ['mark-up of a capture', "  '<': '&lt;',\n", ''],
  ]),
  ...of('printing', ['test/cli/report.test.ts'], 'cli/window/picture.ts', [
    ['reaches out', "      '--host-resolver-rules=MAP * ~NOTFOUND',\n", ''],
  ]),
];
