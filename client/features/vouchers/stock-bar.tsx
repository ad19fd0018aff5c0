import { Text } from '@mantine/core';
import { percent, wholeNumber } from '../../lib/format/number.ts';
import classes from './stock-bar.module.css';
import { type Stock, STOCK_PARTS, stockWords } from './stock-words.ts';

/** Where the codes of a pool are. `small`: the bar alone, for a list, where its words are read out and shown on hover. */
export function StockBar({ pool, small = false }: { pool: Stock; small?: boolean }) {
  const words = stockWords(pool);
  return (
    <>
      <div
        className={classes.bar}
        data-small={small || undefined}
        {...(small ? { role: 'img', 'aria-label': words, title: words } : { 'aria-hidden': true })}
      >
        {STOCK_PARTS.map(
          ({ state, color }) =>
            pool[state] > 0 && (
              <div
                key={state}
                className={classes.part}
                data-state={state}
                style={{ flexGrow: pool[state], backgroundColor: color }}
              />
            ),
        )}
      </div>
      {!small && (
        <ul className={classes.legend} aria-label="Stock">
          {STOCK_PARTS.map(({ state, label, color }) => (
            <li key={state}>
              <span
                className={classes.mark}
                data-state={state}
                style={{ backgroundColor: color }}
                aria-hidden
              />
              <Text size="sm" c="dimmed">
                {label}
              </Text>
              <span />
              <Text size="sm" fw={500} className="tabular">
                {wholeNumber(pool[state])}{' '}
                {pool.total > 0 && (
                  <Text span size="sm" c="dimmed" fw={400}>
                    {percent(pool[state] / pool.total)}
                  </Text>
                )}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
