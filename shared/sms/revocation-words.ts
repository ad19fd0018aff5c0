import { phraseList as list } from './text.ts';

/** How people of a language say that they want to hear no more without a reserved word. All normalised. */
export interface RevocationWords {
  /** Words that change nothing at either end: "please STOP, thank you". */
  readonly courtesy: readonly string[];
  /** Says it clearly where a text begins so, whatever follows; elsewhere nearly so. */
  readonly requests: readonly string[];
  /** May mean it where a text begins so. */
  readonly hints: readonly string[];
  /** May mean it where they are all of the text. */
  readonly alone: readonly string[];
  /** What STOP may be followed by and still be meant: "stop it now", "stop all texts". */
  readonly objects: readonly string[];
  /** What STOP is followed by where it means something else: "stop by later?". */
  readonly elsewhere: readonly string[];
  /** Words about texting, which make a STOP in the middle more likely to be meant. */
  readonly medium: readonly string[];
  /** Turns the words behind it round: "don't stop". */
  readonly negations: readonly string[];
  /** Somebody else than we: "he won't stop texting me". */
  readonly others: readonly string[];
  /** Words of people who have had enough. */
  readonly anger: readonly string[];
}

// Our own reading of replies to campaigns, to be extended by what people decide in the inbox. `test/shared/revocation-cases.json` says
// what comes of it.
export const REVOCATION_WORDS: Readonly<Record<string, RevocationWords>> = {
  en: {
    courtesy: list(
      `please, pls, plz, thanks, thx, ty, thank, you, hi, hello, hey, ok, okay, now, immediately, kindly, sorry, just, omg, i, guys,
      sir, asap`,
    ),
    requests: list(
      `stop texting, stop messaging, stop sending, stop contacting, stop spamming, stop bothering, stop calling, stop harassing,
      stop the texts, stop the messages, stop these texts, stop these messages, stop your texts, stop your messages, stop sms,
      stop receiving, stop all texts, stop all messages, quit texting, quit messaging, quit sending, do not text, do not message,
      do not contact, do not send, don't text, don't message, don't contact, don't send, dont text, dont message, dont contact,
      dont send, never text me, never contact me, no more texts, no more messages, no more sms, remove me, remove my number,
      remove this number, delete my number, delete me, take me off, take my number off, opt me out, opt out of, unsubscribe me,
      unsubscribe from, want to unsubscribe, want to opt out, like to unsubscribe, like to opt out, leave me alone,
      lose my number, cancel my subscription, end my subscription, cancel these texts, cancel texts, cancel messages,
      withdraw my consent, revoke my consent, no longer want, no longer wish, do not consent, don't consent,
      dont consent, don't want any more texts,
      don't want these texts, don't want your texts, don't want texts, dont want texts, do not want texts, do not want these,
      did not sign up, didn't sign up,
      didnt sign up, never signed up, no mas, no stop, no thanks stop, no thank you stop, yes stop, no please stop, said stop,
      told you to stop, asked you to stop,
      reply stop, send stop, text stop, txt stop, nope stop, stop txting, stop msging, stop ur texts, no more txts, no more msgs,
      no more text, no more message, never text this, never text my, will you stop texting, will you please stop texting, get me off,
      take us off, remove us, lose this number,
      cease and desist, cease texting, take my # off, remove my #, dnt text, dnt msg, dont want ur, don't want ur, do not want ur,
      revoke consent, withdraw consent,
      end messages, end texts, end sms, no longer interested in`,
    ),
    hints: list(
      `opt out, unsubscribe, want to stop, not interested, wrong number, who is this, who are you, spam, want out, make it stop,
      enough, go away, do not want, don't want, dont want, too many texts, too many messages, how do i stop,
      how do i unsubscribe, how do i opt out, how can i stop, how to stop, block me, fuck off, f off, piss off, get lost, wrong person,
      have the wrong number, have the wrong person, got the wrong number, you have the wrong number, you have the wrong person,
      you got the wrong number, you've got the wrong number, this is the wrong number, who dis, this is spam, it's spam,
      reporting this, will report, when will you stop, revoke my, no longer interested, think you have the wrong number,
      think you have the wrong person`,
    ),
    alone: list(
      `remove, delete, block, blocked, reported, no more, cease, desist, not me, shut up, let me out, why won't you stop, why wont you stop,
      why don't you stop, why dont you stop, can you stop, can you please stop, will you stop, would you stop, could you stop, 📵, 🔕, 🖕,
      🙅, 🚷`,
    ),
    objects: list(
      `it, this, that, these, those, all, everything, me, us, your, ur, my, the, to, now, already, forever, today, for, good,
      permanently, immediately, at, once`,
    ),
    elsewhere: list(
      'by, in, over, at, for, off, on, here, there, near, lying, joking, playing, working, work, watch, sign',
    ),
    medium: list(
      `text, texts, texting, txt, txts, message, messages, messaging, msg, msgs, sms, mms, spam, number, subscription, list, alerts,
      notifications, ads, promo, promos, promotions, promotional, marketing`,
    ),
    negations: list("don't, dont, do not, never, can't, cant, cannot, won't, wont, without, not, non"),
    others: list(
      'he, she, they, my, his, her, their, bus, train, when, where, which, what, has, got, have, will, if',
    ),
    anger: list(
      'spam, harassing, harassment, report, lawyer, sue, fuck, fucking, hell, damn, sick, annoying, scam',
    ),
  },
  fr: {
    courtesy: list("s'il, vous, te, plait, svp, stp, merci, bonjour, salut, ok, maintenant, immédiatement"),
    requests: list(
      `arrêtez de m'envoyer, arrêtez de m'écrire, arrêtez de me, arrêtez les sms, arrêtez vos sms, arrêtez les messages,
      arrêtez vos messages, arrêtez ces messages, arrêtez de m'embêter, arrête de m'envoyer, arrête de m'écrire, ne m'envoyez plus,
      ne m'écrivez plus, ne me contactez plus, désabonnez-moi, désabonnez moi, me désabonner, désinscrivez-moi, désinscrivez moi,
      me désinscrire, retirez-moi, retirez moi, enlevez-moi, enlevez moi, supprimez mon numéro, supprimez-moi, effacez mon numéro,
      stop aux sms, stop sms, stop pub, plus de sms, plus de messages, plus de pub, plus recevoir, laissez-moi tranquille,
      laissez moi tranquille, je ne veux plus, je veux plus de sms, je veux plus de messages, je veux plus vos, je veux plus rien,
      retirez mon numéro, enlevez mon numéro,
      effacez-moi, cessez de m'envoyer, cessez de m'écrire, cessez de me, cessez vos, cessez les, cessez ces, me contactez plus,
      m'envoyez plus, m'écrivez plus, n'envoyez plus, arrêtez d'envoyer, arrête d'envoyer, stop aux messages, plus aucun sms,
      plus aucun message, ne souhaite plus recevoir, je me désabonne, je me désinscris`,
    ),
    hints: list(
      `arrêtez, arrêter, arrête, désabonnement, désinscription, supprimez, ne plus, pas intéressé, pas intéressée, mauvais numéro,
      qui êtes-vous, qui êtes vous, c'est qui, ça suffit, assez, comment se désabonner, comment arrêter, résilier, fichez-moi la paix,
      foutez-moi la paix, trompez de numéro, j'en veux plus, erreur de numéro, ne souhaite plus`,
    ),
    alone: list(
      `supprimer, effacer, bloqué, plus rien, stop aux pubs, fini, qui est-ce, je veux plus, vous êtes qui, t'es qui`,
    ),
    objects: list('tout, ça, cela, ceci, les, vos, ces, mes, immédiatement, toute, de, suite, au, aux, à'),
    elsewhere: list('à, au, chez, devant, ici, dans, sur'),
    medium: list(
      'sms, message, messages, texto, textos, pub, publicité, publicités, spam, numéro, liste, abonnement',
    ),
    negations: list("ne pas, n'arrêtez pas, sans, jamais"),
    others: list('il, elle, ils, elles, mon, ma, bus, train, quand, où, tram'),
    anger: list('spam, harcèlement, marre, plainte, avocat, ras-le-bol, arnaque'),
  },
  de: {
    courtesy: list('bitte, danke, hallo, ok, jetzt, sofort, hi, guten, tag, vielen, dank'),
    requests: list(
      `melden sie mich ab, meldet mich ab, abmeldung, mich abmelden, keine sms mehr, keine nachrichten mehr, keine werbung mehr,
      schicken sie mir keine, schickt mir keine, senden sie mir keine, schreiben sie mir nicht mehr, schreibt mir nicht mehr,
      hören sie auf mir, hört auf mir, hör auf mir, löschen sie meine nummer, löscht meine nummer, meine nummer löschen,
      meine nummer aus, nehmen sie mich, nehmt mich aus, tragen sie mich aus, streichen sie mich, lassen sie mich in ruhe,
      lasst mich in ruhe, kontaktieren sie mich nicht, ich widerrufe, einwilligung widerrufen, stopp sms, stop sms,
      möchte keine sms, will keine sms, möchte keine nachrichten, will keine nachrichten, will keine werbung, möchte keine werbung,
      schluss mit den sms, schluss mit sms, schluss mit den nachrichten, schluss mit der werbung, hören sie auf mit den nachrichten,
      hören sie auf mit den sms, hört auf mit den nachrichten, hört auf mit den sms, hör auf mit den nachrichten,
      aus dem verteiler, nichts mehr schicken, nichts mehr senden, schicken sie mir nichts mehr, schickt mir nichts mehr,
      keine weiteren nachrichten, keine weiteren sms, nicht mehr anschreiben`,
    ),
    hints: list(
      `abbestellen, austragen, keine werbung, hören sie auf, hört auf, hör auf, löschen, nicht mehr, kein interesse, falsche nummer,
      wer ist da, wer sind sie, wer bist du, es reicht, widerruf, kündigen, wie kann ich mich abmelden, keine sms, wer schreibt,
      kein bedarf, falsche person`,
    ),
    alone: list('aufhören, lass mich, lasst mich, stop das, gesperrt, schluss'),
    objects: list('das, alles, damit, diese, die, endlich, mit'),
    elsewhere: list('am, an, bei, hier, dort, vor, in'),
    medium: list('sms, nachricht, nachrichten, werbung, spam, nummer, liste, abo, texte'),
    negations: list('nicht, niemals, ohne, nie'),
    others: list('er, sie, es, mein, meine, bus, zug, wann, wo, ampel'),
    anger: list('spam, belästigung, anwalt, anzeige, nervt, schluss, betrug'),
  },
  es: {
    courtesy: list('por, favor, gracias, hola, ok, ya, buenos, días, inmediatamente'),
    requests: list(
      `no me envíen más, no me envíes más, no me escriban más, no me escribas más, no me manden más, no me mandes más, no más mensajes,
      no más sms, no más textos, dejen de enviar, dejen de mandar, dejen de escribir, deja de enviar, deja de mandar, deja de escribir,
      dejen de enviarme, dejen de mandarme, dejen de escribirme, deja de enviarme, deja de mandarme, deja de escribirme,
      dejen de molestar, paren de enviar, paren de mandar, bórrenme, bórrame, borren mi número, borra mi número, elimínenme,
      eliminen mi número, quítenme de, sáquenme de, denme de baja, dame de baja, darme de baja, quiero la baja,
      cancelar suscripción, cancelar mi suscripción, déjenme en paz, déjame en paz, no quiero más mensajes,
      no quiero recibir, no quiero mensajes, no quiero más, no quiero sms, no me mandéis más, no me enviéis más,
      no me escribáis más, no mandéis más, no enviéis más, dejad de enviar, dejad de mandar, dejad de escribir, dejad de enviarme,
      dejad de mandarme, dejad de escribirme, dejad de molestar, dadme de baja, borradme, quitadme de, sacadme de, eliminadme,
      no me molesten más, no me molestes más, no me molestéis más, basta de mensajes, basta ya de mensajes, basta de sms,
      no enviar más, no mandar más, no escribir más, parad de enviar, parad de mandar, dejadme en paz, anular suscripción,
      anular mi suscripción`,
    ),
    hints: list(
      `dejen de, deja de, no me envíen, no me manden, dar de baja, no quiero, no me interesa, número equivocado, quién es, quién eres,
      basta, paren, para ya, cómo me doy de baja, dejar de recibir`,
    ),
    alone: list(
      `para, pare, detener, detengan, quitar, quítame, ya no, bloqueado, eliminadme ya, parad, dejad de escribir`,
    ),
    objects: list('esto, eso, todo, los, sus, estos, de, una, vez'),
    elsewhere: list('en, a, aquí, allí'),
    medium: list('mensaje, mensajes, sms, texto, textos, publicidad, spam, número, lista, suscripción'),
    negations: list('no pares, sin, nunca'),
    others: list('él, ella, ellos, mi, su, bus, tren, cuando, donde'),
    anger: list('spam, acoso, denuncia, abogado, harto, harta, estafa'),
  },
  pt: {
    courtesy: list(
      `por, favor, pfv, pf, obrigado, obrigada, olá, oi, ok, já, agora, bom, boa, dia, tarde, noite, imediatamente`,
    ),
    requests: list(
      `não me envie mais, não me enviem mais, não me envia mais, não me mande mais, não me mandem mais, não me manda mais,
      não envie mais, não enviem mais, não mande mais, não mandem mais, não me escreva mais, não me escrevam mais,
      não me contacte mais, não me contate mais, não me contactem, não me contatem, não quero mais receber, não quero receber,
      não quero mais mensagens, não quero mensagens, não quero mais sms, não quero sms, não desejo receber, não desejo mais receber,
      deixe de enviar, deixem de enviar, deixe de mandar, deixem de mandar, deixe de me enviar, deixem de me enviar,
      deixe de me mandar, deixem de me mandar, pare de enviar, parem de enviar, pare de mandar, parem de mandar, para de mandar,
      para de enviar, pare de me, parem de me, para de me, parar de receber, parar de enviar, cancelar inscrição,
      cancelar a inscrição, cancelar minha inscrição, cancelar a minha inscrição, cancelar assinatura, cancelar minha assinatura,
      cancelar subscrição, cancelar a subscrição, me descadastre, me descadastra, me descadastrem, descadastrar, descadastre,
      me desinscreva, desinscrever, me tire da, me tira da, me tirem da, me tire dessa, me tira dessa, me tirem dessa, tire-me da,
      retire-me, retirem-me, me retire, me retirem,
      tirem-me da, me remova, me removam, remova-me, removam-me, remova meu número, remova o meu número, removam meu número,
      removam o meu número, retire meu número, retire o meu número, retirem meu número, retirem o meu número, apague meu número,
      apague o meu número, apaguem meu número, apaguem o meu número, exclua meu número, excluam meu número, me exclua, me excluam,
      me deixe em paz, me deixa em paz, me deixem em paz, deixem-me em paz, deixe-me em paz, deixa-me em paz, chega de mensagens,
      chega de mensagem, chega de sms, sem mais mensagens, sair da lista, sair dessa lista, sair desta lista, retiro meu consentimento,
      retiro o meu consentimento, revogo meu consentimento, revogo o meu consentimento`,
    ),
    hints: list(
      `pare de, parem de, para de, deixe de, deixem de, não quero mais, não desejo mais, não tenho interesse, sem interesse,
      não estou interessado, não estou interessada, não me interessa, número errado, pessoa errada, foi engano, já chega, basta,
      como faço para sair, como faço para cancelar, como cancelo, quero sair`,
    ),
    alone: list(
      `pare, parem, para, chega, remover, remova, apagar, excluir, bloqueado, bloqueada, não mais, nunca mais, não quero, quem é,
      quem é você, quem fala, quem és, é engano`,
    ),
    objects: list('isso, isto, tudo, todas, todos, os, as, seus, suas, essas, esses, de, uma, vez, com'),
    elsewhere: list('em, no, na, às, aqui, ali'),
    medium: list(
      `mensagem, mensagens, sms, texto, textos, torpedo, publicidade, propaganda, propagandas, promoções, spam, número, lista,
      inscrição, cadastro`,
    ),
    negations: list('sem, nunca'),
    others: list('ele, ela, eles, elas, meu, minha, ônibus, autocarro, trem, quando, onde'),
    anger: list('spam, assédio, denúncia, denunciar, procon, anatel, advogado, saco, golpe'),
  },
};

/** Stop words that are ordinary words too: "cancel it" may be about an order. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  'cancel end quit ende cancelar salir parar alto sair uit basta'.split(' '),
);

/** Signs that say STOP without a word. */
export const STOP_SIGNS: ReadonlySet<string> = new Set(['🛑', '⛔', '🚫', '✋']);

/** Slips of the thumb on STOP, and short forms of it, that are no words themselves; SHOP, STEP and STOOP are, and are never taken for it. */
export const STOP_SLIPS: ReadonlySet<string> = new Set(
  'sotp stpo tsop stopp sstop sttop stpp syop stp dtop stlp st0p 5top stpop stoip stopo stopl srop stahp stoped stopit unsub unsubs стоп stoptxt stoptext stopsms stopall stop2end'.split(
    ' ',
  ),
);
