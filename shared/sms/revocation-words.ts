import { phraseList as list } from './text.ts';

/** How people of a language say that they want to hear no more without a reserved word. All normalised. */
export interface RevocationWords {
  /** Words that change nothing at either end: "please STOP, thank you". */
  readonly courtesy: readonly string[];
  /** Words that people put between those of a phrase and that change nothing there: "don't ever text me". */
  readonly fillers: readonly string[];
  /** Says it clearly where a text begins so, whatever follows; elsewhere nearly so. */
  readonly requests: readonly string[];
  /** May mean it where a text begins so. */
  readonly hints: readonly string[];
  /** Says it clearly where it is all of the text; elsewhere it may be about anything: “Abmeldung vom Kurs”. */
  readonly whole: readonly string[];
  /** May mean it where they are all of the text. */
  readonly alone: readonly string[];
  /** What STOP may be followed by and still be meant: "stop it now", "stop all texts". */
  readonly objects: readonly string[];
  /** What STOP is followed by where it means something else: "stop by later?". */
  readonly elsewhere: readonly string[];
  /** What a request is followed by where it is for some hours or days only: "don't text me before noon". Of "before I sue" it is not. */
  readonly limits: readonly string[];
  /** What stands behind that, or a number does. */
  readonly times: readonly string[];
  /** What stands right before STOP where it is a place or a thing: "the next stop". */
  readonly things: readonly string[];
  /** Words about texting, which make a STOP in the middle more likely to be meant. */
  readonly medium: readonly string[];
  /** Turns the words behind it round: "don't stop". */
  readonly negations: readonly string[];
  /** Somebody else than we: "he won't stop texting me". */
  readonly others: readonly string[];
  /** Words of people who have had enough. */
  readonly anger: readonly string[];
}

/** Every way to say something of which each part has several words. */
const each = (...parts: readonly string[]): string[] =>
  parts
    .map(list)
    .reduce((said, words) => said.flatMap((before) => words.map((word) => `${before} ${word}`.trim())), ['']);

