import { Skeleton, Text, Title } from '@mantine/core';
import type { FlowSummary } from '#shared/api/flows.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';
import { TextLink } from '../../ui/links.tsx';
import classes from './live.module.css';

export interface FlowTrafficProps {
  flows: readonly FlowSummary[] | undefined;
  passages: ReadonlyMap<string, number>;
}

/** The flows that answer now: who is in them and came lately, and how much moved since the page was opened. Busy ones first. */
export function FlowTraffic({ flows, passages }: FlowTrafficProps) {
  const moved = (flow: FlowSummary) => passages.get(flow.id) ?? 0;
  const busyFirst =
    flows &&
    [...flows].sort(
      (a, b) => moved(b) - moved(a) || b.running - a.running || b.startedLately - a.startedLately,
    );
  return (
    <section className={classes.stream} aria-label="Flows">
      <div className={classes.head}>
        <Title order={2} size="h4">
          Flows
        </Title>
        <Text size="xs" c="dimmed" pe={8}>
          Steps since you opened this page
        </Text>
      </div>
      {busyFirst?.map((flow) => (
        <div key={flow.id} className={classes.flow}>
          <Text fw={500} lineClamp={1}>
            <bdi>{flow.name}</bdi>
          </Text>
          <Text className="tabular" ta="end">
            {wholeNumber(moved(flow))}
          </Text>
          <Text size="xs" c="dimmed">
            {`${counted(flow.running, 'person', 'people')} in it, ${counted(flow.startedLately, 'start')} in 7 days`}
          </Text>
          <TextLink
            to="/flows/$flowId"
            params={{ flowId: flow.id }}
            search={{ view: 'traffic' }}
            underline="hover"
            size="xs"
            ta="end"
          >
            On the canvas
          </TextLink>
        </div>
      ))}
      {busyFirst?.length === 0 && (
        <Text c="dimmed" p="md">
          No flow is live. Publish one, and its traffic shows here.
        </Text>
      )}
      {busyFirst === undefined && <Skeleton height={40} m="md" w="auto" />}
    </section>
  );
}
