/** That the words of an inbound text `i` went when its person was erased: nobody texts from no number. */
export const ERASED_INBOUND_SQL = "coalesce(i.text = '' and i.from_address = '', false)";

/** When `c`, the contact of a text of this time, was erased after it; null where that is not known. */
export const erasedAtSql = (at: string): string => `case when c.erased_at >= ${at} then c.erased_at end`;
