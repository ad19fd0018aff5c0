import { type QueryKey, type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { notifyError } from './notify.tsx';

/** What happens around a change. */
export interface ChangeOptions<Input, Output> {
  /** The lists and things that may look different afterwards. */
  touches: readonly QueryKey[];
  onDone?: (output: Output, input: Input) => void;
  /** What to do with a refusal; left out, it is shown as a notification. */
  onRefused?: (error: Error, input: Input) => void;
}

/** A change on the server: what it touches is asked for anew, and a refusal is always shown. */
export function useChange<Input = void, Output = void>(
  change: (input: Input) => Promise<Output>,
  { touches, onDone, onRefused }: ChangeOptions<Input, Output>,
): UseMutationResult<Output, Error, Input> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (output, input) => {
      onDone?.(output, input);
      await Promise.all(touches.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error, input) => (onRefused ?? notifyError)(error, input),
  });
}
