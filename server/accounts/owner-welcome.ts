import { Injectable } from '@nestjs/common';
import { Welcome } from '../common/welcome.ts';
import { PeopleRepository } from './people.repository.ts';
import { LINK_LASTS, SignInLinks } from './sign-in-links.service.ts';

/** Tells whoever started the server how to come in: the owner's first link, until the owner has been here. */
@Injectable()
export class OwnerWelcome {
  constructor(
    welcome: Welcome,
    private readonly people: PeopleRepository,
    private readonly links: SignInLinks,
  ) {
    welcome.add((base) => this.lines(base));
  }

  private async lines(base: string): Promise<string[]> {
    const owner = await this.people.firstOwner();
    if (!owner) return [];
    if (owner.lastSeenAt) return ['To sign in on another browser: npm run textloom -- sign-in-link'];
    const { path } = await this.links.issue(owner, LINK_LASTS.sent);
    return [`Sign in within 24 hours, once, with: ${base}${path}`];
  }
}
