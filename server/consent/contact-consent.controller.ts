import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { type ConsentEvidence, consentEvidenceSchema } from '#shared/api/consent.ts';
import { Needs } from '../accounts/access.ts';
import { Me, type Who } from '../accounts/who.ts';
import { Api, ApiFile } from '../web/api.ts';
import { Problem } from '../common/problem.ts';
import { Erasure } from './erasure/erasure.service.ts';
import { ErasureRepository } from './erasure/erasure.repository.ts';
import { EvidenceFiles } from './evidence/evidence.service.ts';
import { evidenceTable } from './evidence/evidence-table.ts';

const NOT_FOUND = { refuses: { 404: ['contact.not-found'] } };

/** What proves a person's consent, and their right to be forgotten. */
@Controller('api/contacts/:id')
@Needs('compliance')
export class ContactConsentController {
  constructor(
    private readonly evidence: EvidenceFiles,
    private readonly erasure: Erasure,
    private readonly people: ErasureRepository,
  ) {}

  @Get('consent')
  @Api({
    summary: 'Everything that proves what a person agreed to and took back, with the hashes that bind it',
    returns: consentEvidenceSchema,
    ...NOT_FOUND,
  })
  async show(@Me() { workspaceId }: Who, @Param('id') id: string): Promise<ConsentEvidence> {
    const phone = await this.people.phoneOf(workspaceId, id);
    if (phone === null) throw notFound();
    return this.evidence.ofContact(workspaceId, id, phone);
  }

  @Get('consent.csv')
  @ApiFile({ summary: 'The same as a table', file: 'text/csv', ...NOT_FOUND })
  async file(@Me() me: Who, @Param('id') id: string): Promise<string> {
    return evidenceTable(await this.show(me, id));
  }

  @Delete()
  @HttpCode(204)
  @Api({
    summary:
      'Forget a person: texts, fields and evidence are destroyed; a print of the number keeps their STOP',
    refuses: { 404: ['contact.not-found'], 409: ['contact.no-sender'] },
  })
  async erase(@Me() { workspaceId, personId }: Who, @Param('id') id: string): Promise<void> {
    if (!(await this.erasure.eraseContact(workspaceId, id, { personId, given: null }))) throw notFound();
  }
}

const notFound = (): Problem => Problem.notFound('contact.not-found', 'There is no such contact.');
