import { Loader, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ProofCertificate } from '#shared/api/flows.ts';
import { PROPERTIES } from '#flows/prove/properties/index.ts';
import { counted } from '../../../lib/format/number.ts';
import { versionQuery } from '../../../lib/queries/flow-queries.ts';
import { ErrorNote } from '../../../ui/error-note.tsx';
import classes from './versions-drawer.module.css';

type Verdict = ProofCertificate['results'][number]['verdict'];

const PROMISES = new Map<string, string>(PROPERTIES.map(({ id, promise }) => [id, promise]));

const WORDS: Record<Verdict, string> = {
  holds: 'Holds',
  violated: 'Does not hold',
  possible: 'May not hold',
  bounded: 'Holds as far as explored',
  unchecked: 'Not checked',
};

/** What was proved of a version when it was published: how much was explored, and how each promise stands. */
export function CertificateView({ flowId, number }: { flowId: string; number: number }) {
  const { data, error, refetch } = useQuery(versionQuery(flowId, number));
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loader size="sm" />;
  if (data.certificates.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No sender listened for this flow when it was published, so nothing was proved of it.
      </Text>
    );
  return (
    <Stack gap="sm">
      {data.certificates.map((certificate) => (
        <section key={certificate.worldHash}>
          <Text size="sm" c="dimmed">
            {exploredBy(certificate)}
          </Text>
          <ul className={classes.promises}>
            {certificate.results.map(({ property, verdict }) => (
              <li key={property}>
                <Mark verdict={verdict} />
                <span>{PROMISES.get(property) ?? property}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Stack>
  );
}

function exploredBy({ states, transitions, bounded }: ProofCertificate): string {
  const size = `${counted(states, 'situation')} and ${counted(transitions, 'step')} between them`;
  return bounded
    ? `Bounded: explored to a depth of ${counted(bounded.depth, 'text')} and waits, ${size}.`
    : `Every conversation was explored: ${size}.`;
}

function Mark({ verdict }: { verdict: Verdict }) {
  const Icon = { holds: IconCircleCheck, unchecked: IconCircleDashed }[String(verdict)] ?? IconAlertTriangle;
  return (
    <Icon size={16} className={classes.mark} data-verdict={verdict} role="img" aria-label={WORDS[verdict]} />
  );
}
