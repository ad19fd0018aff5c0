/** The editor of one flow. */
export function EditorPage({ flowId }: { flowId: string }) {
  return <h1>editor {flowId}</h1>;
}
