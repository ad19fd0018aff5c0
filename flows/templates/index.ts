import abOfferTalks from './ab-offer/conversations.json' with { type: 'json' };
import abOffer from './ab-offer/flow.json' with { type: 'json' };
import appointmentTalks from './appointment/conversations.json' with { type: 'json' };
import appointment from './appointment/flow.json' with { type: 'json' };
import contestTalks from './contest/conversations.json' with { type: 'json' };
import contest from './contest/flow.json' with { type: 'json' };
import doubleOptInTalks from './double-opt-in/conversations.json' with { type: 'json' };
import doubleOptIn from './double-opt-in/flow.json' with { type: 'json' };
import npsSurveyTalks from './nps-survey/conversations.json' with { type: 'json' };
import npsSurvey from './nps-survey/flow.json' with { type: 'json' };
import optInTalks from './opt-in/conversations.json' with { type: 'json' };
import optIn from './opt-in/flow.json' with { type: 'json' };
import supportTicketTalks from './support-ticket/conversations.json' with { type: 'json' };
import supportTicket from './support-ticket/flow.json' with { type: 'json' };
import voucherTalks from './voucher/conversations.json' with { type: 'json' };
import voucher from './voucher/flow.json' with { type: 'json' };
import type { Template } from './template.ts';

/** The flows to start from, in the order they are offered. A new one is its folder and an entry here. */
export const TEMPLATES: readonly Template[] = [
  {
    id: 'double-opt-in',
    title: 'Double opt-in',
    summary: 'People text JOIN and confirm with YES before they are on the list.',
    for: 'Anybody who sends marketing: the proof of consent that holds in every country.',
    definition: doubleOptIn,
    conversations: doubleOptInTalks,
    lists: [{ key: 'news', name: 'News', optIn: 'double' }],
    contests: [],
    vouchers: [],
  },
  {
    id: 'opt-in',
    title: 'Club opt-in',
    summary: 'People text CLUB to join with one text, tell their name, and get a first offer a week later.',
    for: 'Shops and clubs that want a list people join at the counter.',
    definition: optIn,
    conversations: optInTalks,
    lists: [{ key: 'club', name: 'Club', optIn: 'single' }],
    contests: [],
    vouchers: [],
  },
  {
    id: 'contest',
    title: 'Prize draw',
    summary: 'People text WIN, accept the rules, and are entered once.',
    for: 'Brands with a prize and a poster, a pack or a show to print the keyword on.',
    definition: contest,
    conversations: contestTalks,
    lists: [],
    contests: [{ key: 'prize-draw', name: 'Prize draw' }],
    vouchers: [],
  },
  {
    id: 'voucher',
    title: 'Voucher',
    summary: 'People text DEAL and get a code of their own, once; whoever asks again reads the same one.',
    for: 'Shops that want to know at the till which poster, text or test brought somebody in.',
    definition: voucher,
    conversations: voucherTalks,
    lists: [],
    contests: [],
    vouchers: [{ key: 'welcome-deal', name: 'Welcome deal' }],
  },
  {
    id: 'nps-survey',
    title: 'How did we do?',
    summary: 'People text RATE, give a score from 0 to 10, and say why.',
    for: 'Anybody who serves people and wants to know, the same day, how it went.',
    definition: npsSurvey,
    conversations: npsSurveyTalks,
    lists: [],
    contests: [],
    vouchers: [],
  },
  {
    id: 'ab-offer',
    title: 'Offer test',
    summary: 'Half of the people see 50OFF, half 2FOR1; whoever texts the code back has redeemed it.',
    for: 'Marketers who would rather know than guess which offer works.',
    definition: abOffer,
    conversations: abOfferTalks,
    lists: [],
    contests: [],
    vouchers: [],
  },
  {
    id: 'appointment',
    title: 'Appointment reminder',
    summary: 'Asks whether people are coming and reminds them every day, at most twice, until they answer.',
    for: 'Clinics, garages and restaurants: start it for a list, from a program, or with the keyword VISIT.',
    definition: appointment,
    conversations: appointmentTalks,
    lists: [],
    contests: [],
    vouchers: [],
  },
  {
    id: 'support-ticket',
    title: 'Support ticket',
    summary:
      'People text HELPDESK, say what is wrong and how urgent it is, and are asked afterwards whether it is solved.',
    for: 'Teams that help customers: each ticket is told to everybody at once, and promises keep to the opening hours.',
    definition: supportTicket,
    conversations: supportTicketTalks,
    lists: [],
    contests: [],
    vouchers: [],
  },
];
