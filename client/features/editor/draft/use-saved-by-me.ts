import { useLocalStorage } from '@mantine/hooks';
import type { Flow } from '#shared/api/flows.ts';
import type { DraftKeeper } from './draft-keeper.ts';
import { savedKeyOf } from './local-draft.ts';

/** Whether what is newer than this window's draft was saved in another window of the same browser. */
export function useSavedByMe({ id, revision }: Flow, keeper: DraftKeeper): boolean {
  const [saved] = useLocalStorage({ key: savedKeyOf(id), defaultValue: 0 });
  return saved >= Math.max(revision, keeper.revision + 1);
}
