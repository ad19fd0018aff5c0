import type { Point } from '#flows/definition/schema.ts';
import type { ToTidy } from './tidy.ts';

/** Places every card in a worker of its own, so that the page goes on meanwhile. Where the worker fails, so does this. */
export function tidyAside(toTidy: ToTidy): Promise<Record<string, Point>> {
  const worker = new Worker(new URL('./tidying.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Record<string, Point>>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Record<string, Point>>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(toTidy);
  }).finally(() => worker.terminate());
}
