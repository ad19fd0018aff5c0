/**
 * The hook by which accounts tell a newcomer the way in. A module that provides it is asked once the server listens,
 * and again by `npm run textloom -- sign-in`; without one nothing is said.
 */
export abstract class SignInLinks {
  /**
   * A fresh address, good for one use, that signs in the owner: `${base}/sign-in/…`. Undefined when there is nobody
   * it could sign in. `base` has no trailing slash.
   */
  abstract ownerLink(base: string): Promise<string | undefined>;
}
