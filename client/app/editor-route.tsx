import { useParams } from '@tanstack/react-router';
import { EditorPage } from '../features/editor/editor-page.tsx';
import { Simulator } from '../features/simulator/simulator.tsx';

/** The editor with the phone beside it; the two share the rehearsal in lib/, and know nothing else of each other. */
export function EditorRoute() {
  const { flowId } = useParams({ from: '/shell/flows/$flowId' });
  return <EditorPage key={flowId} flowId={flowId} phone={<Simulator />} />;
}
