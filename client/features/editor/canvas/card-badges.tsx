import { IconAlertCircleFilled, IconAlertTriangleFilled, IconUsers } from '@tabler/icons-react';
import { compactNumber, counted } from '../../../lib/format/number.ts';
import classes from './card.module.css';
import { useOverlay } from './overlay.ts';

/** What a card quietly says about itself: problems, and how many people wait here. */
export function CardBadges({ id }: { id: string }) {
  const badge = useOverlay((overlay) => overlay.badges.get(id));
  const waiting = useOverlay((overlay) => overlay.traffic?.waiting.get(id) ?? 0);
  return (
    <>
      {waiting > 0 ? (
        <span className={classes.waiting} title={`${counted(waiting, 'person', 'people')} waiting here`}>
          <IconUsers size={12} aria-hidden />
          {compactNumber(waiting)}
        </span>
      ) : null}
      {badge && badge.errors > 0 ? (
        <span className={classes.error} title={counted(badge.errors, 'problem')}>
          <IconAlertCircleFilled size={16} role="img" aria-label={counted(badge.errors, 'problem')} />
        </span>
      ) : badge ? (
        <span className={classes.warning} title={counted(badge.warnings, 'warning')}>
          <IconAlertTriangleFilled size={16} role="img" aria-label={counted(badge.warnings, 'warning')} />
        </span>
      ) : null}
    </>
  );
}
