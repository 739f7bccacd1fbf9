// The engine's process, killed for real: the shipped bundle in a process of its own, main and preload around it.

import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { decodeReply } from '../../analysis/engine/codec.ts';
import type { EngineRequest, Status } from '../../analysis/engine/contract.ts';
import { hostEngine } from '../../cli/host/engine.ts';
import { nodeHost } from '../../electron/main/node-host.ts';
import type { ChildPort } from '../../electron/main/ports.ts';
import { built, checkout } from '../project/built.ts';
import type { FakePort } from './fake.mjs';
import { windowWith } from './world.ts';

const sample = join(checkout, 'captures', 'samples', 'mixed-day.pcapng');
const shim = new URL('./boot/engine-child.mjs', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'otascope-killed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** As Electron's utilityProcess.fork, with Node's own. */
function utilityFork(bundle: string, args: readonly string[], options: { execArgv: string[] }): ChildPort {
  const child = fork(shim, [bundle, ...args], { execArgv: options.execArgv, serialization: 'advanced' });
  children.push(child);
  const ports = new Map<number, FakePort>();
  const self = new EventEmitter();
  child.on('message', (m) => {
    const { news, port, reply } = m as { news?: unknown; port?: number; reply?: unknown };
    if (port === undefined) self.emit('message', news);
    else ports.get(port)?.postMessage(reply);
  });
  child.on('exit', (code) => self.emit('exit', code ?? 0));
  return Object.assign(self, {
    postMessage(start: unknown, transfer: readonly unknown[] = []) {
      const given = (transfer as FakePort[]).map((port) => {
        const id = ports.size;
        ports.set(id, port);
        port.on('message', ({ data }: { data: unknown }) => child.connected && child.send({ port: id, message: data }));
        port.start();
        return id;
      });
      child.send({ start, given });
    },
    kill: () => child.kill(),
  });
}

describe('an engine process that is killed', () => {
  test('is started again and reads the same; killed again, it waits for the user', async () => {
    const { bridge } = await windowWith(
      hostEngine,
      {
        platform: 'linux',
        argv: ['otascope'],
        cwd: folder,
        engine: built('electron/engine.js'),
        preload: 'preload.cjs',
        engineArguments: [],
        pageFile: async () => undefined,
        samples: async () => [],
        filesNamed: () => [],
      },
      { canceled: false, filePaths: [sample] },
      (fake) => {
        fake.electron.utilityProcess.fork = utilityFork;
      },
    );
    const ask = async (request: EngineRequest) => decodeReply(await bridge.request(JSON.stringify(request))) as Status;
    const ready = async (): Promise<Status> => {
      let status = await ask({ op: 'status' });
      while (status.phase === 'loading') status = await ask({ op: 'status', after: status.version });
      return status;
    };
    const [path = ''] = await bridge.openDialog();
    await ask({ op: 'open', inputs: [{ path }] });
    const before = await ready();
    expect([before.phase, before.messages > 0]).toEqual(['ready', true]);

    // While the page waits for news, as it always does.
    const waiting = ask({ op: 'status', after: before.version });
    children[0]!.kill('SIGKILL');
    await expect(waiting).rejects.toThrow('The engine stopped and was started anew; the capture is being read again.');
    const after = await ready();
    expect([after.messages, after.totals, children.length]).toEqual([before.messages, before.totals, 2]);

    const again = ask({ op: 'status', after: after.version });
    children[1]!.kill('SIGKILL');
    await expect(again).rejects.toThrow('The engine stopped and was started anew; open the capture again.');
    expect(await ready()).toMatchObject({ phase: 'empty', messages: 0 });
    // What the user pointed at may be opened without asking again.
    await ask({ op: 'open', inputs: [{ path }] });
    expect((await ready()).messages).toBe(before.messages);
  });
});

describe('what the window remembers', () => {
  test('stays as it was when a process is killed while it writes, and is cleared up by the next', async () => {
    const host = nodeHost();
    await host.remember(folder, { recent: ['/old'] });
    // Half of the new one, by a process that is no more.
    const child = fork(shim.replace('engine-child', 'nothing'), { stdio: 'ignore' });
    await new Promise((done) => child.once('exit', done));
    writeFileSync(join(folder, `.window.json.otascope-${child.pid}`), '{"recent":["/ne');
    expect(await host.remembered(folder)).toEqual({ recent: ['/old'] });
    await host.remember(folder, { recent: ['/new'] });
    expect(await host.remembered(folder)).toEqual({ recent: ['/new'] });
    expect(readdirSync(folder)).toEqual(['window.json']);
    expect(JSON.parse(readFileSync(join(folder, 'window.json'), 'utf8'))).toEqual({ recent: ['/new'] });
  });

  test('can not be written: nothing is lost, and nothing is said to go on about', async () => {
    if (process.platform !== 'linux') return console.warn('NOT PROVOKED on this system: a folder that takes no file');
    // The kernel's own folder takes no file, not even the superuser's.
    await expect(nodeHost().remember('/proc/self', { recent: [] })).resolves.toBeUndefined();
  });
});
