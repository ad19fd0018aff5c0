import { ANY_COUNTRY, errorsOf, inspect } from '#flows/definition/inspect.ts';
import type { Command } from '../command.ts';
import { readFlows } from '../files.ts';
import { counted, findingLines } from '../report.ts';
import { paintFor } from '../terminal.ts';
import { COUNTRY_OPTION, JSON_OPTION } from '../usual-options.ts';

/** Looks at drawings as they stand: quick, without exploring anything. */
export const check: Command = {
  name: 'check',
  usage: 'FILE…',
  summary: 'says what is wrong or doubtful about a drawing, without exploring it',
  options: { ...JSON_OPTION, ...COUNTRY_OPTION },
  run(typed, terminal) {
    const country = typed.option('country');
    const countries = country === undefined ? ANY_COUNTRY : [country];
    const checked = readFlows(typed, terminal).map(({ path, flow, issues }) => ({
      path,
      name: flow?.definition.name ?? null,
      issues: flow ? inspect(flow, countries) : issues,
    }));
    if (typed.json) {
      terminal.say(JSON.stringify(checked, null, 2));
    } else {
      const paint = paintFor(terminal);
      for (const { path, name, issues } of checked) {
        terminal.say(`${paint.strong(name ?? path)}  ${paint.quiet(path)}`);
        for (const line of findingLines(issues, paint)) terminal.say(line);
        const isWrong = errorsOf(issues).length > 0;
        terminal.say(`  ${isWrong ? paint.bad('✗') : paint.good('✓')} ${counted(issues)}`);
      }
    }
    return checked.some(({ issues }) => errorsOf(issues).length > 0) ? 1 : 0;
  },
};
