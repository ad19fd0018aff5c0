import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Transporter } from 'nodemailer';
import { Config } from '../../config.ts';

/** An e-mail of plain text. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** The same id goes out as the same message, so that a copy can be told. */
  id: string;
}

/** How it went: `again` where the mail server may take it later. */
export type MailResult =
  | { outcome: 'sent' | 'not-configured' }
  | { outcome: 'failed' | 'again'; reason: string };

const TIMEOUT_MS = 20_000;
/** E-mails under way at once. More would wait for those, each as long as it takes a mail server that hangs to be given up. */
export const MAILS_AT_ONCE = 3;

/** Sends e-mail through the mail server of SMTP_URL; without one it says so. The library is loaded by the first e-mail. */
@Injectable()
export class Mailer implements OnApplicationShutdown {
  private transporter: Promise<Transporter> | null = null;

  constructor(private readonly config: Config) {}

  get isConfigured(): boolean {
    return this.config.smtpUrl !== undefined && this.config.mailFrom !== undefined;
  }

  async send({ to, subject, text, id }: Mail): Promise<MailResult> {
    const { smtpUrl, mailFrom } = this.config;
    if (smtpUrl === undefined || mailFrom === undefined) return { outcome: 'not-configured' };
    if (!isAddress(to)) return { outcome: 'failed', reason: `"${to}" is no e-mail address.` };
    try {
      this.transporter ??= transporterOf(smtpUrl);
      const transporter = await this.transporter;
      const domain = mailFrom.replace(/^.*@/, '').replace(/[>\s].*$/, '');
      await transporter.sendMail({ from: mailFrom, to, subject, text, messageId: `<${id}@${domain}>` });
      return { outcome: 'sent' };
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      return { outcome: isFinal(cause) ? 'failed' : 'again', reason };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    (await this.transporter)?.close();
  }
}

async function transporterOf(smtpUrl: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: MAILS_AT_ONCE,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[^\s@,;:<>"()[\]\\]+@[^\s@,;:<>"()[\]\\]+\.[^\s@.,;:<>"()[\]\\]+$/.test(text);

/** A mail server that answers with 5xx will not change its mind. */
const isFinal = (cause: unknown): boolean => {
  const code: unknown = cause instanceof Error ? Reflect.get(cause, 'responseCode') : null;
  return typeof code === 'number' && code >= 500;
};
