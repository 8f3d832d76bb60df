import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Processor seconds that the process took so far in all threads; 0 for one that is gone. */
export function cpuSeconds(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  const [utime = 0, stime = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (utime + stime) / ticksPerSecond;
}

/** USER_HZ, which Linux fixes for all programs. */
const ticksPerSecond = 100;

export interface Memory {
  /** Resident peak, MiB: all that was ever resident at once, mapped files included. */
  readonly peakMb: number;
  /** Resident now and not backed by a file, MiB. */
  readonly ownMb: number;
}

export function memoryOf(pid: number): Memory {
  const status = read(`/proc/${pid}/status`);
  const kib = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
  return { peakMb: kib('VmHWM') / 1_024, ownMb: kib('RssAnon') / 1_024 };
}

/** Process that listens on the TCP port of this machine; undefined where none of ours does (a container's, for example). */
export function listenerOf(port: number): number | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => read(file).split('\n').slice(1));
  const inode = lines
    .map((line) => line.trim().split(/\s+/))
    .find(([, local = '', , state]) => local.endsWith(wanted) && state === '0A')?.[9];
  if (inode === undefined) return undefined;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => socketsOf(pid).includes(`socket:[${inode}]`));
  return found === undefined ? undefined : Number(found);
}

function socketsOf(pid: string): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
