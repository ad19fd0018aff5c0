import { formatPhone } from '#shared/sms/phone.ts';

/** A number as people write it. Of somebody who was erased there is none: the server has an id in its place. */
export const shownPhone = (phone: string): string => (isErased(phone) ? 'Erased' : formatPhone(phone));

/** Whether what stands in the place of a number says that its person was erased. */
export const isErased = (phone: string): boolean => phone.startsWith('erased ');
