import { formatPhone } from '#shared/sms/phone.ts';

/** A number as people write it. Of somebody who was erased there is none: the server has an id in its place. */
export const shownPhone = (phone: string): string =>
  phone.startsWith('erased ') ? 'Erased' : formatPhone(phone);
