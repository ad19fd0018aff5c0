import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config.ts';

/** Secrets that are handed out once: sessions and sign-in links. The database keeps their keyed hashes only. */
@Injectable()
export class Tokens {
  constructor(private readonly config: Config) {}

  /** A new secret of 256 bits, fit for addresses and cookies. */
  make(): string {
    return randomBytes(32).toString('base64url');
  }

  hash(token: string): Buffer {
    return createHmac('sha256', this.config.secret).update(token).digest();
  }
}
