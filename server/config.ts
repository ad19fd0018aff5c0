import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

/**
 * How this process is set up: read once at start, complete and frozen. It is also the injection token: a service asks
 * for it with `constructor(private readonly config: Config)`.
 */
export abstract class Config {
  abstract readonly nodeEnv: 'production' | 'development' | 'test';
  /** The interface to listen on; loopback unless HOST says otherwise. */
  abstract readonly host: string;
  /** 0 lets the system choose. */
  abstract readonly port: number;
  /** Absolute. Holds the embedded database, its log, the secret and the lock. */
  abstract readonly dataDir: string;
  /** The PostgreSQL in use, embedded or one's own. */
  abstract readonly databaseUrl: string;
  /** Connections this process may hold at once. */
  abstract readonly databasePool: number;
  /** How people and gateways reach this server from outside, without a trailing slash; undefined means the address it listens on. */
  abstract readonly publicUrl: string | undefined;
  /** Whose X-Forwarded-* headers to believe: false nobody's, a number that many proxies, else addresses or ranges. */
  abstract readonly trustProxy: boolean | number | string[];
  abstract readonly logLevel: LogLevel;
  /** Keys the hashes of tokens and suppressed numbers. Losing it makes stored hashes useless. */
  abstract readonly secret: string;
  /** Whether an empty database is filled with a demo workspace. */
  abstract readonly demo: boolean;
  /** Hosts, addresses and networks of our own that flows may call nevertheless. */
  abstract readonly webhookAllow: readonly string[];
  /** The mail server, `smtp://user:password@host:587`; undefined means that no e-mail is sent. */
  abstract readonly smtpUrl: string | undefined;
  /** Whom our e-mail is from. */
  abstract readonly mailFrom: string | undefined;
  /**
   * The NATS whose JetStream keeps texts until they are decided, one address or those of several servers with commas between;
   * undefined means that the database alone does.
   */
  abstract readonly natsUrl: string | undefined;
  /** For how many whole months texts and their trails are kept; undefined means for ever. */
  abstract readonly keepMonths: number | undefined;
  /** What makes that NATS survive a power cut: three replicas, a server that syncs each text, or nothing. */
  abstract readonly natsDurability: 'replicas' | 'synced' | 'unsafe';
}

/** What the environment says: a Config whose database and secret may still have to be found in dataDir. */
export interface Settings extends Omit<Config, 'databaseUrl' | 'secret'> {
  readonly databaseUrl: string | undefined;
  readonly secret: string | undefined;
}

/** The settings with what was found or made in dataDir. */
export function completeSettings(settings: Settings, found: { databaseUrl: string; secret: string }): Config {
  return Object.freeze({ ...settings, ...found });
}

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What is wrong with the environment, one sentence a variable. Its message is fit to be shown as it is. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

/** Reads the environment. Empty variables count as absent. Throws ConfigError with every mistake at once. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const read = environment.safeParse(given);
  if (!read.success) {
    throw new ConfigError(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  }
  const { data } = read;
  return Object.freeze({
    nodeEnv: data.NODE_ENV,
    host: data.HOST,
    port: data.PORT,
    dataDir: resolve(data.DATA_DIR),
    databaseUrl: data.DATABASE_URL,
    databasePool: data.DATABASE_POOL,
    publicUrl: data.PUBLIC_URL,
    trustProxy: data.TRUST_PROXY,
    logLevel: data.LOG_LEVEL,
    secret: data.SECRET,
    demo: data.DEMO ?? data.DATABASE_URL === undefined,
    webhookAllow: data.WEBHOOK_ALLOW,
    smtpUrl: data.SMTP_URL,
    mailFrom: data.MAIL_FROM,
    keepMonths: data.KEEP_MONTHS,
    natsUrl: data.NATS_URL,
    natsDurability: data.NATS_DURABILITY,
  });
}

const environment = z.object({
  NODE_ENV: choice(['production', 'development', 'test']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: address(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/name').optional(),
  DATABASE_POOL: wholeNumber(2, 500).default(20),
  PUBLIC_URL: address(['http:', 'https:'], 'https://textloom.example.com')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  TRUST_PROXY: z.string().transform(proxies).default(false),
  LOG_LEVEL: choice(LOG_LEVELS).default('info'),
  SECRET: z.string().min(32, { error: 'must have at least 32 characters.' }).optional(),
  DEMO: choice(['on', 'off'])
    .transform((word) => word === 'on')
    .optional(),
  WEBHOOK_ALLOW: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .refine((entries) => entries.every(isHostOrNetwork), {
      error: 'must be hosts, addresses or networks with commas between, such as shop.internal, 10.1.0.0/16.',
    })
    .default([]),
  SMTP_URL: address(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.com:587').optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => /^[^\r\n]*@[^\r\n@]+$/.test(text), {
      error: 'must be an e-mail address such as hello@example.com.',
    })
    .optional(),
  // Less would cut into what caps, repeats and reports still look at.
  KEEP_MONTHS: wholeNumber(2, 1_200).optional(),
  NATS_URL: z
    .string()
    .refine((text) => text.split(',').every((one) => isAddress(one.trim(), ['nats:', 'tls:'])), {
      error: 'must be one or several addresses such as nats://user:password@host:4222, with commas between.',
    })
    .optional(),
  NATS_DURABILITY: choice(['replicas', 'synced', 'unsafe']).default('replicas'),
});

function isHostOrNetwork(entry: string): boolean {
  const [host = '', bits, ...more] = entry.split('/');
  const family = isIP(host);
  if (bits === undefined) return family !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host);
  return (
    more.length === 0 && /^\d{1,3}$/.test(bits) && family !== 0 && Number(bits) <= (family === 4 ? 32 : 128)
  );
}

function choice<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: ({ input }) => `must be one of ${words.join(', ')}, not “${input}”.` });
}

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .refine((text) => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most, {
      error: ({ input }) => `must be a whole number from ${least} to ${most}, not “${input}”.`,
    })
    .transform(Number);
}

function address(protocols: readonly string[], example: string) {
  return z.string().refine((text) => isAddress(text, protocols), {
    error: `must be an address such as ${example}.`,
  });
}

const isAddress = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

function proxies(text: string): boolean | number | string[] {
  if (text === 'on' || text === 'off') return text === 'on';
  if (/^\d+$/.test(text)) return Number(text);
  return text.split(',').map((one) => one.trim());
}
