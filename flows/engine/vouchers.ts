import type { Desk } from './desk.ts';
import type { EffectRequest, TransactionAnswer } from './effects.ts';
import { remember } from './remember.ts';
import type { Run } from './world.ts';

/** The code that the phone gives out of every pool, and a pool that is made for a conversation. */
export const SAMPLE_CODE = 'SAMPLE-CODE';

/** Keeps in mind under which name the run holds which code, so that it is known what carries it. */
export function holdVoucher(
  { pool, as }: Extract<EffectRequest, { kind: 'claim-voucher' }>,
  { value }: TransactionAnswer,
  run: Run,
): void {
  if (value === undefined) return;
  remember(run, { vouchers: { ...run.position.context.vouchers, [as]: { pool, code: value } } });
}

/** A text reads these variables: the codes among them go out with it. */
export function carryVouchers(variables: readonly string[], messageId: string, run: Run, desk: Desk): void {
  for (const voucher of vouchersIn(variables, run))
    desk.effects.push({ kind: 'carry-voucher', ...voucher, messageId });
}

/** A step hands these variables on by another way than a text: from then on nobody knows who sees the codes among them. */
export function passVouchersOn(request: EffectRequest, node: string, run: Run, desk: Desk): void {
  if (run.position.context.vouchers === undefined) return;
  const { compiled } = run.flow;
  const language = compiled.language(desk.contact.language);
  const texts = compiled.nodes.get(node)?.texts ?? [];
  const variables = texts.flatMap(({ field }) => compiled.text(node, field, language).variables);
  for (const voucher of vouchersIn([...variables, ...copied(request)], run))
    desk.effects.push({ kind: 'carry-voucher', ...voucher, messageId: null });
}

const vouchersIn = (variables: readonly string[], run: Run) =>
  Object.entries(run.position.context.vouchers ?? {}).flatMap(([name, voucher]) =>
    variables.includes(`answers.${name}`) ? [voucher] : [],
  );

function copied(request: EffectRequest): string[] {
  if (request.kind !== 'set-field') return [];
  const { value } = request;
  return value !== null && typeof value === 'object' && 'answer' in value ? [`answers.${value.answer}`] : [];
}
