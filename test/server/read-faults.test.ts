// What happens to what is open when its file does not stay as it was, or says nothing any more: provoked for real.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Detail, Status } from '../../analysis/engine/contract.ts';
import { createSession } from '../../analysis/engine/session.ts';
import { type HostEngine, hostEngine } from '../../cli/host/engine.ts';
import { openFile, openSoon } from '../../cli/host/file-source.ts';
import { guessHost } from '../../cli/host/guess-host.ts';
import { built, checkout } from '../project/built.ts';

const folder = mkdtempSync(join(tmpdir(), 'otascope-read-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const children: ChildProcess[] = [];
const engines: HostEngine[] = [];
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const engine of engines.splice(0)) await engine.request({ op: 'close' });
});
const newEngine = (): HostEngine => {
  const engine = hostEngine();
  engines.push(engine);
  return engine;
};
const capture = readFileSync(join(checkout, 'captures', 'samples', 'mixed-day.pcapng'));

async function settled(engine: HostEngine): Promise<Status> {
  let status = await engine.request({ op: 'status' });
  while (status.phase === 'loading') status = await engine.request({ op: 'status', after: status.version });
  return status;
}
const count = async (bytes: Uint8Array): Promise<number> => {
  const path = join(folder, 'whole.pcapng');
  writeFileSync(path, bytes);
  return (await opened(path)).status.messages;
};
async function opened(path: string): Promise<{ engine: HostEngine; status: Status }> {
  const engine = newEngine();
  await engine.openPaths([path]);
  return { engine, status: await settled(engine) };
}
const file = (name: string, bytes: Uint8Array = capture): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
/** Octets of the frame of the last message, read again from the file. */
async function frameOf(engine: HostEngine, message = 'm1'): Promise<Uint8Array> {
  const detail: Detail = await engine.request({ op: 'detail', message });
  const { name } = detail.buffers.find((b) => b.name.startsWith('frame:'))!;
  return (await engine.request({ op: 'bytes', message, buffer: name })).bytes;
}

describe('a file that changes after it was read', () => {
  const faults: readonly { name: string; change: (path: string) => void; says: string | null }[] = [
    { name: 'grows', change: (path) => appendFileSync(path, capture), says: null },
    { name: 'is removed', change: (path) => rmSync(path), says: null },
    {
      name: 'is replaced by another of its name',
      change(path) {
        writeFileSync(`${path}.new`, 'another');
        renameSync(`${path}.new`, path);
      },
      says: null,
    },
    {
      name: 'is cut short',
      change: (path) => truncateSync(path, 1000),
      says: `it became shorter while it was open: 1000 of ${capture.length} octets are left`,
    },
    {
      name: 'is emptied',
      change: (path) => truncateSync(path),
      says: `it became shorter while it was open: 0 of ${capture.length} octets are left`,
    },
    {
      name: 'is written over',
      change: (path) =>
        writeFileSync(
          path,
          capture.map((b) => b ^ 1),
        ),
      says: 'it was changed while it was open; open it again',
    },
    {
      name: 'is written over by a longer one',
      change: (path) => writeFileSync(path, Buffer.concat([capture.map((b) => b ^ 1), capture])),
      says: 'it was changed while it was open; open it again',
    },
  ];
  for (const f of faults) {
    test(`${f.name}: ${f.says === null ? 'what was read can be read again' : 'a sentence instead of wrong octets'}`, async () => {
      const path = file('changes.pcapng');
      const { engine, status } = await opened(path);
      const before = await frameOf(engine);
      f.change(path);
      // A clock of files that ticks too slowly for a test.
      if (f.says?.startsWith('it was changed') === true) utimesSync(path, new Date(), new Date(Date.now() + 5000));
      if (f.says === null) expect(await frameOf(engine)).toEqual(before);
      else
        await expect(frameOf(engine)).rejects.toThrow(
          new RegExp(`^The octets of frame:\\d+ can't be read again: ${f.says}\\.$`),
        );
      // Nothing that was on the screen is lost.
      expect(await engine.request({ op: 'status' })).toEqual(status);
      expect((await engine.request({ op: 'rows', table: 'messages', from: 0, count: 9 })).total).toBe(status.messages);
      // Read anew, it says why it can't be.
      if (f.says !== null) {
        await engine.request({ op: 'decodeAs', choices: [] });
        expect((await settled(engine)).inputs[0]?.error).toBe(`changes.pcapng can't be read: ${f.says}.`);
      }
    });
  }

  test('is left out of a slice with a sentence', async () => {
    const path = file('slice.pcapng');
    const { engine } = await opened(path);
    truncateSync(path, 100);
    const { left } = await engine.request({ op: 'export', format: 'pcapng' });
    expect(left).toEqual([
      expect.stringMatching(
        /^\d+ frames can't be read again and are left out: it became shorter while it was open: 100 of \d+ octets are left\.$/,
      ),
    ]);
  });
});

