// Loaded before the server: lets whoever started it move the clock of this one process, as a machine's clock is moved.
let ahead = 0;
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + ahead] : parts));
  }
  static now() {
    return RealDate.now() + ahead;
  }
};

process.on('message', (said) => {
  ahead = said.ahead;
});
