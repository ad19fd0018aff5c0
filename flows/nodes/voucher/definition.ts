import { z } from 'zod';
import { keySchema, nameSchema } from '../../definition/config-parts.ts';
import { ask, capture, defineNode } from '../../engine/node-kind.ts';

export const voucherConfig = z.strictObject({
  pool: keySchema('Choose a pool of vouchers.'),
  /** The answer that holds the code ("voucher" → {{answers.voucher}}). */
  saveAs: nameSchema.default('voucher'),
});
export type VoucherConfig = z.infer<typeof voucherConfig>;

/** Gives the person a code of a pool, for the texts that follow. Nobody else ever gets a code that may have been seen. */
export const voucher = defineNode<VoucherConfig>({
  kind: 'voucher',
  family: 'act',
  title: 'Give a voucher',
  summary: 'Gives the person a code of their own out of a pool, for the texts that follow.',
  schema: voucherConfig,
  initial: () => ({ pool: 'vouchers', saveAs: 'voucher' }),
  places: ['claim'],
  ports: () => [
    { id: 'given', label: 'Got a code', required: true, open: 'completed' },
    { id: 'had', label: 'Has one already', required: true, open: 'completed' },
    { id: 'none-left', label: 'None left', required: true, open: 'completed' },
  ],
  sets: ({ saveAs }) => [`answers.${saveAs}`],
  states: ({ pool, saveAs }, to) => ({
    claim: {
      entry: [ask({ kind: 'claim-voucher', pool, as: saveAs })],
      on: {
        'answer.claim-voucher.given': to('given', capture(saveAs)),
        'answer.claim-voucher.had': to('had', capture(saveAs)),
        'answer.claim-voucher.none-left': to('none-left'),
      },
    },
  }),
});
