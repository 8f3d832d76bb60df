/** A server to be reached, as the settings name it. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

const split = (text: string, defaultPort: number): Address => {
  const [, host = text, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text) ?? [];
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? defaultPort : Number(port) };
};

export const brokerAddresses = (brokers: readonly string[]): Address[] =>
  brokers.map((broker) => split(broker, 9_092));

/** Empty for `mongodb+srv`, whose hosts only the name service knows. */
export function mongoAddresses(url: string): Address[] {
  const [, hosts = ''] = /^mongodb:\/\/(?:[^/]*@)?([^/?]+)/.exec(url) ?? [];
  return hosts === '' ? [] : hosts.split(',').map((host) => split(host, 27_017));
}

export function smtpAddress(url: string): Address {
  const { protocol, hostname, port } = new URL(url);
  return { host: hostname, port: port === '' ? (protocol === 'smtps:' ? 465 : 587) : Number(port) };
}
