/** A phone number as logs may show it: the country's and the last two digits stay (`+15550100123` → `+1•••23`). */
export function maskNumber(number: string): string {
  const digits = number.replace(/\D/g, '');
  if (digits.length < 7) return number;
  return `${number.startsWith('+') ? '+' : ''}${digits.slice(0, digits.length > 10 ? digits.length - 10 : 1)}•••${digits.slice(-2)}`;
}

/** The words of a message as logs may show them: how long they are, never what they say. */
export function maskText(text: string): string {
  return `[${text.length} characters]`;
}
