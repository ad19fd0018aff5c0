import { type FarRequest, isKept } from './far-end.ts';
import type { StoredText, Tell } from './judge.ts';
import { HEARD, TOO_LATE } from './racing-flow.ts';
import type { LoggedText } from './texters.ts';

/** Somebody who was asked, and who may have answered at about the moment when nobody waits for it any more. */
export interface LoggedRace {
  phone: string;
  call: LoggedText;
  reply: LoggedText | null;
}

/** What the database has of a race: its runs, and all that the person was texted, in order. */
export interface StoredRace {
  phone: string;
  runs: number;
  open: number;
  texts: { id: string; text: string }[];
}

interface Races {
  races: readonly LoggedRace[];
  storedRaces: readonly StoredRace[];
  stored: readonly StoredText[];
  requests: readonly FarRequest[];
}

/** Each race has one end, which the answer to the reply agrees with, and which reaches the gateway after the question. */
export function judgeRaces({ races, storedRaces, stored, requests }: Races, tell: Tell): void {
  const rows = new Map(stored.map((row) => [row.id, row]));
  const found = new Map(storedRaces.map((row) => [row.phone, row]));
  const kept = new Set(requests.filter(isKept).map(({ messageId }) => messageId));
  const first = new Map(requests.toReversed().map(({ messageId, at }) => [messageId, at]));
  for (const { phone, call, reply } of races) {
    for (const text of reply ? [call, reply] : [call]) {
      const row = rows.get(text.id);
      if (row?.status !== 'decided')
        tell('lost', `${text.id} is ${row?.status ?? 'not stored'} ${row?.reason ?? ''}`);
      else if (row.times !== 1) tell('doubled', `${text.id} is stored ${row.times} times`);
    }
    const race = found.get(phone);
    if (race?.runs !== 1) tell('doubled', `${phone} has ${race?.runs ?? 0} runs`);
    if (!race) continue;
    const questions = race.texts.filter(({ text }) => text === 'ready?');
    const ends = race.texts.filter(({ text }) => text === HEARD || text === TOO_LATE);
    if (race.open > 0 || ends.length === 0) tell('lost', `nobody woke the run of ${phone}`);
    if (questions.length > 1 || ends.length > 1)
      tell('doubled', `${phone} was texted ${race.texts.map(({ text }) => text).join(', ')}`);
    const told = reply?.answers.flatMap(({ replies }) => replies) ?? [];
    const isHeard = ends.some(({ text }) => text === HEARD);
    if (told.some(({ text }) => text === HEARD) && !isHeard)
      tell('order', `${phone} was told that the reply was heard, and it is not stored so`);
    for (const { id, text } of [...questions, ...ends])
      if (!kept.has(id)) tell('unsent', `"${text}" to ${phone} never reached the gateway`);
    const [asked, ended] = [questions[0], ends[0]].map((one) => first.get(one?.id ?? ''));
    if (asked !== undefined && ended !== undefined && ended < asked)
      tell('order', `${phone} got the end before the question`);
  }
}
