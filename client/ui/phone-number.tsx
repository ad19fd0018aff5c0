import { shownPhone } from '../lib/format/shown-phone.ts';

/** A phone number as people write it, never broken over two lines nor turned round by right-to-left text. */
export function PhoneNumber({ phone }: { phone: string }) {
  return (
    <bdi dir="ltr" className="tabular" style={{ whiteSpace: 'nowrap' }}>
      {shownPhone(phone)}
    </bdi>
  );
}
