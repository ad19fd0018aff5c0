import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '#shared/api/common.ts';
import classes from './unless-empty.module.css';

export interface UnlessEmptyProps {
  query: UseQueryResult<Page<unknown>>;
  /** Whether something is searched or filtered: then nothing found doesn't mean that there is nothing. */
  filtered: boolean;
  children: ReactNode;
}

/**
 * What a list has only where there is something in it, such as its search: its empty state says itself what to do first. It keeps its
 * place unseen until that is known, so that nothing comes up that goes or moves at once.
 */
export function UnlessEmpty({ query: { data, isPending }, filtered, children }: UnlessEmptyProps) {
  if (data?.total === 0 && !filtered) return null;
  return (
    <div className={classes.box} data-unknown={(isPending && !filtered) || undefined}>
      {children}
    </div>
  );
}
