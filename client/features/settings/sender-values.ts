import type { SaveSender, Sender } from '#shared/api/senders.ts';
import { numberOrNull } from './number-or-null.ts';

type NumberField = 'mostADay' | 'validMinutes' | 'perSecond';

/** A sender as its form holds it: an empty number field is empty text. */
export type SenderValues = Omit<SaveSender, NumberField | 'campaign' | 'operators'> &
  Record<NumberField, number | string> & { campaign: string; operators: OperatorValues[] };

type OperatorLimit = SaveSender['operators'][number];

/** A limit as its form holds it: an empty number field is empty text. */
interface OperatorValues {
  operator: string;
  perSecond: number | string;
  mostADay: number | string;
}

/** The limits of a sender as the form begins with them. */
export const limitValues = (sender: Sender | null) => ({
  destinations: sender?.destinations ?? [],
  mostSegments: sender?.mostSegments ?? 10,
  mostADay: sender?.mostADay ?? '',
  overDay: sender?.overDay ?? ('tomorrow' as const),
  validMinutes: sender?.validMinutes ?? '',
  perSecond: sender?.perSecond ?? '',
  campaign: sender?.campaign ?? '',
  operators: (sender?.operators ?? []).map(operatorValues),
});

/** What the form holds, as it is stored. */
export const senderInput = (values: SenderValues): SaveSender => ({
  ...values,
  mostADay: numberOrNull(values.mostADay),
  validMinutes: numberOrNull(values.validMinutes),
  perSecond: numberOrNull(values.perSecond),
  campaign: values.campaign.trim() || null,
  operators: values.operators.map(operatorInput),
});

/** A limit as the form begins with it. */
const operatorValues = ({ operator, perSecond, mostADay }: OperatorLimit): OperatorValues => ({
  operator,
  perSecond: perSecond ?? '',
  mostADay: mostADay ?? '',
});

/** What the form holds, as it is stored. */
const operatorInput = ({ operator, perSecond, mostADay }: OperatorValues): OperatorLimit => ({
  operator,
  perSecond: numberOrNull(perSecond),
  mostADay: numberOrNull(mostADay),
});
