import { Injectable } from '@nestjs/common';
import { lapsesAt, policyFor } from '#flows/engine/consent/terms.ts';
import type { ContactsImported, ImportContacts, ImportedConsent } from '#shared/api/contact-imports.ts';
import type { Who } from '../../accounts/who.ts';
import { Clock } from '../../common/clock.ts';
import { inTurns } from '../../common/in-turns.ts';
import { Problem } from '../../common/problem.ts';
import { ConsentOrders } from '../../consent/consent-orders.ts';
import { SendersRepository } from '../../settings/senders/senders.repository.ts';
import { ContactImportsRepository, type ImportedList, type Standing } from './contact-imports.repository.ts';
import { readImport } from './read-import.ts';

type ConsentCounts = NonNullable<ContactsImported['consent']>;

/** Orders that wait to be decided at once, so that an import leaves room for people's texts. */
const AT_ONCE = 200;
const DAY_MS = 86_400_000;

/**
 * Contacts from a file. Consent that was given elsewhere comes with its evidence, is decided for each person behind their own
 * texts, and stands in their ledger; who said STOP or left the list stays so.
 */
@Injectable()
export class ContactImports {
  constructor(
    private readonly imports: ContactImportsRepository,
    private readonly senders: SendersRepository,
    private readonly orders: ConsentOrders,
    private readonly clock: Clock,
  ) {}

  async run(me: Who, { rows, country, file, consent, rehearse }: ImportContacts): Promise<ContactsImported> {
    const { workspaceId } = me;
    const [sender] = await this.senders.inWorkspace(workspaceId);
    const list = consent && (await this.checkConsent(workspaceId, consent));
    if (consent && !sender)
      throw Problem.unprocessable('import.sender-needed', 'Add a sender first: consent is given to one.', {
        place: 'consent.list',
      });
    const { people, repeated, problems } = await readImport(rows, country ?? sender?.country);
    const phones = people.map(({ phone }) => phone);
    const now = this.clock.now();
    const added = rehearse
      ? people.length - (await this.imports.known(workspaceId, phones))
      : await this.imports.save(workspaceId, people, now);
    const told = { added, known: people.length - added, repeated, problems };
    if (!consent || !list || !sender) return { ...told, consent: null };
    const grant = rehearse
      ? null
      : (phone: string) =>
          this.orders.place(
            { workspaceId, phone, senderId: sender.id },
            {
              do: 'grant',
              list: consent.list,
              basis: consent.basis,
              since: Math.min(Date.parse(consent.on), now),
            },
            { actor: { personId: me.personId, given: givenOf(consent, file) } },
          );
    return { ...told, consent: await this.consents(workspaceId, { consent, list, phones, grant, now }) };
  }

  private async consents(
    workspaceId: string,
    {
      consent,
      list,
      phones,
      grant,
      now,
    }: {
      consent: ImportedConsent;
      list: ImportedList;
      phones: readonly string[];
      grant: ((phone: string) => Promise<void>) | null;
      now: number;
    },
  ): Promise<ConsentCounts> {
    const read = async (some: readonly string[]): Promise<[string, keyof ConsentCounts][]> => {
      const found = await this.imports.standings(workspaceId, consent.list, some);
      const known = new Map(found.map((standing) => [standing.phone, standing]));
      return some.map((phone) => [phone, fateOf(phone, known.get(phone), { list, consent, now })]);
    };
    const counts: ConsentCounts = { confirmed: 0, already: 0, stopped: 0, revoked: 0, unproven: 0 };
    const granted: string[] = [];
    for (const [phone, fate] of await read(phones)) {
      if (fate === 'confirmed' && grant) granted.push(phone);
      else counts[fate]++;
    }
    if (!grant) return counts;
    for (const some of inTurns(granted, AT_ONCE)) await Promise.all(some.map(grant));
    // Somebody may have said STOP in between, and that counts.
    for (const [, fate] of await read(granted)) counts[fate === 'already' ? 'confirmed' : fate]++;
    return counts;
  }

  private async checkConsent(
    workspaceId: string,
    { list: key, on, basis }: ImportedConsent,
  ): Promise<ImportedList> {
    const list = await this.imports.list(workspaceId, key);
    if (!list)
      throw Problem.unprocessable('list.not-found', 'There is no such list.', { place: 'consent.list' });
    const age = (this.clock.now() - Date.parse(on)) / DAY_MS;
    // Today has begun already where the day begins first.
    if (age < -1)
      throw Problem.unprocessable('import.date', 'That day is still to come. Choose the day they agreed.', {
        place: 'consent.on',
      });
    const lasts = basis === 'implied' ? list.impliedDays : list.lastsDays;
    if (lasts !== null && age > lasts)
      throw Problem.unprocessable(
        'import.too-old',
        `Consents to this list lapse after ${lasts} days. Ask these people anew.`,
        { place: 'consent.on' },
      );
    return list;
  }
}

/** What an import means to somebody's consent. */
function fateOf(
  phone: string,
  standing: Standing | undefined,
  { list, consent: { basis, on }, now }: { list: ImportedList; consent: ImportedConsent; now: number },
): keyof ConsentCounts {
  if (standing?.stopped) return 'stopped';
  if (standing?.consent === 'revoked') return 'revoked';
  if (standing?.consent === 'confirmed') return 'already';
  const terms = policyFor(list, phone);
  // A file says nothing of an age that the person has to answer themselves.
  if (terms.minimumAge != null && (standing?.age ?? 0) < terms.minimumAge) return 'unproven';
  const because = basis === 'implied' ? 'implied' : 'import';
  const until = lapsesAt({ state: 'confirmed', because, since: Date.parse(on) }, terms);
  return until !== null && until <= now ? 'unproven' : 'confirmed';
}

/** The evidence as the ledger keeps it. */
const givenOf = (
  { basis, how, on, where, url }: ImportedConsent,
  file: string | undefined,
): Readonly<Record<string, string>> => ({
  basis,
  how,
  on,
  where,
  ...(url && { url }),
  ...(file && { file }),
});
