import { type ToTidy, tidyBySizes } from './tidy.ts';

/** Places cards beside the page: a thousand of them take seconds. */
self.onmessage = ({ data }: MessageEvent<ToTidy>) => self.postMessage(tidyBySizes(data));
