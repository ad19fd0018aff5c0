// Chooses light or dark before the first paint, so that nothing flashes. The app takes over when it has loaded.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('textloom-color-scheme');
  } catch {
    // Storage may be closed to us; then the system decides.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