/** German as it is written where the keyboard has no umlauts too: "loeschen". */
const german = (written: string): string[] => [
  ...list(written),
  ...list(written.replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue')),
];

const TEXTS =
  'texts, messages, msgs, txts, sms, text, message, emails, notifications, alerts, ads, promos, offers, spam';

// Our own reading of replies to campaigns, to be extended by what people decide in the inbox. `test/shared/revocation-cases.json` says
// what comes of it.
export const REVOCATION_WORDS: Readonly<Record<string, RevocationWords>> = {
  en: {
    courtesy: list(
      `please, pls, plz, thanks, thx, ty, thank, you, hi, hello, hey, ok, okay, now, immediately, kindly, sorry, just, omg, i, guys,
      sir, asap, i'm, im`,
    ),
    fillers: list('ever, please, pls, plz, kindly, again, fucking, fuckin, freaking, damn, goddamn, bloody'),
    requests: [
      ...list(
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
      end messages, end texts, end sms, no longer interested in, opting out, unsubscribe my number, unsubscribe this number,
      stop send, stop message, stop contact, stop emailing, quit contacting, quit spamming, quit bothering, quit harassing,
      do not call list, do not call registry, dnc list, do not call or text, don't call or text, dont call or text,
      remove from your list, remove from this list, remove from the list, delete this number, take my name off, take this number off,
      get my number off, get this number off, want these to stop, need these to stop, violates the tcpa, violating the tcpa,
      tcpa violation, no further contact, no further communication, no more contact, no more communication,
      don't want to hear from, dont want to hear from, do not want to hear from, wanna opt out, wanna unsubscribe, stop writing`,
      ),
      ...each('want, need, like, ask, asking, tell, telling, begging', 'you to stop'),
      ...each('want, wanna, wish, like, need, choose, chose, asked, decided', 'to', 'opt out, unsubscribe'),
      ...each("do not, don't, dont, never", 'write to, write me again, write me anymore'),
      ...each('texts, messages', 'to stop, need to stop, have to stop, must stop, should stop'),
      ...each("do not want, don't want, dont want, no more, no further, end, cancel", TEXTS),
      ...each(
        "do not want, don't want, dont want",
        'any, any more, anymore, your, ur, these, the, more',
        TEXTS,
      ),
      ...each("do not want, don't want, dont want", 'to receive, you to text, you texting'),
      ...each('end, cancel, quit, discontinue', 'the, these, all, your, all the, all these', TEXTS),
      ...each('discontinue, discontinue sending, cease, cease sending', TEXTS),
      ...each(
        "do not want, don't want, dont want",
        'to get',
        `these anymore, these any more, any of these, anymore, any more, ${TEXTS}`,
      ),
      ...each(
        'want, get me, take us',
        'off this list, off your list, off the list, out of this list, off this thread',
      ),
    ],
    hints: list(
      `opt out, unsubscribe, want to stop, not interested, wrong number, who is this, who are you, spam, want out, make it stop,
      enough, go away, do not want, don't want, dont want, too many texts, too many messages, how do i stop,
      how do i unsubscribe, how do i opt out, how can i stop, how to stop, block me, fuck off, f off, piss off, get lost, wrong person,
      have the wrong number, have the wrong person, got the wrong number, you have the wrong number, you have the wrong person,
      you got the wrong number, you've got the wrong number, this is the wrong number, who dis, this is spam, it's spam,
      reporting this, will report, when will you stop, revoke my, no longer interested, think you have the wrong number,
      think you have the wrong person, u have the wrong number, wrong #, new phone who, do not call, don't call, dont call, never call,
      blocking this, who's this, whos this, harassment, this is harassment, reporting you, reported as spam, do not write, don't write,
      dont write, never write`,
    ),
    whole: list('discontinue, no texts, no messages, no sms, no marketing'),
    alone: list(
      `remove, delete, block, blocked, reported, no more, cease, desist, not me, shut up, let me out, why won't you stop, why wont you stop,
      why don't you stop, why dont you stop, can you stop, can you please stop, will you stop, would you stop, could you stop, want it to stop, need it to stop,
      want this to stop, need this to stop, need to stop, this needs to stop, this has to stop, this must stop, blocking, stops, stopping, 📵, 🔕, 🖕,
      🙅, 🚷`,
    ),
    objects: list(
      `it, this, that, these, those, all, everything, me, us, your, ur, my, the, to, now, already, forever, today, for, good,
      permanently, immediately, at, once, of, with, from, you, them, any, more, further, future, right, away, asap`,
    ),
    elsewhere: list(
      'by, in, over, at, for, of, off, on, here, there, near, lying, joking, playing, working, work, watch, sign, smoking, drinking, vaping',
    ),
    limits: list('before, until, till, after, during'),
    times: list(
      'noon, midnight, lunch, breakfast, dinner, work, working, business, school, tomorrow, next, monday, tuesday, wednesday, thursday, friday, saturday, sunday',
    ),
    things: list(
      'the, a, bus, tram, tube, train, next, first, last, final, every, which, your, pit, rest, full, truck, coach',
    ),
    medium: list(
      `text, texts, texting, txt, txts, message, messages, messaging, msg, msgs, sms, mms, spam, number, subscription, list, alerts,
      notifications, ads, promo, promos, promotions, promotional, marketing, communication, communications, contact,
      correspondence, email, emails, calls, offers, updates, reminders, newsletter, newsletters, junk`,
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
    courtesy: list(
      "s'il, vous, te, plait, svp, stp, merci, bonjour, salut, ok, maintenant, immédiatement, veuillez, de",
    ),
    fillers: list(
      "s'il, vous, te, plaît, svp, stp, merci, donc, surtout, vraiment, jamais, immédiatement, définitivement",
    ),
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
      plus aucun message, ne souhaite plus recevoir, je me désabonne, je me désinscris, ne plus m'envoyer, ne plus me contacter, ne plus m'écrire,
      ne plus me solliciter, ne plus me déranger, ne plus m'importuner, ne m'importunez plus, ne me dérangez plus, ne me sollicitez plus,
      ne désire plus recevoir, arrêter de m'envoyer, arrêter de m'écrire, arrêter de me, arrêter les sms, arrêter vos sms, arrêter les messages,
      arrêter vos messages, arrêter ces messages, d'arrêter de m'envoyer, d'arrêter de m'écrire, d'arrêter de me, d'arrêter les sms, d'arrêter vos sms,
      d'arrêter les messages, d'arrêter vos messages, d'arrêter ces messages, d'arrêter l'envoi, cesser de m'envoyer, cesser de me,
      rayez-moi, rayez moi, ôtez-moi, enlève-moi, retire mon numéro, supprime mon numéro, arrête tes sms, fous-moi la paix`,
    ),
    hints: list(
      `d'arrêter, de cesser, cessez, arrêtez, arrêter, arrête, désabonnement, désinscription, supprimez, ne plus, pas intéressé, pas intéressée, mauvais numéro,
      qui êtes-vous, qui êtes vous, c'est qui, ça suffit, assez, comment se désabonner, comment arrêter, résilier, fichez-moi la paix,
      foutez-moi la paix, trompez de numéro, j'en veux plus, erreur de numéro, ne souhaite plus`,
    ),
    whole: list(
      `désinscription, désabonnement, désinscrire, désabonner, désabonne, désinscris, arrêtez ça, arrêtez tout, fichez-moi la paix,
      foutez-moi la paix, pas de sms, pas de messages, pas de pub`,
    ),
    alone: list(
      `supprimer, effacer, bloqué, plus rien, stop aux pubs, fini, qui est-ce, je veux plus, vous êtes qui, t'es qui`,
    ),
    objects: list('tout, ça, cela, ceci, les, vos, ces, mes, immédiatement, toute, de, suite, au, aux, à'),
    elsewhere: list('à, au, chez, devant, ici, dans, sur'),
    limits: list('avant, jusqu, pendant, après'),
    times: list('midi, minuit, demain, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche'),
    things: list('le, un, au, prochain, dernier, premier, quel, cet, panneau'),
    medium: list(
      'sms, message, messages, texto, textos, pub, publicité, publicités, spam, numéro, liste, abonnement',
    ),
    negations: list("ne pas, n'arrêtez pas, sans, jamais"),
    others: list('il, elle, ils, elles, mon, ma, bus, train, quand, où, tram'),
    anger: list('spam, harcèlement, marre, plainte, avocat, ras-le-bol, arnaque'),
  },
  de: {
    courtesy: german('bitte, danke, hallo, ok, jetzt, sofort, hi, guten, tag, vielen, dank'),
    fillers: german(
      'bitte, umgehend, unverzüglich, sofort, ab, endlich, doch, jetzt, hiermit, mal, einfach, auch, dringend, künftig',
    ),
    requests: [
      ...german(
        `melden sie mich ab, meldet mich ab, melde ich mich ab, abmeldung vom newsletter, abmeldung newsletter, abmeldung von den,
      abmeldung sms, mich abmelden, keine sms mehr, keine nachrichten mehr, keine werbung mehr,
      schreiben sie mir nicht mehr, schreibt mir nicht mehr,
      hören sie auf mir, hört auf mir, hör auf mir, löschen sie meine nummer, löscht meine nummer, meine nummer löschen,
      meine nummer aus, nehmen sie mich, nehmt mich aus, tragen sie mich aus, streichen sie mich, lassen sie mich in ruhe,
      lasst mich in ruhe, kontaktieren sie mich nicht, ich widerrufe, einwilligung widerrufen, stopp sms, stop sms,
      möchte keine sms, will keine sms, möchte keine nachrichten, will keine nachrichten, will keine werbung, möchte keine werbung,
      schluss mit den sms, schluss mit sms, schluss mit den nachrichten, schluss mit der werbung, hören sie auf mit den nachrichten,
      hören sie auf mit den sms, hört auf mit den nachrichten, hört auf mit den sms, hör auf mit den nachrichten,
      aus dem verteiler, nichts mehr schicken, nichts mehr senden, schicken sie mir nichts mehr, schickt mir nichts mehr,
      keine weiteren nachrichten, keine weiteren sms, nicht mehr anschreiben, schreib mir nicht mehr,
      schreiben sie mir nie wieder, schreibt mir nie wieder, schreib mir nie wieder,
      nicht mehr kontaktieren, nicht mehr schreiben, nicht mehr kontaktiert werden, kontaktiert mich nicht,
      belästigen sie mich nicht, belästigt mich nicht, hören sie auf mich, hört auf mich, löschen sie mich, löscht mich, lösche meine nummer,
      lösch meine nummer, mich austragen, mich austragt, tragt mich aus, trag mich aus, nimm mich aus, lass mich in ruhe,
      will nichts mehr von, möchte nichts mehr von, möchte keine weiteren, will keine weiteren, werbung stoppen, sms stoppen,
      nachrichten stoppen, stoppen sie die, stoppt die, widerrufe meine`,
      ),
      ...each('will das, möchte das, will die, möchte die', 'nicht mehr', 'bekommen, erhalten, kriegen'),
      ...each(
        'schicken sie mir, schickt mir, schick mir, senden sie mir, sendet mir, schicken sie, schickt, senden sie',
        'keine, keine weiteren',
        'sms, nachricht, nachrichten, werbung, texte, angebote',
      ),
    ],
    hints: german(
      `abmeldung, abbestellen, austragen, keine werbung, hören sie auf, hört auf, hör auf, löschen, nicht mehr, kein interesse, falsche nummer,
      wer ist da, wer sind sie, wer bist du, es reicht, widerruf, kündigen, wie kann ich mich abmelden, keine sms, wer schreibt,
      kein bedarf, falsche person`,
    ),
    whole: german(
      'abmeldung, abbestellen, austragen, keine sms, keine nachrichten, widerruf, hör auf damit, hört auf damit',
    ),
    alone: german('melde mich ab, aufhören, lass mich, lasst mich, stop das, gesperrt, schluss'),
    objects: list('das, alles, damit, diese, die, endlich, mit'),
    elsewhere: list('am, an, bei, hier, dort, vor, in'),
    limits: list('vor, bis, nach'),
    times: list(
      'mittag, mitternacht, feierabend, morgen, nächste, nächster, montag, dienstag, mittwoch, donnerstag, freitag, samstag, sonntag',
    ),
    things: list('der, den, am, ein, einen, kein, nächster, nächsten, letzter, letzten, erster, ersten'),
    medium: list('sms, nachricht, nachrichten, werbung, spam, nummer, liste, abo, texte'),
    negations: list('nicht, niemals, ohne, nie'),
    others: list('er, sie, es, mein, meine, bus, zug, wann, wo, ampel'),
    anger: german('spam, belästigung, anwalt, anzeige, nervt, schluss, betrug'),
  },
  es: {
    courtesy: list('por, favor, gracias, hola, ok, ya, buenos, días, inmediatamente'),
    fillers: list('por, favor, porfavor, porfa, ya, nunca, jamás'),
    requests: [
      ...list(
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
      anular mi suscripción, no me envíe más, no me mande más, no me escriba más, no me moleste más, no me contacten, no me contacte,
      no me contactes, no me contactéis, 
      no deseo recibir, ya no deseo, no sigan enviando, no sigan mandando,
      no vuelvan a escribirme, no vuelvan a escribir, no vuelvan a mandar, no vuelvan a enviar, no vuelvan a contactarme,
      no me vuelvan a escribir, no me vuelvan a mandar, no me vuelvan a enviar, no me vuelvan a contactar, sáqueme de, quíteme de,
      elimíneme, elimíname, bórreme, elimina mi número, quiten mi número, quita mi número, saquen mi número, deje de enviarme,
      deje de mandarme, deje de escribirme, deje de molestar, deje de molestarme, deja de molestar, deja de molestarme,
      dejen de molestarme, desuscribirme, desuscríbanme, desuscríbame, desuscríbeme, cancelen mi suscripción, cancele mi suscripción,
      cancela mi suscripción, retiro mi consentimiento, revoco mi consentimiento, paren los mensajes, paren con los mensajes`,
      ),
      ...each(
        'no me envíen, no me envíe, no me envíes, no me enviéis, no me manden, no me mande, no me mandes, no me mandéis',
        'nada',
      ),
      ...list('no me escriban, no me escriba, no me escribas, no me escribáis'),
      ...each(
        'no me envíen, no me envíe, no me envíes, no me enviéis, no me manden, no me mande, no me mandes, no me mandéis',
        'mensajes, sms, textos, publicidad',
      ),
    ],
    hints: list(
      `dejen de, deja de, no me envíen, no me manden, dar de baja, no quiero, no me interesa, número equivocado, quién es, quién eres,
      basta, paren, para ya, cómo me doy de baja, dejar de recibir`,
    ),
    whole: list(
      'paren, paren ya, paren de una vez, parad ya, desuscribir, desuscripción, no mensajes, no sms, nada de mensajes',
    ),
    alone: list(
      `para, pare, detener, detengan, quitar, quítame, ya no, bloqueado, eliminadme ya, parad, dejad de escribir`,
    ),
    objects: list('esto, eso, todo, los, sus, estos, de, una, vez'),
    elsewhere: list('en, a, aquí, allí'),
    limits: list('antes, hasta, después, durante'),
    times: list('mediodía, medianoche, mañana, lunes, martes, miércoles, jueves, viernes, sábado, domingo'),
    things: list('el, un, al'),
    medium: list('mensaje, mensajes, sms, texto, textos, publicidad, spam, número, lista, suscripción'),
    negations: list('no pares, sin, nunca'),
    others: list('él, ella, ellos, mi, su, bus, tren, cuando, donde'),
    anger: list('spam, acoso, denuncia, abogado, harto, harta, estafa'),
  },
  pt: {
    courtesy: list(
      `por, favor, pfv, pf, obrigado, obrigada, olá, oi, ok, já, agora, bom, boa, dia, tarde, noite, imediatamente`,
    ),
    fillers: list('por, favor, pfv, pf, já, nunca, imediatamente'),
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
      retiro o meu consentimento, revogo meu consentimento, revogo o meu consentimento, parem com as mensagens, pare com as mensagens, para com as mensagens, parem com os sms,
      pare com os sms, não enviar mais, não mandar mais, não me perturbe, não me perturbem, não me incomode, não me incomodem, nunca mais me mande,
      nunca mais me mandem, nunca mais me envie, nunca mais me enviem, nunca mais me escreva, deixa de me enviar, deixa de me mandar,
      não me contate, não me contacte, me apague, me apaguem`,
    ),
    hints: list(
      `pare de, parem de, para de, deixe de, deixem de, não quero mais, não desejo mais, não tenho interesse, sem interesse,
      não estou interessado, não estou interessada, não me interessa, número errado, pessoa errada, foi engano, já chega, basta,
      como faço para sair, como faço para cancelar, como cancelo, quero sair`,
    ),
    whole: list(
      'parem, parem já, parem com isso, pare com isso, descadastro, desinscrição, sem mensagens, chega disso',
    ),
    alone: list(
      `pare, para, chega, remover, remova, apagar, excluir, bloqueado, bloqueada, não mais, nunca mais, não quero, quem é,
      quem é você, quem fala, quem és, é engano`,
    ),
    objects: list('isso, isto, tudo, todas, todos, os, as, seus, suas, essas, esses, de, uma, vez, com'),
    elsewhere: list('em, no, na, às, aqui, ali'),
    limits: list('antes, até, depois, durante'),
    times: list('meio, meia, amanhã, segunda, terça, quarta, quinta, sexta, sábado, domingo'),
    things: list('o, um, no'),
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

/** Stop words that are hardly anything else where they end a short text: "bro stop". */
export const PLAIN_STOPS: ReadonlySet<string> = new Set('stop stopp'.split(' '));

/** What phones and mail programs write below a text: "Sent from my iPhone". */
export const SIGNATURES: readonly string[] = list(
  `sent from my, sent from mail, sent from outlook, sent from yahoo, get outlook for, envoyé de mon, envoyé depuis mon,
  envoyé à partir de, télécharger outlook pour, obtenez outlook pour, gesendet von meinem, gesendet von mail, von meinem iphone gesendet,
  von meinem handy gesendet, outlook für, enviado desde mi, enviado desde outlook, obtener outlook para, enviado do meu,
  enviado a partir do, obter o outlook para`,
);

/** STOP in scripts that none of the languages above is written in, so that it is no other word of theirs. */
export const STOPS_IN_OTHER_SCRIPTS: ReadonlySet<string> = new Set(
  list(
    'стоп, отписаться, отписка, στοπ, توقف, أوقف, עצור, הסר, 停止, 退订, 退訂, 配信停止, 중지, 수신거부, หยุด, ยกเลิก',
  ),
);

/** Signs that say STOP without a word. */
export const STOP_SIGNS: ReadonlySet<string> = new Set(['🛑', '⛔', '🚫', '✋']);

/** Slips of the thumb on STOP, and short forms of it, that are no words themselves; SHOP, STEP and STOOP are, and are never taken for it. */
export const STOP_SLIPS: ReadonlySet<string> = new Set(
  'sotp stpo tsop stopp sstop sttop stpp syop stp dtop stlp st0p 5top stpop stoip stopo stopl srop stahp stoped stopit unsub unsubs stoptxt stoptext stopsms stopall stop2end'.split(
    ' ',
  ),
);
