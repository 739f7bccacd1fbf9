// What happens to a file when writing it goes wrong: provoked for real, in processes of their own.

import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { built, checkout } from '../project/built.ts';

const sample = join(checkout, 'captures', 'samples', 'mixed-day.pcapng');
const folder = mkdtempSync(join(tmpdir(), 'otascope-write-'));
const small = join(folder, 'small');
const root = process.getuid?.() === 0;
/** A disk of 16 KiB, where we may mount one; elsewhere a bound on the size of files stands for it. */
let tiny = false;
beforeAll(() => {
  mkdirSync(small);
  tiny = root && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', small]).status === 0;
  if (!tiny)
    console.warn('NOT PROVOKED with a full disk of its own (no right to mount one); with a bound on files instead.');
});
afterAll(() => {
  if (tiny) execFileSync('umount', [small]);
  rmSync(folder, { recursive: true });
});
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** What only Linux can be made to do. */
const linux = (name: string, tests: () => void): void => {
  if (process.platform === 'linux') describe(name, tests);
  else test(`${name}: provoked on Linux only`, () => console.warn(`NOT PROVOKED on ${process.platform}: ${name}`));
};

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** The shipped command, run by a shell that says what comes before it. */
function shell(before: string, args: readonly string[], after = ''): Ended {
  const line = `${before} exec "$0" "$@" ${after}`;
  const ran = spawnSync('bash', ['-c', line, process.execPath, built('cli/otascope.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status: ran.status, out: ran.stdout, err: ran.stderr };
}

/** Nothing but these files: no half of one left beside them. */
const only = (at: string, ...names: string[]) => expect(readdirSync(at).sort()).toEqual(names.sort());

linux('a report that can not be written', () => {
  test('on a disk that is full: a sentence, and the old one stays', () => {
    const full = tiny ? small : join(folder, 'bounded');
    mkdirSync(full, { recursive: true });
    writeFileSync(join(full, 'report.html'), 'the old one');
    // Where no small disk can be had, the system ends writing at 4 KiB as a quota does.
    const { status, err } = shell(tiny ? '' : 'ulimit -f 4; trap "" XFSZ;', [
      'report',
      sample,
      '--output',
      join(full, 'report.html'),
    ]);
    expect([status, err]).toEqual([
      2,
      tiny
        ? `otascope: ${full}/report.html can't be written: the disk is full (ENOSPC).\n`
        : `otascope: ${full}/report.html can't be written: it would be larger than a file may be here (EFBIG).\n`,
    ]);
    expect(readFileSync(join(full, 'report.html'), 'utf8')).toBe('the old one');
    only(full, 'report.html');
  });

  test('over its quota: the same', () => {
    const path = join(folder, 'quota.json');
    writeFileSync(path, 'the old one');
    const { status, err } = shell('ulimit -f 4; trap "" XFSZ;', ['scan', sample, '--json', '--output', path]);
    expect([status, err]).toEqual([
      2,
      `otascope: ${path} can't be written: it would be larger than a file may be here (EFBIG).\n`,
    ]);
    expect(readFileSync(path, 'utf8')).toBe('the old one');
  });

  test('to standard output: a sentence, no stack', () => {
    const { status, err } = shell('', ['scan', sample, '--json'], '> /dev/full');
    expect([status, err]).toEqual([2, "otascope: standard output can't be written: the disk is full (ENOSPC).\n"]);
  });

  test('to a device: a sentence, and the device is not replaced by a file', () => {
    const { status, err } = shell('', ['scan', sample, '--json', '--output', '/dev/full']);
    expect([status, err]).toEqual([2, "otascope: /dev/full can't be written: the disk is full (ENOSPC).\n"]);
    expect(lstatSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  test('by this user: a sentence before anything is read', () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o555 });
    writeFileSync(join(folder, 'locked.json'), 'the old one', { mode: 0o444 });
    chmodSync(folder, 0o777);
    // The superuser may write everywhere: the command is run as somebody else then, who may not look into the checkout.
    cpSync(built('cli'), join(folder, 'cli'), { recursive: true });
    cpSync(sample, join(folder, 'sample.pcapng'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const who = root ? 'setpriv --reuid=65534 --regid=65534 --clear-groups' : '';
    const as = (args: readonly string[]): Ended => {
      const line = `exec ${who} "$0" "$@"`;
      const ran = spawnSync('bash', ['-c', line, process.execPath, join(folder, 'cli', 'otascope.js'), ...args], {
        encoding: 'utf8',
      });
      return { status: ran.status, out: ran.stdout, err: ran.stderr };
    };
    for (const path of [join(closed, 'x.json'), join(folder, 'locked.json')]) {
      const { status, err } = as(['scan', join(folder, 'sample.pcapng'), '--json', '--output', path]);
      expect([status, err]).toEqual([2, `otascope: ${path} can't be written: this user may not (EACCES).\n`]);
    }
    expect(readFileSync(join(folder, 'locked.json'), 'utf8')).toBe('the old one');
    const secret = join(folder, 'secret.pcap');
    writeFileSync(secret, 'x', { mode: 0 });
    expect(as(['scan', secret])).toMatchObject({
      status: 3,
      err: `otascope: ${secret} can't be read: this user may not read it.\n`,
    });
  });

  test('because the question is wrong: the old one stays', () => {
    const path = join(folder, 'kept.html');
    writeFileSync(path, 'the old one');
    const { status, err } = shell('', ['report', sample, '--output', path, '--filter', 'no such ( thing']);
    expect([status, err]).toMatchObject([2, expect.stringMatching(/^otascope: --filter: .*\n$/)]);
    expect(readFileSync(path, 'utf8')).toBe('the old one');
    expect(readdirSync(folder).filter((n) => n.includes('otascope-'))).toEqual([]);
  });
});

linux('a report that is written', () => {
  test('takes the place of the old one as a whole, with its rights; through a link, that of the file behind it', () => {
    const path = join(folder, 'real.json');
    const link = join(folder, 'link.json');
    writeFileSync(path, 'the old one', { mode: 0o640 });
    symlinkSync(path, link);
    expect(shell('', ['scan', sample, '--json', '--output', link])).toEqual({ status: 0, out: '', err: '' });
    expect(JSON.parse(readFileSync(path, 'utf8')).messages.length).toBeGreaterThan(0);
    expect([lstatSync(link).isSymbolicLink(), statSync(path).mode & 0o777]).toEqual([true, 0o640]);
  });
});

linux('a process that is killed while it writes', () => {
  /** Runs the shipped command after what is done to files' handles. */
  const changed = (path: string, change: string): string => `
    import { open } from 'node:fs/promises';
    import { readFileSync, writeSync } from 'node:fs';
    const handle = await open(${JSON.stringify(sample)}, 'r');
    const handles = Object.getPrototypeOf(handle);
    await handle.close();
    const { sync } = handles;
    ${change}
    process.argv = ['node', 'otascope', 'scan', ${JSON.stringify(sample)}, '--json', '--output', ${JSON.stringify(path)}];
    await import(${JSON.stringify(pathToFileURL(built('cli/otascope.js')).href)});`;

  test('leaves the old file as it was, and the next one clears up', async () => {
    const own = mkdtempSync(join(folder, 'killed-'));
    const path = join(own, 'report.json');
    writeFileSync(path, 'the old one');
    const halfway = changed(
      path,
      `handles.sync = async () => {
        writeSync(1, 'halfway');
        setInterval(() => undefined, 1000);
        await new Promise(() => undefined);
      };`,
    );
    const child = spawn(process.execPath, ['--input-type=module', '-e', halfway], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await new Promise((done) => child.stdout.once('data', done));
    const half = readdirSync(own).find((n) => n.startsWith('.report.json.otascope-'));
    expect(statSync(join(own, half ?? '')).size).toBeGreaterThan(1000);
    child.kill('SIGKILL');
    await new Promise((done) => child.once('exit', done));
    expect(readFileSync(path, 'utf8')).toBe('the old one');
    expect(shell('', ['scan', sample, '--json', '--output', path]).status).toBe(0);
    only(own, 'report.json');
    expect(() => JSON.parse(readFileSync(path, 'utf8'))).not.toThrow();
  });

  test('has everything on the disk before the name is given: write, sync, rename, and the folder last', () => {
    const path = join(folder, 'order.json');
    writeFileSync(path, 'the old one');
    const noted = changed(
      path,
      `const note = (what) => writeSync(1, what + (readFileSync(${JSON.stringify(path)}, 'utf8')[0] === '{' ? ' new ' : ' old '));
      handles.sync = async function () {
        const { size } = await this.stat();
        note((await this.stat()).isDirectory() ? 'folder' : size > 1000 ? 'whole' : 'part');
        return sync.call(this);
      };`,
    );
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', noted], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('whole old folder new');
  });
});
