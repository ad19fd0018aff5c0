import { Injectable } from '@nestjs/common';
import type { Explanation, Message } from '#shared/api/messages.ts';
import { normalise } from '#shared/sms/text.ts';
import { RunsRepository } from '../runs/runs.repository.ts';
import { StepNames } from '../runs/step-names.ts';
import { WorldCache } from '../runtime/world-cache.ts';
import { keywordsMet } from './keywords-met.ts';
import { MessagesRepository } from './messages.repository.ts';
import { readRoute, routeSentence, type StoredRoute } from './route-words.ts';

/** Answers "why did this text do that?" from what was stored when it was decided. */
@Injectable()
export class Explanations {
  constructor(
    private readonly messages: MessagesRepository,
    private readonly runs: RunsRepository,
    private readonly names: StepNames,
    private readonly worlds: WorldCache,
  ) {}

  async explain(
    workspaceId: string,
    message: Message,
    { route: stored, known }: { route: Record<string, unknown> | null; known: boolean },
  ): Promise<Explanation> {
    const route = readRoute(stored);
    const runIds = route?.runIds ?? [];
    const versions = await this.runs.versionsOf(workspaceId, runIds);
    const trails = await this.runs.trailsCausedBy(workspaceId, message.id, runIds);
    return {
      text: message.text,
      normalised: normalise(message.text),
      rule: route ? await this.sentence(route, message, versions) : withoutRoute(message),
      route: stored ?? {},
      keywords: keywordsMet(message, { known, route }, await this.worlds.current(workspaceId)),
      flow: flowOf(route, versions),
      trails: trails.flatMap(({ run_id: runId, steps }) => {
        const flow = versions.get(runId);
        return flow ? [{ runId, flow, steps }] : [];
      }),
      replies: message.contact
        ? await this.messages.repliesTo(workspaceId, message.contact.id, message.id)
        : [],
    };
  }

  private async sentence(route: StoredRoute, message: Message, versions: Versions): Promise<string> {
    const version = 'runId' in route && route.runId !== null ? versions.get(route.runId) : undefined;
    const nameStep = await this.names.of(version ? [version.versionId] : []);
    return routeSentence(route, {
      flow: message.flow?.name ?? version?.name ?? 'a flow that is gone',
      sender: message.sender,
      step: version && 'node' in route ? nameStep(version.versionId, route.node) : 'a question',
    });
  }
}

type Versions = Awaited<ReturnType<RunsRepository['versionsOf']>>;

/** The flow that took the text, in the version that ran. */
function flowOf(route: StoredRoute | null, versions: Versions): Explanation['flow'] {
  if (!route || !('flowId' in route)) return null;
  return [...versions.values()].find(({ id }) => id === route.flowId) ?? null;
}

/** Why one was set aside stands with the text itself. */
function withoutRoute({ status }: Message): string {
  if (status === 'pending') return 'It is stored and waits for its turn to be read.';
  return 'It is stored, but was set aside: nothing has answered it.';
}
