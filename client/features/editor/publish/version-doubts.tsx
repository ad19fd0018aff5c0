import { Text } from '@mantine/core';
import type { Version } from '#shared/api/flows.ts';
import { BOUNDED } from '#flows/prove/acceptable.ts';
import { counted } from '../../../lib/format/number.ts';
import classes from './versions-drawer.module.css';

/** What a version was published in spite of, and why. */
export function VersionDoubts({ version }: { version: Version }) {
  const { doubts, publishedBy } = version;
  const bounded = doubts.find(({ code }) => code === BOUNDED);
  const others = doubts.filter((doubt) => doubt !== bounded);
  return (
    <>
      {bounded ? (
        <Text size="sm">
          Bounded: not explored to the end, accepted by {publishedBy ?? 'the program'}
          {bounded.reason === null ? '' : ` because: ${bounded.reason}`}
        </Text>
      ) : null}
      {others.length > 0 ? (
        <details className={classes.details}>
          <summary>Published in spite of {counted(others.length, 'warning')}</summary>
          <ul className={classes.doubts}>
            {others.map(({ code, message, place, reason }) => (
              <li key={`${code} ${place.node} ${place.port} ${place.path} ${message}`}>
                {message}
                <div className={classes.reason} dir="auto">
                  {reason === null ? 'No reason was given.' : `Why: ${reason}`}
                </div>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
