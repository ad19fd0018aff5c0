import type { LiveBeat } from '#shared/api/live.ts';
import { useEffect, useState } from 'react';
import { socket } from './socket.ts';

/** Whether texts came or went after `since`: when what is shown was read, in milliseconds. */
export function useNewerTexts(since: number): boolean {
  const [outdated, setOutdated] = useState<number>();
  useEffect(() => {
    const onBeat = ({ inbound, outbound }: LiveBeat) => {
      if (inbound + outbound > 0) setOutdated(since);
    };
    socket.on('beat', onBeat);
    return () => {
      socket.off('beat', onBeat);
    };
  }, [since]);
  return outdated === since;
}
