import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { LiveBeat } from '#shared/api/live.ts';
import { START } from '#flows/engine/events.ts';
import { socket } from '../../../lib/live/socket.ts';
import { trafficQuery } from '../../../lib/queries/flow-queries.ts';
import { lineKey } from '../../../lib/rehearsal/path.ts';
import { createOverlay, type OverlayStore } from './overlay.ts';

const REFRESH = 15_000;

/** An overlay with how often each line was gone along so far, counting on as people text. Null until it is known. */
export function useTraffic(flowId: string): { overlay: OverlayStore; total: number | null; error: unknown } {
  const overlay = useMemo(createOverlay, []);
  const { data, error } = useQuery({ ...trafficQuery(flowId), refetchInterval: REFRESH });
  useEffect(() => {
    if (!data) return;
    const passages = new Map(data.passages.map(({ node, port, count }) => [lineKey(node, port), count]));
    const waiting = new Map(data.waiting.map(({ node, count }) => [node, count]));
    const show = () =>
      overlay.setState({
        traffic: { passages: new Map(passages), waiting, busiest: Math.max(1, ...passages.values()) },
      });
    const onBeat = ({ passages: passed }: LiveBeat) => {
      const ours = passed.filter((one) => one.flowId === flowId);
      for (const { node, port, count } of ours)
        passages.set(lineKey(node, port), (passages.get(lineKey(node, port)) ?? 0) + count);
      if (ours.length > 0) show();
    };
    show();
    socket.on('beat', onBeat);
    return () => void socket.off('beat', onBeat);
  }, [data, flowId, overlay]);
  const started = data?.passages.find(({ node }) => node === START)?.count;
  const total = data
    ? (started ?? data.passages.reduce((most, { count }) => Math.max(most, count), 0))
    : null;
  return { overlay, total, error };
}