describe('a file that changes while it is read', () => {
  /** Done once the first block has been read. */
  const reading = async (change: (path: string) => void, bytes = capture) => {
    const path = file('reading.pcapng', bytes);
    const source = await openFile(path, 'reading.pcapng');
    const into = new Uint8Array(2000);
    expect(await source.read(0, into)).toBe(2000);
    change(path);
    return source;
  };

  test('grows: all that is there at its end is read', async () => {
    const source = await reading((path) => appendFileSync(path, 'more'));
    const into = new Uint8Array(capture.length);
    expect(await source.read(2000, into)).toBe(capture.length - 2000 + 4);
    await source.close();
  });

  test('is cut short: it ends there with a sentence, and what was read before is kept', async () => {
    const source = await reading((path) => truncateSync(path, 1500));
    await expect(source.read(2000, new Uint8Array(10))).rejects.toThrow('it became shorter while it was open: 1500 of');
    await source.close();
  });

  test('is on a device that fails: a sentence', async () => {
    if (process.platform !== 'linux') return console.warn('NOT PROVOKED on this system: a device that fails');
    // The memory of this process, which has nothing at 0.
    const { status } = await opened('/proc/self/mem');
    expect(status.inputs[0]?.error).toBe("mem can't be read: the device failed.");
  });
});

describe('an input that stalls', () => {
  const fifo = (name: string): string => {
    const path = join(folder, name);
    execFileSync('mkfifo', [path]);
    return path;
  };
  /** Another process writes some octets and then nothing, with the pipe open. */
  const writer = (path: string, octets: number): ChildProcess => {
    const child = spawn('sh', [
      '-c',
      `exec 3>"$0"; head -c ${octets} "$1" >&3; exec sleep 600`,
      path,
      join(checkout, 'captures', 'samples', 'mixed-day.pcapng'),
    ]);
    children.push(child);
    return child;
  };
  const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 20_000, interval: 20 });

  test('in the middle: what came is shown, other questions are answered, stopping keeps it, another can be opened', async () => {
    const path = fifo('stalls');
    writer(path, 8000);
    const engine = newEngine();
    await engine.openPaths([path]);
    await eventually(async () => (await engine.request({ op: 'status' })).messages).toBeGreaterThan(0);
    const shown = await engine.request({ op: 'status' });
    expect([shown.phase, shown.inputs[0]?.name, shown.inputs[0]?.live]).toEqual(['loading', 'stalls', true]);
    expect((await engine.request({ op: 'samples' })).length).toBeGreaterThan(0);
    const stopped = await engine.request({ op: 'stop' });
    expect(stopped.phase).toBe('stopped');
    expect(stopped.messages).toBeGreaterThanOrEqual(shown.messages);
    await engine.openPaths([file('next.pcapng')]);
    expect((await settled(engine)).messages).toBe(await count(capture));
  });

  test('before anybody writes: it is said to be read, and can be stopped', async () => {
    const engine = newEngine();
    await engine.openPaths([fifo('silent')]);
    expect((await engine.request({ op: 'status' })).phase).toBe('loading');
    expect((await engine.request({ op: 'stop' })).messages).toBe(0);
  });

  test('while it opens, as a share does that does not answer: it takes nothing else its turn, and can be left', async () => {
    const path = fifo('share');
    // Opened as a file is, which waits until somebody writes.
    const source = await openSoon('share', 1, () => openFile(path, 'share'));
    expect([source.name, source.size]).toEqual(['share', null]);
    const reading = source.read(0, new Uint8Array(10));
    source.end?.();
    expect(await reading).toBe(0);
    const late = source.read(0, new Uint8Array(4));
    children.push(spawn('sh', ['-c', 'printf abcd > "$0"', path]));
    expect(await late).toBe(4);
    expect(await source.read(4, new Uint8Array(4))).toBe(0);
    await source.close();
  });

  test('does not keep the command from ending: Ctrl-C gives what had come', async () => {
    const path = fifo('command');
    writer(path, 8000);
    const child = spawn(process.execPath, listening(['scan', path, '--json']));
    children.push(child);
    let out = '';
    child.stdout.on('data', (d) => {
      out += d;
    });
    const ended = new Promise<number | null>((done) => child.on('exit', done));
    await new Promise((done) => child.stderr.once('data', done));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(JSON.parse(out).inputs.length).toBe(1);
  });
});

