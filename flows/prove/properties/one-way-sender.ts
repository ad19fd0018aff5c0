import { error } from '../../definition/issue.ts';
import { isOneWay } from '../world.ts';
import type { Property } from './property.ts';

/** A question stands on a sender that can be answered. */
export const oneWaySender: Property = {
  id: 'one-way-sender',
  promise: 'Whoever is asked can answer.',
  severity: 'error',
  owns: [],
  check({ ground }) {
    const { senders } = ground.world;
    const { triggers } = ground.parsed.definition;
    const listening = senders.filter(({ address }) =>
      triggers.some(({ sender }) => sender === '*' || sender === address),
    );
    const named = triggers.map(({ sender }) => sender);
    const mute = listening.every(isOneWay)
      ? listening
      : listening.filter((sender) => isOneWay(sender) && named.includes(sender.address));
    const [sender] = mute;
    if (!sender) return [];
    return [...ground.parsed.nodes.values()]
      .filter(({ id, classify }) => classify && ground.drawing.reachable.has(id))
      .map(({ id }) =>
        error(
          'sender.one-way',
          `${ground.drawing.name(id)} asks something, and nobody can answer ${sender.address}: a name receives no texts. Choose a number to send from.`,
          { node: id },
        ),
      );
  },
};
