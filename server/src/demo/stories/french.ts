import { invoice, photo } from '../files/index.ts';
import { story, type Story } from '../story/story.ts';

const base = { language: 'fr', suits: (customer) => customer.language === 'fr' } as const satisfies Partial<Story>;

/** What French-speaking customers write, and what Camille, Aoife and Yousef answer. */
export const french = [
  story({ ...base, name: 'colis-introuvable', team: 'shipping', weight: 8 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'scale'], [6, 11]);
    s.date('since', -4);
    s.writes('[Où est ma commande {order} ?|Colis {parcel} bloqué|Commande {order} toujours pas livrée]', `
      [J’ai passé commande le {orderedOn} ({order}, {label}).|Ma commande {order} ({label}) date du {orderedOn}.] [Le suivi {parcel} n’a pas bougé depuis le {since}.|Depuis le {since}, le suivi indique « en transit » et plus rien.] [Pourriez-vous vous renseigner ?|Est-il perdu ?|Le transporteur me renvoie vers vous.]
      [|C’est un cadeau, je commence à m’inquiéter.|Je pars en voyage à la fin de la semaine.]`);
    s.triage({ tags: ['delivery'] });
    s.notes('[Appelé {carrier} : étiquette abîmée, colis retrouvé au centre de tri.|Enquête ouverte chez {carrier}, réponse sous 48 h.]');
    s.answers('[Merci de nous avoir écrit, et pardon pour l’attente.|Toutes mes excuses pour ce contretemps.] J’ai ouvert une enquête auprès de {carrier} pour le colis {parcel}. [Il a été vu pour la dernière fois au centre de tri.|Il a manqué sa correspondance.] Sans nouvelle d’ici deux jours ouvrés, je vous en envoie un autre sans frais. [Vous n’avez rien à faire.|]', { leaves: 'on_hold' });
    s.passes([22, 48]);
    s.answers('[Bonne nouvelle|C’est reparti] : votre colis a été retrouvé et {carrier} annonce la livraison pour demain. Je continue à le suivre.');
    if (s.chance(0.7)) s.adds('[Il vient d’arriver, merci beaucoup !|Reçu ce matin, en parfait état. Merci de votre aide.|Bien reçu, merci pour le suivi.]', { after: [20, 60] });
    s.resolves();
  }),

  story({ ...base, name: 'facture', team: 'billing', weight: 6 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'accessory'], [4, 30]);
    const firm = s.customer.business ?? s.pick(['Cabinet Beaurivage', 'Atelier du Quai', 'Librairie des Halles']);
    s.knows({ firm });
    s.writes('[Facture pour {order}|Demande de facture|Facture au nom de ma société]', `
      [Pourriez-vous m’envoyer la facture de la commande {order} au nom de {firm} ?|Il me faut une facture au nom de {firm} pour la commande {order}.] [Mon comptable en a besoin avant la fin du mois.|Un PDF suffira.]`);
    s.triage({ tags: ['invoice'] });
    s.answers('[Bien sûr, vous la trouverez ci-jointe.|La voici, en pièce jointe.] [Elle annule et remplace la précédente.|J’ai enregistré {firm} dans votre compte pour la prochaine fois.]', { leaves: 'resolved', files: [invoice(s.fact('invoice'), firm, `${s.customer.country}${s.random.digits(9)}`, s.fact('label'), Number(s.fact('totalMinor')), s.begins)] });
    if (s.chance(0.4)) s.adds('[Parfait, merci !|C’est exactement ce qu’il me fallait.]', { after: [1, 26] });
  }),

  story({ ...base, name: 'pause-abonnement', team: 'subscriptions', weight: 6 }, (s) => {
    s.subscribes();
    s.date('away', s.random.between(3, 9));
    s.date('home', s.random.between(24, 40));
    s.writes('[Suspendre mon abonnement|Vacances : pas de livraison|Pause {subscription}]', `
      [Nous serons absents du {away} au {home}.|Je pars en déplacement du {away} au {home}.] [Pouvez-vous suspendre mon {coffee} pendant ce temps ?|Serait-il possible de ne rien livrer pendant cette période ?] [Je n’ai pas trouvé le bouton sur le site.|]`);
    s.triage({ tags: ['subscription', 'pause'] });
    s.answers('[C’est fait.|Avec plaisir.] Votre {coffee} est en pause, et le prochain paquet sera chez vous le {home}. Rien ne sera débité entre-temps. [Bonnes vacances !|Bon voyage !]', { leaves: 'resolved', within: [5, 90] });
    if (s.chance(0.4)) s.adds('[Merci infiniment !|Parfait, merci.]', { after: [1, 15] });
  }),

  story({ ...base, name: 'moulin-bloque', team: 'technical', weight: 5 }, (s) => {
    s.order(['grinder'], [15, 300]);
    s.writes('[Moulin bloqué|Mon {product} ne tourne plus|Bruit sec puis plus rien]', `
      [Mon {product} ronfle mais ne tourne plus.|Il y a eu un bruit sec et depuis mon {product} est bloqué.] [Je l’ai débranché tout de suite.|Il est plein de grains.] [Que puis-je faire ?|Faut-il vous le renvoyer ?]`);
    s.triage({ tags: ['grinder'] });
    s.answers('[Vous avez bien fait de le débrancher.|Laissez-le débranché pour l’instant.] Il s’agit sûrement d’un petit caillou entre les meules : cela arrive avec la récolte.\n\n1. Retirez la trémie et videz les grains.\n2. Tournez la bague vers le plus gros jusqu’à pouvoir soulever la meule.\n3. Brossez et cherchez quelque chose de clair et de dur.\n\n[Si une dent est abîmée, envoyez-moi une photo : je change la paire.|Remontez, puis réglez la mouture moteur en marche, sans grains.]');
    s.adds('[Trouvé ! Un caillou gros comme un grain de poivre. Merci !|Il y avait une brindille. Tout fonctionne à nouveau.|J’ai trouvé le caillou, mais une dent est ébréchée, voir la photo.]', { after: [3, 40], files: s.chance(0.4) ? [photo('grinder', s.random)] : [] });
    if (s.chance(0.5)) s.answers('[Des meules neuves partent aujourd’hui, à nos frais.|Tant mieux, voilà qui est réglé.] [Gardez le caillou en porte-bonheur.|]', { leaves: 'resolved' });
    s.resolves();
  }),

  story({ ...base, name: 'remboursement', team: 'billing', weight: 5 }, (s) => {
    const product = s.order(['grinder', 'kettle', 'scale'], [24, 34]);
    s.money('back', product.priceMinor);
    s.date('promised', -s.random.between(7, 11));
    s.knows({ ref: `7${s.random.digits(7)}` });
    s.writes('[Remboursement {order} toujours pas reçu|Où est mon remboursement ?]', `
      [Le {promised}, vous m’avez annoncé le remboursement de {back}.|J’attends toujours les {back} de mon retour {order}.] [Rien n’est arrivé sur mon compte.|Ma banque ne voit rien.] [Pouvez-vous vérifier ?|]`);
    s.triage({ tags: ['refund'] });
    s.answers('[Je comprends votre impatience.|J’ai vérifié tout de suite.] Le remboursement de {back} est bien parti le {promised}. Certaines banques mettent jusqu’à dix jours ouvrés. [Voici la référence à leur donner : {ref}.|S’il n’est pas là vendredi, écrivez-moi et je le fais rechercher.]');
    if (s.chance(0.6)) s.adds('[C’est arrivé ce matin, merci.|Grâce à la référence, ma banque l’a trouvé. Merci !]', { after: [10, 80] });
    s.resolves();
  }),
];
