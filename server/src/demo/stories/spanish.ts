import { photo } from '../files/index.ts';
import { story, type Story } from '../story/story.ts';

const base = { language: 'es', suits: (customer) => customer.language === 'es' } as const satisfies Partial<Story>;

/** What Spanish-speaking customers write, and what Lucía answers. */
export const spanish = [
  story({ ...base, name: 'pedido-retrasado', team: 'shipping', weight: 8 }, (s) => {
    s.order(['machine', 'grinder', 'kettle', 'scale'], [6, 12]);
    s.date('since', -4);
    s.writes('[¿Dónde está mi pedido {order}?|Pedido {order} sin novedades|El seguimiento {parcel} no se mueve]', `
      [Hice un pedido el {orderedOn} ({order}, {label}).|Estoy esperando el pedido {order} desde el {orderedOn}.] [El seguimiento {parcel} no cambia desde el {since}.|Desde el {since} solo pone «en tránsito».] [¿Pueden averiguar qué pasa?|¿Se ha perdido?] [|Es un regalo y me preocupa que no llegue a tiempo.|Esta semana estoy en casa, la próxima no.]`);
    s.triage({ tags: ['delivery'] });
    s.notes('[He llamado a {carrier}: está en el centro de clasificación, etiqueta dañada.|Reclamación abierta en {carrier}, contestan en 48 h.]');
    s.answers('[Gracias por escribirnos, y perdona la espera.|Siento mucho el retraso.] He pedido a {carrier} que busque el paquete {parcel}. [Perdió su enlace y lo están localizando.|Lo vieron por última vez en el centro de clasificación.] Si en dos días laborables no aparece, te mando otro sin coste. [No tienes que hacer nada.|]', { leaves: 'on_hold' });
    s.passes([22, 48]);
    s.answers('[¡Buenas noticias!|Ya se mueve.] {carrier} ha encontrado tu paquete y lo entrega [mañana|en dos días]. Sigo pendiente hasta que llegue.');
    if (s.chance(0.7)) s.adds('[¡Ya está aquí! Muchas gracias.|Recibido esta mañana, todo perfecto.|Llegó. Gracias por estar encima.]', { after: [20, 60] });
    s.resolves();
  }),

  story({ ...base, name: 'cobro-doble', team: 'billing', weight: 6 }, (s) => {
    s.order(['machine', 'grinder', 'kettle'], [2, 6]);
    s.writes('[Me han cobrado dos veces|Cobro duplicado de {total}|{order}: doble cargo]', `
      [Tengo dos cargos de {total} por el pedido {order}.|Me han cobrado {total} dos veces.] [Solo hice una compra.|La página se quedó colgada al pagar.] [¿Me devuelven uno?|¿Cuándo lo tendré de vuelta?]`);
    s.triage({ tags: ['double-charge'] });
    s.answers('[Tienes razón, lo acabo de ver.|Gracias por avisar.] La página de pago envió el pedido dos veces. Ya he devuelto el segundo cargo de {total}; tu banco lo mostrará en dos a cinco días. [Perdona las molestias.|Tu pedido sigue su camino con normalidad.]', { leaves: 'resolved' });
    if (s.chance(0.5)) s.adds('[Ya me ha llegado, gracias.|¡Qué rapidez! Gracias.]', { after: [40, 100] });
  }),

  story({ ...base, name: 'pausar-suscripcion', team: 'subscriptions', weight: 6 }, (s) => {
    s.subscribes();
    s.date('away', s.random.between(3, 9));
    s.date('home', s.random.between(24, 40));
    s.writes('[Pausar la suscripción|Vacaciones|¿Puedo saltarme un mes?]', `
      [Estaremos fuera del {away} al {home}.|Me voy de viaje del {away} al {home}.] [¿Podríais pausar mi {coffee}?|No me enviéis café esos días, por favor.] [No encuentro la opción en la web.|]`);
    s.triage({ tags: ['subscription', 'pause'] });
    s.answers('[Hecho.|Claro que sí.] Tu {coffee} queda en pausa y la siguiente bolsa llega el {home}. No se cobra nada mientras tanto. [¡Buen viaje!|¡Que descanses!]', { leaves: 'resolved', within: [5, 90] });
    if (s.chance(0.4)) s.adds('[¡Mil gracias!|Perfecto, gracias.]', { after: [1, 15] });
  }),

  story({ ...base, name: 'llego-roto', team: 'shipping', weight: 5 }, (s) => {
    s.order(['kettle', 'grinder', 'machine'], [4, 8]);
    s.writes('[Llegó roto|Paquete dañado {order}|Golpe en el transporte]', `
      [Hoy me ha llegado el pedido {order} ({label}) y viene con un golpe.|Al abrir la caja he visto que está dañado: {label}.] [La caja tenía una esquina aplastada.|Adjunto una foto.] [¿Qué hago?|¿Me mandáis otro?]`, { files: s.chance(0.6) ? [photo('box', s.random)] : [] });
    s.triage({ tags: ['damaged'] });
    s.answers('[¡Vaya, lo siento!|Así no debería llegar, perdona.] Hoy mismo sale uno nuevo y el repartidor recoge el dañado al entregarlo. [No hace falta imprimir nada.|Guarda la caja hasta entonces, por favor.]');
    if (s.chance(0.6)) s.adds('[Ya ha llegado el nuevo, impecable.|Todo bien esta vez. ¡Gracias!]', { after: [45, 90] });
    s.resolves();
  }),

  story({ ...base, name: 'vapor-flojo', team: 'technical', weight: 4 }, (s) => {
    s.order(['machine'], [40, 250]);
    s.writes('[El vapor ha perdido fuerza|No consigo espumar la leche|Vaporizador atascado]', `
      [Mi {product} casi no echa vapor.|Tardo una eternidad en espumar la leche con mi {product}.] [Uso bebida de avena.|Al principio iba muy bien.] [¿Qué puedo hacer?|¿Hay que enviarla a reparar?]`);
    s.triage({ tags: ['steam', 'how-to'] });
    s.answers('[Casi seguro que es la boquilla.|Tiene fácil arreglo:] la leche sube por dentro y se seca. Con la lanza fría, desenróscala a mano (hacia la izquierda), déjala veinte minutos en agua caliente con detergente y pasa un palillo por los cuatro agujeros. [Un golpe corto de vapor después de cada jarra la mantiene limpia.|Si sin boquilla sigue flojo, cuéntamelo.]');
    if (s.chance(0.7)) s.adds('[¡Como el primer día!|Había un agujero tapado del todo. Gracias.]', { after: [4, 60] });
    s.resolves();
  }),
];
