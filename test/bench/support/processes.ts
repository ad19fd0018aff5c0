import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for programs, whatever the kernel's own tick is. */
const TICKS_PER_SECOND = 100;
const MEBIBYTE_IN_KIB = 1024;

interface Stat {
  parent: number;
  ownTicks: number;
  /** Of children that have ended. */
  endedTicks: number;
}

/** CPU seconds a process has used with all its threads; null where the system has no /proc. */
export function cpuSeconds(pid: number): number | null {
  const stat = readStat(pid);
  return stat && stat.ownTicks / TICKS_PER_SECOND;
}

/** CPU seconds of a process and of its children, living or gone: what a whole PostgreSQL used. */
export function cpuSecondsOfFamily(pid: number): number | null {
  const parent = readStat(pid);
  if (!parent) return null;
  const children = childrenOf(pid).reduce((sum, child) => sum + (readStat(child)?.ownTicks ?? 0), 0);
  return (parent.ownTicks + parent.endedTicks + children) / TICKS_PER_SECOND;
}

/** Memory in MiB: resident now and at its highest; null where the system has no /proc. */
export function memoryOf(pid: number): { now: number; highest: number } | null {
  const status = read(`/proc/${pid}/status`);
  const field = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) / MEBIBYTE_IN_KIB;
  return status ? { now: field('VmRSS'), highest: field('VmHWM') } : null;
}

/** Memory in MiB of a process and its children, pages they share counted once; null where it cannot be read. */
export function memoryOfFamily(pid: number): number | null {
  let sum = 0;
  for (const one of familyOf(pid)) {
    const share = /^Pss:\s+(\d+)/m.exec(read(`/proc/${one}/smaps_rollup`))?.[1];
    if (one === pid && share === undefined) return null;
    sum += Number(share ?? 0) / MEBIBYTE_IN_KIB;
  }
  return sum;
}

/** A process and its children, those that live now. */
export const familyOf = (pid: number): number[] => [pid, ...childrenOf(pid)];

function childrenOf(pid: number): number[] {
  const pids = list('/proc').map(Number).filter(Boolean);
  return pids.filter((one) => readStat(one)?.parent === pid);
}

/** Fields as in proc(5), counted behind the name, which may hold spaces and brackets. */
function readStat(pid: number): Stat | null {
  const text = read(`/proc/${pid}/stat`);
  if (!text) return null;
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map(
    (index) => fields[index] ?? 0,
  );
  return { parent, ownTicks: user + system, endedTicks: endedUser + endedSystem };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
