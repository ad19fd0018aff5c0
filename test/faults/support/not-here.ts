/** Thrown by what cannot be tried on this machine; the message says why. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}
