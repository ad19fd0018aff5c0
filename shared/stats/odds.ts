/**
 * A p-value as odds that people can picture: "1 time in 200". Rounded down to two figures, so that a result never sounds surer than it
 * is, and everywhere the same.
 */
export function oddsWords(p: number): string {
  if (p < 1e-6) return 'less than 1 time in a million';
  // A hair more, because 1 / 0.005 may come out just below 200.
  const times = (1 / p) * (1 + 1e-9);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(times)) - 1);
  const whole = String(Math.floor(times / unit) * unit);
  return `1 time in ${whole.replace(/\B(?=(\d{3})+$)/g, ',')}`;
}
