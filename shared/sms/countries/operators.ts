import type { Country } from '../calling-codes.ts';

/** A mobile operator that limits what it takes of one sender or brand. Data, so that a merger is a change of data. */
export interface Operator {
  /** Stable, for settings: the country and a name. */
  readonly id: string;
  readonly name: string;
  readonly country: Country;
  /** Mobile country code and network code, as delivery reports name the network [ITU-T E.212]. */
  readonly networks: readonly string[];
  /** The zone in which its day ends; null: it says none, so the workspace's counts. */
  readonly zone: string | null;
}

const operator = (
  id: string,
  name: string,
  networks: readonly string[],
  zone: string | null = null,
): Operator => ({ id, name, country: id.slice(0, 2).toUpperCase(), networks, zone });

/**
 * Operators by country. The codes are from memory [ITU-T E.212 assignments, as of 2026-11-22, recalled]: a network that is missing
 * is limited by its country alone. T-Mobile counts a brand's texts until midnight Pacific [recalled].
 */
export const OPERATORS: readonly Operator[] = [
  operator(
    'us-t-mobile',
    'T-Mobile US',
    [
      '310160',
      '310200',
      '310210',
      '310240',
      '310250',
      '310260',
      '310310',
      '310660',
      '310800',
      '310120',
    ].concat(['311490', '312530']),
    'America/Los_Angeles',
  ),
  operator('us-att', 'AT&T', [
    '310070',
    '310150',
    '310170',
    '310280',
    '310380',
    '310410',
    '310560',
    '311180',
  ]),
  operator('us-verizon', 'Verizon', ['310004', '310012', '310890', '311480', '311481', '311482', '311489']),
  operator('ca-bell', 'Bell', ['302610', '302640']),
  operator('ca-rogers', 'Rogers', ['302720']),
  operator('ca-telus', 'Telus', ['302220', '302221']),
  operator('gb-ee', 'EE', ['23430', '23433', '23434']),
  operator('gb-o2', 'O2 UK', ['23402', '23410', '23411']),
  operator('gb-three', 'Three UK', ['23420']),
  operator('gb-vodafone', 'Vodafone UK', ['23415']),
  operator('fr-bouygues', 'Bouygues Telecom', ['20820', '20821']),
  operator('fr-free', 'Free Mobile', ['20815', '20816']),
  operator('fr-orange', 'Orange France', ['20801', '20802']),
  operator('fr-sfr', 'SFR', ['20809', '20810', '20811', '20813']),
  operator('de-o2', 'O2 Germany', ['26203', '26207']),
  operator('de-telekom', 'Telekom Deutschland', ['26201', '26206']),
  operator('de-vodafone', 'Vodafone Germany', ['26202', '26204']),
];

const byId: ReadonlyMap<string, Operator> = new Map(OPERATORS.map((one) => [one.id, one]));
const byNetwork: ReadonlyMap<string, Operator> = new Map(
  OPERATORS.flatMap((one) => one.networks.map((network) => [network, one] as const)),
);

/** The operator with this id, where it is one we know. */
export const operatorWithId = (id: string): Operator | null => byId.get(id) ?? null;

/** Whose network it is, by its codes in digits. */
export const operatorOf = (network: string): Operator | null => byNetwork.get(network) ?? null;
