import { Injectable } from '@nestjs/common';
import type { ApiKey, MadeApiKey, MakeApiKey } from '#shared/api/api-keys.ts';
import { mayActAs } from '#shared/api/roles.ts';
import { Clock } from '../common/clock.ts';
import { newId } from '../common/ids.ts';
import { Problem } from '../common/problem.ts';
import { ApiKeysRepository } from './api-keys.repository.ts';
import { Tokens } from './tokens.ts';
import type { Who } from './who.ts';

/** What every key begins with, so that people and scanners know a leaked one. */
const PREFIX = 'tl_';
const HINT_LETTERS = 7;
/** How exactly is known when a key was last used, in milliseconds. */
const USED_EVERY = 60_000;

/** Keys of programs. A key does the work of its role for as long as whoever made it may. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly tokens: Tokens,
    private readonly clock: Clock,
  ) {}

  list(me: Who): Promise<ApiKey[]> {
    return this.keys.inWorkspace(me.workspaceId);
  }

  async make({ workspaceId, personId }: Who, { name, role }: MakeApiKey): Promise<MadeApiKey> {
    const now = this.clock.now();
    const key = `${PREFIX}${this.tokens.make()}`;
    const id = newId(now);
    await this.keys.add({
      id,
      workspaceId,
      personId,
      name,
      role,
      hint: key.slice(0, HINT_LETTERS),
      tokenHash: this.tokens.hash(key),
      createdAt: new Date(now),
    });
    return { id, key };
  }

  async remove(me: Who, id: string): Promise<void> {
    if (!(await this.keys.remove(me.workspaceId, id)))
      throw Problem.notFound('api-key.not-found', 'There is no such key.');
  }

  /** Whom a key acts for, or null. */
  async recognise(key: string): Promise<Who | null> {
    if (!key.startsWith(PREFIX)) return null;
    const sessionHash = this.tokens.hash(key);
    const holder = await this.keys.holder(sessionHash);
    if (!holder || !mayActAs(holder.person_role, holder.role)) return null;
    const now = this.clock.now();
    if (now - (holder.used_at?.getTime() ?? 0) >= USED_EVERY) await this.keys.used(holder.id, new Date(now));
    const { person_id: personId, workspace_id: workspaceId, role } = holder;
    return { personId, workspaceId, role, sessionHash };
  }
}