/** Arguments that run the shipped command so that it says when it listens to Ctrl-C; before that it would simply die. */
const listening = (args: readonly string[]): string[] => [
  '--input-type=module',
  '-e',
  `import { writeSync } from 'node:fs';
  process.on('newListener', (name) => name === 'SIGINT' && setImmediate(() => writeSync(2, 'listens')));
  process.argv = ['node', 'otascope', ...${JSON.stringify(args)}];
  await import(${JSON.stringify(pathToFileURL(built('cli/otascope.js')).href)});`,
];

describe('a thread of the search for PINs', () => {
  test('that dies ends the search with a sentence; the engine goes on, and it can be searched again', async () => {
    built('cli/guess-worker.js');
    const host = guessHost();
    let fatal = true;
    const session = createSession({
      open: () => openFile(join(checkout, 'captures', 'samples', 'userpin-altered.pcap')),
      samples: async () => [],
      // Without its tasks the thread runs into a fault of its own, and ends.
      guess: { ...host, cores: 1, open: (tasks) => host.open(fatal ? (null as never) : tasks) },
    });
    await session.openSources([await openFile(join(checkout, 'captures', 'samples', 'userpin-altered.pcap'))]);
    const { messages } = await session.request({ op: 'rows', table: 'messages', from: 0, count: 100 });
    const search = (message: string) => session.request({ op: 'searchStart', message, from: 4, to: 4, jobs: 1 });
    const started = await Promise.all(
      messages.map((m) =>
        search(m.id)
          .then(() => m.id)
          .catch(() => null),
      ),
    );
    const id = started.findLast((m) => m !== null) ?? '';
    await expect
      .poll(async () => (await session.request({ op: 'searchStatus' })).phase, { timeout: 20_000 })
      .toBe('failed');
    expect((await session.request({ op: 'searchStatus' })).text).toBe(
      'The search ended: a thread of it stopped; it can be started again.',
    );
    fatal = false;
    await search(id);
    await expect
      .poll(async () => (await session.request({ op: 'searchStatus' })).phase, { timeout: 20_000 })
      .toMatch(/^(found|exhausted)$/);
    await session.request({ op: 'close' });
  });
});

describe('standard input, which is kept in a file', () => {
  test('on a disk that is full: it is read all the same, and its octets are said to be lost', async () => {
    const small = join(folder, 'small');
    mkdirSync(small);
    const mount = ['-t', 'tmpfs', '-o', 'size=4k', 'none', small];
    const mounted = process.getuid?.() === 0 && spawnSync('mount', mount).status === 0;
    if (!mounted) {
      console.warn('NOT PROVOKED with a full disk (no right to mount one); with a folder that is not there instead.');
      rmSync(small, { recursive: true });
    }
    const before = process.env.TMPDIR;
    process.env.TMPDIR = small;
    try {
      const engine = newEngine();
      async function* chunks(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < capture.length; at += 1000) yield capture.subarray(at, at + 1000);
      }
      await engine.openPaths(['-'], { stdin: chunks });
      const status = await settled(engine);
      expect([status.messages, status.inputs[0]?.error]).toEqual([await count(capture), null]);
      await expect(frameOf(engine)).rejects.toThrow(
        /^The octets of frame:\d+ can't be read again: the input was a stream\.$/,
      );
      expect(mounted ? readdirSync(small) : []).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      if (mounted) execFileSync('umount', [small]);
    }
  });

  test('leaves nothing behind, however the process ends', async () => {
    const own = mkdtempSync(join(folder, 'tmp-'));
    const child = spawn(process.execPath, [built('cli/otascope.js'), 'serve', '--no-open', '-'], {
      env: { ...process.env, TMPDIR: own },
    });
    children.push(child);
    child.stdin.write(capture);
    await new Promise((done) => child.stdout.once('data', done));
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    expect(readdirSync(own)).toEqual([]);
  });
});
