import { call } from './api/http.ts';

/** Fetches a file from the API and hands it to the browser to keep. The server's name for it wins. `body`: what it is made of. Throws ApiError. */
export async function downloadFrom(path: string, fallbackName: string, body?: unknown): Promise<void> {
  const response = await call(body === undefined ? 'GET' : 'POST', path, body);
  const named = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '');
  save(await response.blob(), named?.[1] ?? fallbackName);
}

/** Hands something made in the page to the browser to keep, as readable JSON. */
export function downloadJson(value: unknown, name: string): void {
  save(new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }), name);
}

/** Hands a text made in the page to the browser to keep. */
export function downloadText(text: string, name: string): void {
  save(new Blob([text], { type: 'text/plain;charset=utf-8' }), name);
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Some browsers read the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
