import { Text, Title } from '@mantine/core';
import type { RunDetail } from '#shared/api/runs.ts';
import { isErased } from '../../lib/format/shown-phone.ts';
import { useStepNames } from '../../lib/trail/use-step-names.ts';
import { Facts } from '../../ui/facts.tsx';
import { TextLink } from '../../ui/links.tsx';
import { PhoneNumber } from '../../ui/phone-number.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Where a run stands, how it began, and what the person answered. */
export function RunFacts({ run }: { run: RunDetail }) {
  const answers = Object.entries(run.answers);
  const arms = Object.entries(run.arms);
  const names = useStepNames(run.flow);
  return (
    <>
      <Facts
        facts={[
          {
            label: 'Person',
            value: (
              <TextLink to="/contacts/$contactId" params={{ contactId: run.contact.id }} inherit>
                <PhoneNumber phone={run.contact.phone} />
              </TextLink>
            ),
          },
          {
            label: 'Flow',
            value: (
              <TextLink to="/flows/$flowId" params={{ flowId: run.flow.id }} inherit dir="auto">
                {run.flow.name}
              </TextLink>
            ),
          },
          { label: 'Version', value: run.flow.version },
          ...(run.status === 'ended' ? [] : [{ label: 'Stands at', value: run.step }]),
          ...(run.wakeAt === null ? [] : [{ label: 'Goes on', value: <RelativeTime at={run.wakeAt} /> }]),
          { label: 'Keyword', value: run.keyword ?? 'None' },
          ...(run.medium === null ? [] : [{ label: 'Seen on', value: run.medium }]),
          { label: 'Sender', value: <PhoneNumber phone={run.sender} /> },
          { label: 'Began', value: <RelativeTime at={run.startedAt} /> },
          ...(run.endedAt === null ? [] : [{ label: 'Ended', value: <RelativeTime at={run.endedAt} /> }]),
        ]}
      />
      <Title order={2} size="h4" mt="lg" mb={6}>
        Answers
      </Title>
      {answers.length === 0 ? (
        <Text size="sm" c="dimmed">
          {noAnswers(run)}
        </Text>
      ) : (
        <Facts facts={answers.map(([label, value]) => ({ label, value: String(value) }))} />
      )}
      {arms.length > 0 && (
        <>
          <Title order={2} size="h4" mt="lg" mb={6}>
            A/B tests
          </Title>
          <Facts
            facts={arms.map(([key, arm]) => ({
              label: names.test(key),
              value: (
                <TextLink to="/results/$key" params={{ key }} inherit>
                  <bdi>{names.arm(key, arm)}</bdi>
                </TextLink>
              ),
            }))}
          />
        </>
      )}
    </>
  );
}

function noAnswers({ contact, status }: RunDetail): string {
  if (isErased(contact.phone)) return 'Erased with the person.';
  return status === 'ended' ? 'None were kept.' : 'None kept yet.';
}
