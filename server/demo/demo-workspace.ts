import { Injectable } from '@nestjs/common';
import { firstWord } from '#flows/definition/change-word.ts';
import { TEMPLATES } from '#flows/templates/index.ts';
import { Config } from '../config.ts';
import { readDefinition } from '../flows/definition-door.ts';
import { Flows } from '../flows/flows.service.ts';
import { Publishing } from '../flows/publishing.service.ts';
import { Gateways } from '../settings/gateways/gateways.service.ts';
import { Programs } from '../settings/programs/programs.service.ts';
import { Senders } from '../settings/senders/senders.service.ts';
import { CodeLoads } from '../vouchers/loads/code-loads.service.ts';

/** What the demo's gateway is called in its address on one's own machine: POST /in/simulated/demo. */
const DEMO_KEY = 'demo';
/** How many codes each of its pools has, and how long they are after the keyword of their flow. */
const CODES = { count: 500, length: 8 };
const LOOPBACK = /^(localhost|127\.|::1$|\[::1\]$)/;

/**
 * A workspace to play with: the short code 12345 on a simulated carrier, and every template published on it. British, so that
 * texts from +44 7700 900001 (a number kept for fiction) meet the words that count there.
 */
@Injectable()
export class DemoWorkspace {
  constructor(
    private readonly programs: Programs,
    private readonly gateways: Gateways,
    private readonly senders: Senders,
    private readonly flows: Flows,
    private readonly publishing: Publishing,
    private readonly vouchers: CodeLoads,
    private readonly config: Config,
  ) {}

  async fill(workspaceId: string): Promise<void> {
    const program = await this.programs.add(workspaceId, {
      name: 'Textloom Demo',
      brand: 'Textloom Demo',
      language: 'en',
      contact: 'help@example.com',
      helpText: '',
      stopText: '',
      startText: '',
      agentText: '',
      frequency: '',
      termsUrl: '',
      privacyUrl: '',
      stopAddress: '',
      closedText: '',
    });
    // Elsewhere than on one's own machine a key that everybody knows would let everybody post texts.
    const key = LOOPBACK.test(this.config.host) ? DEMO_KEY : undefined;
    const gateway = await this.gateways.add(
      workspaceId,
      { name: 'Simulated carrier', kind: 'simulated', sendUrl: null },
      key,
    );
    await this.senders.add(workspaceId, {
      address: '12345',
      kind: 'short-code',
      country: 'GB',
      gatewayId: gateway.id,
      programId: program.id,
    });
    for (const { id: template, title: name, definition, vouchers } of TEMPLATES) {
      const flow = await this.flows.create({ workspaceId, personId: null }, { name, template });
      await this.publishing.publish({ workspaceId, personId: null }, flow.id, { revision: 1 });
      const keyword = firstWord(readDefinition(definition).definition);
      const codes = { ...CODES, prefix: keyword === null ? '' : `${keyword}-` };
      for (const { key } of vouchers) await this.vouchers.generate({ workspaceId }, key, codes);
    }
  }
}
