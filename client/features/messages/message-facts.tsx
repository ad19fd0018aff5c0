import type { MessageDetail } from '#shared/api/messages.ts';
import { exactMoment } from '../../lib/format/moment.ts';
import { counted } from '../../lib/format/number.ts';
import { useZone } from '../../lib/use-zone.ts';
import { Facts } from '../../ui/facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';

/** The plain facts of a message. */
export function MessageFacts({ message }: { message: MessageDetail }) {
  const zone = useZone();
  const { direction, flow, queue } = message;
  const other = <OtherSide message={message} />;
  const ours = <PhoneNumber phone={message.sender} />;
  return (
    <Facts
      facts={[
        { label: 'From', value: direction === 'in' ? other : ours },
        { label: 'To', value: direction === 'in' ? ours : other },
        { label: 'When', value: `${exactMoment(message.at, zone)} (${zone})` },
        { label: 'Length', value: counted(message.segments, 'part') },
        {
          label: 'Flow',
          value: flow ? (
            <TextLink to="/flows/$flowId" params={{ flowId: flow.id }} inherit dir="auto">
              {flow.name}
            </TextLink>
          ) : (
            'None'
          ),
        },
        ...(queue === null
          ? []
          : [
              { label: 'May go', value: `${exactMoment(queue.dueAt, zone)} (${zone})` },
              { label: 'Tried', value: queue.attempts === 0 ? 'Not yet' : counted(queue.attempts, 'time') },
            ]),
        { label: 'Gateway’s id', value: message.gatewayMessageId ?? 'None' },
      ]}
    />
  );
}

function OtherSide({ message: { contact, other } }: { message: MessageDetail }) {
  if (!contact) return <PhoneNumber phone={other} />;
  return (
    <TextLink to="/contacts/$contactId" params={{ contactId: contact.id }} inherit>
      <PhoneNumber phone={contact.phone} />
      {contact.name !== null && ` (${contact.name})`}
    </TextLink>
  );
}
