import type { LiveBeat } from '#shared/api/live.ts';
import type { QueryClient } from '@tanstack/react-query';
import { EXPERIMENTS_KEY } from '../queries/experiment-queries.ts';
import { notifyNotice } from '../notify.tsx';
import { CAMPAIGNS_KEY } from '../queries/campaign-queries.ts';
import { CONTESTS_KEY } from '../queries/contest-queries.ts';
import { CONTACTS_KEY } from '../queries/contact-queries.ts';
import { FLOWS_KEY } from '../queries/flow-queries.ts';
import { INBOX_KEY } from '../queries/inbox-queries.ts';
import { MESSAGES_KEY } from '../queries/message-queries.ts';
import { NOTICES_KEY } from '../queries/notice-queries.ts';
import { RUNS_KEY } from '../queries/run-queries.ts';
import { sessionQuery } from '../queries/session-queries.ts';
import { SETTINGS_KEY } from '../queries/settings-queries.ts';
import { VOUCHERS_KEY } from '../queries/voucher-queries.ts';
import { takeSample, useLive } from './live-store.ts';
import { socket } from './socket.ts';

const SAMPLE_EVERY = 2_000;

/** Opens the connection, keeps the store and the lists up to date, and returns what closes it again. */
export function followLive(client: QueryClient): () => void {
  const onConnect = () =>
    socket.emit('watch', ({ perMinute }) => {
      const missed = useLive.getState().connection === 'broken' ? EVERYTHING : TEXTS;
      useLive.setState({ connection: 'open', perMinute });
      takeSample(Date.now());
      for (const queryKey of missed) void client.invalidateQueries({ queryKey });
    });
  const onBroken = () => useLive.setState({ connection: 'broken' });
  const onBeat = ({ perMinute }: LiveBeat) => useLive.setState({ perMinute });
  const onChanged = (what: keyof typeof TOUCHED) => {
    for (const queryKey of TOUCHED[what]) void client.invalidateQueries({ queryKey });
  };
  socket.on('connect', onConnect).on('disconnect', onBroken).on('connect_error', onBroken);
  const onNotice = ({ text }: { text: string }) => {
    notifyNotice(text);
    void client.invalidateQueries({ queryKey: NOTICES_KEY });
  };
  socket.on('beat', onBeat).on('changed', onChanged).on('notice', onNotice);
  socket.connect();
  const timer = setInterval(() => takeSample(Date.now()), SAMPLE_EVERY);
  return () => {
    clearInterval(timer);
    socket.off('connect', onConnect).off('disconnect', onBroken).off('connect_error', onBroken);
    socket.off('beat', onBeat).off('changed', onChanged).off('notice', onNotice);
    socket.disconnect();
    useLive.setState({ connection: 'connecting' });
  };
}

/** What may have changed while nobody told: texts between the first look at a page and the connection, anything during a break. */
const TEXTS = [MESSAGES_KEY, CONTACTS_KEY, RUNS_KEY];
const EVERYTHING = [[]];

const TOUCHED = {
  flows: [FLOWS_KEY, EXPERIMENTS_KEY, [...SETTINGS_KEY, 'keywords']],
  settings: [SETTINGS_KEY, sessionQuery.queryKey],
  sending: [sessionQuery.queryKey],
  campaigns: [CAMPAIGNS_KEY],
  contests: [CONTESTS_KEY],
  vouchers: [VOUCHERS_KEY],
  inbox: [INBOX_KEY, CONTACTS_KEY],
} as const;
