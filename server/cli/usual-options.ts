import type { CommandOptions } from '../common/command-options.ts';

/** Of commands that can answer programs. */
export const JSON_OPTION = { json: { says: 'for programs' } } as const satisfies CommandOptions;

/** Of commands that ask in which country a flow is texted. */
export const COUNTRY_OPTION = {
  country: { value: 'CC', says: 'of the sender, such as GB' },
} as const satisfies CommandOptions;

/** Of commands that play a flow or prove it. */
export const WORLD_OPTIONS = {
  world: {
    value: 'FILE',
    says: `a file that says what else there is: country, gateway, languages, senders, lists, otherFlows, published, program;
without it, "world" in the flow's file or world.json beside it`,
  },
  ...COUNTRY_OPTION,
} as const satisfies CommandOptions;
