/** The version of the hash below; stored with every arm, so that a later hash never moves anybody. */
export const HASH_VERSION = 1;

/**
 * Where a contact falls in an experiment: a number in [0, 1), the same for the same salt and phone number everywhere.
 * FNV-1a over the text, then MurmurHash3's finaliser, because FNV alone leaves neighbouring numbers close together.
 */
export function bucket(salt: string, phone: string): number {
  let hash = 0x811c9dc5;
  const text = `${salt}:${phone}`;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The arm a contact is proposed for. Weights are relative; an arm of weight 0 gets nobody new. */
export function chooseArm(
  salt: string,
  phone: string,
  arms: readonly { id: string; weight: number }[],
): string | null {
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0);
  if (total <= 0) return arms[0]?.id ?? null;
  let rest = bucket(salt, phone) * total;
  for (const arm of arms) {
    rest -= arm.weight;
    if (rest < 0) return arm.id;
  }
  return arms.findLast((arm) => arm.weight > 0)?.id ?? null;
}
