import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';

/**
 * When the next connection that commits is cut: before PostgreSQL reads COMMIT, once that is read, or once it is done, with the answer
 * on its way.
 */
export type Cut = 'before' | 'while' | 'after';

/** The wire between a node and PostgreSQL, which can be cut where a transaction ends. */
export class CutWire {
  /** How many connections were refused while it was down. */
  refused = 0;
  private isDown = false;
  private isGone = false;
  private cut: Cut | null = null;
  private said = '';
  private readonly sockets = new Set<Socket>();
  private readonly mutes: ((name: string) => void)[] = [];
  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {}

  static async open(target: string): Promise<CutWire> {
    const server = createServer();
    const wire = new CutWire(server, target);
    server.on('connection', (node) => wire.join(node));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return wire;
  }

  get url(): string {
    const url = new URL(this.target);
    const { port } = this.server.address() as AddressInfo;
    url.searchParams.delete('host');
    url.host = `127.0.0.1:${port}`;
    return url.href;
  }

  /** The next COMMIT is the last thing that is heard of its connection; `said`: of one that has said this in its transaction. */
  cutCommit(cut: Cut, said = ''): void {
    this.cut = cut;
    this.said = said;
  }

  /** The far machine is gone without a word for connections that have told this of themselves; new ones reach it. */
  mute(name: string): void {
    for (const mute of this.mutes) mute(name);
  }

  /** The far machine is gone without a word: for those that are connected for ever, for others until it is back. */
  setGone(isGone: boolean): void {
    this.isGone = isGone;
    if (isGone) this.mute('');
  }

  /** From now on, nothing comes through, or all does again. */
  setDown(isDown: boolean): void {
    this.isDown = isDown;
    if (isDown) for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(node: Socket): void {
    if (this.isDown) {
      this.refused++;
      node.destroy();
      return;
    }
    const database = this.dial();
    let cut: Cut | null = null;
    let hasSaid = false;
    let first: Buffer | null = null;
    let isMute = this.isGone;
    this.mutes.push((name) => (isMute ||= first?.includes(name) ?? name === ''));
    for (const socket of [node, database]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
    }
    node.on('data', (said: Buffer) => {
      first ??= said;
      if (isMute) return;
      hasSaid ||= this.cut !== null && said.includes(this.said);
      if (this.cut && hasSaid && said.includes('commit\0')) {
        cut = this.cut;
        this.cut = null;
      }
      if (cut !== 'before') database.write(said);
      if (cut === 'before' || cut === 'while') node.destroy();
    });
    database.on('data', (said: Buffer) => {
      if (isMute) return;
      if (cut === null) node.write(said);
      else if (said.includes('COMMIT\0')) node.destroy();
    });
    node.on('close', () => {
      if (cut !== 'while') database.end();
    });
    database.on('close', () => node.destroy());
  }

  private dial(): Socket {
    const { hostname, port, searchParams } = new URL(this.target);
    const number = Number(port || 5432);
    const host = searchParams.get('host') ?? hostname;
    return host.startsWith('/')
      ? createConnection(`${host}/.s.PGSQL.${number}`)
      : createConnection(number, host);
  }
}
