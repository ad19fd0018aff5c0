import type { TestText } from '../../lib/api/test-text.ts';

/** The command that sends a text to a simulated gateway. */
export function curlLine(address: string, text: TestText): string {
  return `curl -X POST ${address} \\\n  -H 'content-type: application/json' \\\n  -d ${quoted(JSON.stringify(text))}`;
}

/** In single quotes, as a shell reads them. */
const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
