import type { ConnectionOptions } from '@nats-io/transport-node';

/**
 * NATS_URL as the client wants it told, which takes hosts and ports alone out of addresses. Several servers of one cluster stand with
 * commas between; a name without a password is a token, as NATS' own tools have it; `tls://` connects to nobody without TLS.
 */
export function readNatsAddress(
  text: string,
): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token' | 'tls'> {
  const urls = text.split(',').map((one) => new URL(one.trim()));
  const named = urls.find(({ username }) => username !== '');
  const isPrivate = urls.some(({ protocol }) => protocol === 'tls:');
  return { servers: urls.map(({ host }) => host), ...credentialsOf(named), ...(isPrivate && { tls: {} }) };
}

function credentialsOf(url: URL | undefined): Pick<ConnectionOptions, 'user' | 'pass' | 'token'> {
  if (url === undefined) return {};
  const name = decodeURIComponent(url.username);
  if (url.password === '') return { token: name };
  return { user: name, pass: decodeURIComponent(url.password) };
}
