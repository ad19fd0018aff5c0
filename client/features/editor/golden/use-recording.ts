import { useEffect, useRef } from 'react';
import { notifyError } from '../../../lib/notify.tsx';
import { recorder } from '../../../lib/rehearsal/recorder.ts';
import type { Recorded } from '../../../lib/rehearsal/rehearsal-state.ts';
import type { DraftProof } from '../proof/use-proof.ts';
import { begunWhen, ways } from './begun-when.ts';
import { unusedName } from '../../../lib/unused-name.ts';
import type { Golden } from './use-golden.ts';

const LONGEST = 80;

/** Lets the phone's chats be saved as conversations of this flow for as long as it is open; null where nobody may. */
export function useRecording(
  golden: Golden | null,
  { hear }: Pick<DraftProof, 'hear'>,
  onKept: () => void,
): void {
  const keep = (recorded: Recorded) => {
    if (!golden?.conversations) return;
    const name = unusedName(nameOf(recorded), new Set(golden.conversations.map((one) => one.name)));
    const all = ways(recorded, name);
    hear(all)
      .then(({ results }) => {
        const kept = begunWhen(all, results);
        golden.change((before) => [...before, kept], `Saved as “${name}”.`);
        golden.choose(name);
        onKept();
      })
      .catch(notifyError);
  };
  const latest = useRef(keep);
  latest.current = keep;
  const may = golden !== null;
  useEffect(() => {
    if (!may) return;
    recorder.setState({ keep: (recorded) => latest.current(recorded) });
    return () => recorder.setState({ keep: null });
  }, [may]);
}

/** Named after what the person says: "JOIN, YES". */
function nameOf({ chat: { lines } }: Recorded): string {
  const said = lines.flatMap((line) => ('says' in line && line.says.trim() !== '' ? [line.says.trim()] : []));
  return said.join(', ').slice(0, LONGEST).trim() || 'A chat from the phone';
}
