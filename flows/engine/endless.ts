/** Thrown where a drawing goes on and on within one event. Its sentence is for people; any other fault of the engine's is not. */
export class Endless extends Error {
  override readonly name = 'Endless';
}
