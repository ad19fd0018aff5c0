import { Card, Text, Title, VisuallyHidden } from '@mantine/core';
import type { Survey } from '#shared/api/surveys.ts';
import { npsCategory } from '#shared/stats/nps.ts';
import { counted, percent, wholeNumber } from '../../lib/format/number.ts';
import classes from './scores-chart.module.css';

/** How many people gave each score, and what kind of people these make. */
export function ScoresChart({ survey }: { survey: Survey }) {
  const { scores, people, detractors, passives, promoters } = survey;
  const most = Math.max(1, ...scores.map((one) => one.people));
  const kinds = [
    { kind: 'detractor', label: 'Detractors', count: detractors },
    { kind: 'passive', label: 'Passives', count: passives },
    { kind: 'promoter', label: 'Promoters', count: promoters },
  ];
  return (
    <Card component="section" aria-label="The scores">
      <Title order={2} size="h3" mb="md">
        The scores
      </Title>
      <ol className={classes.bars}>
        {scores.map(({ score, people: given }) => (
          <li key={score} className={classes.bar} data-kind={npsCategory(score)}>
            <span className="tabular" aria-hidden>
              {wholeNumber(given)}
            </span>
            <div className={classes.fill} style={{ height: `${(HEIGHT * given) / most}px` }} aria-hidden />
            <span className={classes.score}>
              {score}
              <VisuallyHidden>: {counted(given, 'person', 'people')}</VisuallyHidden>
            </span>
          </li>
        ))}
      </ol>
      <div className={classes.kinds}>
        {kinds.map(({ kind, label, count }) => (
          <div key={kind} className={classes.kind} data-kind={kind}>
            <Text inherit fw={500}>
              {label}
            </Text>
            <Text inherit c="dimmed" className="tabular">
              {wholeNumber(count)} · {percent(count / people, 0)}
            </Text>
          </div>
        ))}
      </div>
    </Card>
  );
}

/** Pixels of the tallest bar. */
const HEIGHT = 110;
