import { Anchor, Stack } from '@mantine/core';
import type { Contest } from '#shared/api/contests.ts';
import { countryName } from '../../lib/countries.ts';
import { counted, wholeNumber } from '../../lib/format/number.ts';
import { CopyField } from '../../ui/copy-field.tsx';
import { Facts } from '../../ui/facts.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ContestNotes } from './contest-notes.tsx';

/** What holds for a contest, and the seal that can be shown to anybody. */
export function ContestFacts({ contest }: { contest: Contest }) {
  const { entries, freeEntries, closesAt, rulesUrl, minimumAge, countries, excludedTags } = contest;
  return (
    <Stack>
      <Facts
        facts={[
          {
            label: 'Entries',
            value:
              freeEntries === 0
                ? wholeNumber(entries)
                : `${wholeNumber(entries)}, ${wholeNumber(freeEntries)} without a text`,
          },
          {
            label: contest.status === 'open' ? 'Closes' : 'Closed',
            value: closesAt === null ? 'No date yet' : <RelativeTime at={closesAt} />,
          },
          { label: 'Key', value: contest.key },
          {
            label: 'Rules',
            value:
              rulesUrl === '' ? (
                'None yet'
              ) : (
                <Anchor href={rulesUrl} target="_blank" rel="noreferrer" inherit>
                  {rulesUrl.replace(/^https?:\/\//, '')}
                </Anchor>
              ),
          },
          {
            label: 'Numbers from',
            value: countries.length === 0 ? 'Anywhere' : countries.map(countryName).join(', '),
          },
          { label: 'Age', value: minimumAge === null ? 'Any' : `${minimumAge} or over` },
          {
            label: 'Can’t win',
            value: excludedTags.length === 0 ? 'Nobody by tag' : `Tagged ${excludedTags.join(' or ')}`,
          },
          {
            label: 'To claim',
            value: contest.claimDays === null ? 'No limit' : counted(contest.claimDays, 'day'),
          },
          {
            label: 'Drawn from',
            value:
              contest.publicSource === '' ? 'A sealed seed' : `A sealed seed and: ${contest.publicSource}`,
          },
        ]}
      />
      {contest.status !== 'listed' && (
        <CopyField
          label="Seal of the next draw"
          value={contest.seal}
          description={
            contest.status === 'open'
              ? 'Publish it before the contest closes: it commits you to a seed that nobody sees before the draw.'
              : 'Publish it before the draw: it commits you to a seed that nobody sees until then.'
          }
        />
      )}
      <ContestNotes countries={countries} />
    </Stack>
  );
}
