export function needsBuild(part: 'server' | 'client'): boolean;
export function build(part: 'server' | 'client', options?: { always?: boolean }): Promise<void>;
