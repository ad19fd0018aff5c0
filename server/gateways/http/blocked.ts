/** What gateways call it that their own list says the person has stopped: Twilio's, Telnyx's, and in a word. */
const BLOCKED: ReadonlySet<string> = new Set(['21610', '40300', 'blocked', 'opted-out', 'unsubscribed']);

/** Whether a far end's code, of a refused send or of a delivery report, says that the person has stopped this sender. */
export const meansBlocked = (code: string | number): boolean => BLOCKED.has(String(code).toLowerCase());
