import { Button, Loader } from '@mantine/core';
import { IconCalculator } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { PlannedStep } from '#flows/editor-kit/surroundings.tsx';
import type { OpenFlow } from '#flows/open.ts';
import { useMeasuredTest } from './use-measured-test.ts';
import { Dialog } from '../../../ui/dialog.tsx';

const TestPlanner = lazy(async () => ({
  default: (await import('../../../ui/planner/test-planner.tsx')).TestPlanner,
}));

export interface PlanTestButtonProps extends PlannedStep {
  flowId: string;
  /** The draft, where it can be read. */
  open: OpenFlow | null;
}

/** Opens a dialog that says how many people the test takes, and how long that is at this flow's traffic. */
export function PlanTestButton(props: PlanTestButtonProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconCalculator size={14} />}
        onClick={() => setOpened(true)}
      >
        How many people does it take?
      </Button>
      {opened && <PlanDialog {...props} onClose={() => setOpened(false)} />}
    </>
  );
}

function PlanDialog({ onClose, ...test }: PlanTestButtonProps & { onClose: () => void }) {
  const measured = useMeasuredTest(test);
  return (
    <Dialog onClose={onClose} title="How many people does it take?" size={620}>
      <Suspense fallback={<Loader size="sm" />}>
        {measured ? <TestPlanner {...measured} shares={test.shares} /> : <Loader size="sm" />}
      </Suspense>
    </Dialog>
  );
}
