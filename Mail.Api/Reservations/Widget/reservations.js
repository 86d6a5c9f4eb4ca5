/* The reservation widget: <script src=".../widget/reservations.js" data-widget="wid_..." async></script>
   Optional: data-lang="fr" (else the page's language), data-target="#id" (else it appears after the script). */
(() => {
  'use strict';
  const script = document.currentScript;
  const base = new URL('.', script.src).href + encodeURIComponent(script.dataset.widget || '');
  const language = (script.dataset.lang || document.documentElement.lang || navigator.language || 'en').toLowerCase();
  const fr = language === 'fr' || language.startsWith('fr-');
  const t = (en, french) => (fr ? french : en);
  const locale = fr ? 'fr' : 'en';
  const style = `
:host{display:block;font:16px/1.5 system-ui,sans-serif;color:#1f2933;text-align:left}
.box{box-sizing:border-box;max-width:40rem;padding:1rem;background:#fff;border:1px solid #8a94a0;border-radius:12px;overflow-wrap:anywhere}
*{box-sizing:border-box}h2{margin:0 0 .75rem;font-size:1.25rem}h3{margin:0 0 .25rem;font-size:1rem}p{margin:0 0 .75rem}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1rem}.row>*{flex:1 1 10rem;min-width:0}
label{display:block;font-weight:600;margin:0 0 .75rem}input,textarea{display:block;width:100%;min-height:44px;font:inherit;font-weight:400;color:inherit;background:#fff;margin:.25rem 0 0;padding:.5rem .75rem;border:1px solid #6b7682;border-radius:8px}
button{min-height:44px;font:inherit;font-weight:600;padding:.5rem 1rem;border:1px solid #1d4ed8;border-radius:8px;color:#fff;background:#1d4ed8;cursor:pointer}
button.second,button[aria-pressed=false]{color:#1f2933;background:#fff;border-color:#6b7682}button:disabled{opacity:.6;cursor:default}
button:focus-visible,input:focus-visible,textarea:focus-visible,[tabindex]:focus-visible{outline:3px solid #f59e0b;outline-offset:2px}
ul{margin:0;padding:0;list-style:none}li{margin:0 0 .75rem;padding:.75rem;border:1px solid #c3cad1;border-radius:8px}
.alert{padding:.5rem .75rem;border-left:4px solid #b91c1c;background:#fef2f2}.good{padding:.5rem .75rem;border-left:4px solid #15803d;background:#f0fdf4}.small{font-size:.9rem;color:#4b5563}`;

  /* Text is set as text, never as HTML: what people type stays what they typed. */
  const el = (name, properties = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
      else if (key in node && key !== 'list') node[key] = value;
      else node.setAttribute(key, value);
    }
    node.append(...children.filter((child) => child != null));
    return node;
  };

  const words = {
    wrong_code: t('This is not the code. Check it against the mail.', 'Ce n’est pas le bon code. Vérifiez-le dans le message.'),
    expired_code: t('The code is too old. Ask for another one.', 'Le code est trop ancien. Demandez-en un autre.'),
    used_code: t('The code was used before. Ask for another one.', 'Le code a déjà servi. Demandez-en un autre.'),
    too_many_tries: t('Too many wrong codes. Try again in an hour.', 'Trop de codes erronés. Réessayez dans une heure.'),
    too_many_codes: t('Too many codes were asked for. Try again in a quarter of an hour.', 'Trop de codes demandés. Réessayez dans un quart d’heure.'),
    rate_limit_exceeded: t('Too many requests. Try again in a minute.', 'Trop de demandes. Réessayez dans une minute.'),
    no_seats: t('There are not enough seats left.', 'Il n’y a plus assez de places.'),
    already_requested: t('You have asked for this trip already.', 'Vous avez déjà demandé ce trajet.'),
    offer_cancelled: t('This trip is cancelled.', 'Ce trajet est annulé.'),
    departed: t('This trip has begun already.', 'Ce trajet a déjà commencé.'),
    origin_not_allowed: t('This site may not show this widget.', 'Ce site n’est pas autorisé à afficher ce module.'),
  };
  const call = async (path, body) => {
    let answer;
    try {
      answer = await fetch(base + path, body === undefined ? { credentials: 'omit' } : { method: 'POST', credentials: 'omit', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    } catch {
      throw new Error(t('The server cannot be reached. Try again in a minute.', 'Le serveur est injoignable. Réessayez dans une minute.'));
    }
    const data = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(words[data.name] || data.message || t('That did not work.', 'Cela n’a pas fonctionné.'));
    return data;
  };

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet(); // not an element: the page's own policy may forbid those
  sheet.replaceSync(style);
  root.adoptedStyleSheets = [sheet];
  const box = el('div', { className: 'box', lang: locale });
  root.append(box);
  let settings = { places: [], time_zone: null };

  const show = (title, ...content) => {
    const heading = el('h2', { tabIndex: -1 }, title);
    const tab = (text, open, go) => el('button', { type: 'button', 'aria-pressed': String(open), onclick: go }, text);
    const isOffer = title === offerTitle;
    box.replaceChildren(
      el('div', { className: 'row', role: 'group', 'aria-label': t('What would you like to do?', 'Que souhaitez-vous faire\u00a0?') }, tab(listTitle, !isOffer, () => list(true)), tab(offerTitle, isOffer, offer)),
      heading, ...content);
    return heading;
  };
  const listTitle = t('Find a ride', 'Trouver un trajet');
  const offerTitle = t('Offer a ride', 'Proposer un trajet');
  const say = (text, good = false) => el('p', { className: good ? 'good' : 'alert', role: good ? 'status' : 'alert' }, text);
  const field = (label, name, properties = {}) => el('label', {}, label, el(properties.rows ? 'textarea' : 'input', { name, required: true, maxLength: 200, ...properties }));

  /* A place is one of the project's, or coordinates, or the reader's own position. */
  const position = {};
  const place = (label, name) => {
    const id = `places-${name}`;
    const input = el('input', { name, required: true, maxLength: 200, autocomplete: 'off', list: id });
    const here = el('button', { type: 'button', className: 'second', onclick: () => navigator.geolocation.getCurrentPosition(
      ({ coords }) => { position[name] = { latitude: coords.latitude, longitude: coords.longitude }; here.textContent = t('Position set', 'Position enregistrée'); },
      () => { here.textContent = t('No position to be had', 'Position indisponible'); }) }, t('Use my position', 'Utiliser ma position'));
    delete position[name];
    return el('div', {}, el('label', {}, label, input), el('datalist', { id }, ...settings.places.map((known) => el('option', { value: known.label }))),
      'geolocation' in navigator && window.isSecureContext ? el('p', {}, here) : null);
  };
  const placeOf = (data, name) => {
    const label = data.get(name).trim();
    const known = settings.places.find((one) => one.label.toLowerCase() === label.toLowerCase());
    if (known) return known;
    const typed = /^(-?\d{1,2}(?:\.\d+)?)\s*[,;]\s*(-?\d{1,3}(?:\.\d+)?)$/.exec(label);
    if (typed) return { label, latitude: Number(typed[1]), longitude: Number(typed[2]) };
    if (position[name]) return { label, ...position[name] };
    throw new Error(t(`“${label}” is not in the list. Choose a place from it, or use your position.`, `«\u00a0${label}\u00a0» n’est pas dans la liste. Choisissez-y un lieu, ou utilisez votre position.`));
  };
  const person = () => [
    field(t('Your name', 'Votre nom'), 'name', { autocomplete: 'name' }),
    field(t('Your e-mail address', 'Votre adresse e-mail'), 'email', { type: 'email', autocomplete: 'email', maxLength: 254 }),
    field(t('Your phone number (optional; shown once a seat is agreed)', 'Votre téléphone (facultatif\u00a0; montré une fois la place convenue)'), 'phone', { type: 'tel', autocomplete: 'tel', required: false, maxLength: 40 }),
  ];
  const personOf = (data) => ({ name: data.get('name'), email: data.get('email'), phone: data.get('phone') || null, locale });

  /* A form, then the code from the mail, then the end. */
  const form = (fields, button, read, send, done) => {
    const problem = el('div', {});
    const submit = el('button', {}, button);
    return el('form', { onsubmit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      problem.replaceChildren();
      try {
        const body = read(new FormData(event.target));
        const email = (body.driver || body.passenger).email;
        await call('/codes', { email, locale });
        code(email, (typed) => send(typed, body), done);
      } catch (error) {
        problem.replaceChildren(say(error.message));
      }
      submit.disabled = false;
    } }, ...fields, problem, submit);
  };
  const code = (email, send, done) => {
    const problem = el('div', {});
    const submit = el('button', {}, t('Confirm', 'Confirmer'));
    show(t('Confirm your address', 'Confirmez votre adresse'),
      el('p', {}, t(`We have sent a code to ${email}. Enter it here; nothing is published before.`, `Nous avons envoyé un code à ${email}. Saisissez-le ici\u00a0; rien n’est publié avant.`)),
      el('form', { onsubmit: async (event) => {
        event.preventDefault();
        submit.disabled = true;
        problem.replaceChildren();
        try {
          await send(new FormData(event.target).get('code'));
          show(t('Done', 'C’est fait'), say(done, true)).focus();
        } catch (error) {
          problem.replaceChildren(say(error.message));
        }
        submit.disabled = false;
      } }, field(t('Code from the mail', 'Code du message'), 'code', { inputMode: 'numeric', autocomplete: 'one-time-code', maxLength: 20 }), problem,
      el('div', { className: 'row' }, submit, el('button', { type: 'button', className: 'second', onclick: async () => {
        try { await call('/codes', { email, locale }); problem.replaceChildren(say(t('Another code is on its way.', 'Un autre code est en route.'), true)); } catch (error) { problem.replaceChildren(say(error.message)); }
      } }, t('Send another code', 'Envoyer un autre code'))))).focus();
  };

  const offer = () => {
    show(offerTitle, form([
      place(t('From', 'Départ'), 'from'), place(t('To', 'Arrivée'), 'to'),
      field(t('Departure (local time)', 'Départ (heure locale)'), 'departure', { type: 'datetime-local' }),
      el('div', { className: 'row' }, field(t('Free seats', 'Places libres'), 'seats', { type: 'number', min: 1, max: 60, value: 3 }),
        field(t('Price of a seat in € (optional)', 'Prix par place en € (facultatif)'), 'price', { type: 'number', min: 0, step: '0.01', required: false })), ...person(),
    ], t('Go on', 'Continuer'), (data) => ({
      driver: personOf(data), from: placeOf(data, 'from'), to: placeOf(data, 'to'), departure_at: data.get('departure').slice(0, 16),
      time_zone: settings.time_zone || Intl.DateTimeFormat().resolvedOptions().timeZone, seats: Number(data.get('seats')), price: data.get('price') ? Number(data.get('price')) : null,
    }), (typed, body) => call('/offers', { code: typed, offer: body }), t('Your trip is published. We write to you when somebody asks for a seat.', 'Votre trajet est publié. Nous vous écrirons quand quelqu’un demandera une place.'))).focus();
  };

  const route = (trip) => `${trip.from} → ${trip.to}`;
  const when = (trip) => new Date(`${trip.departure_at}:00Z`).toLocaleString(fr ? 'fr-FR' : 'en-GB', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' });
  const free = (trip) => (fr ? `${trip.seats_left} ${trip.seats_left < 2 ? 'place libre' : 'places libres'}` : `${trip.seats_left} ${trip.seats_left === 1 ? 'seat' : 'seats'} free`);
  const price = (trip) => (trip.price == null ? '' : ` · ${new Intl.NumberFormat(fr ? 'fr-FR' : 'en-GB', { style: 'currency', currency: trip.currency }).format(trip.price)}`);

  const ask = (trip) => {
    show(t('Ask for a seat', 'Demander une place'), el('p', {}, `${route(trip)}, ${when(trip)}`), form([
      ...person(), field(t('Seats', 'Places'), 'seats', { type: 'number', min: 1, max: trip.seats_left, value: 1 }),
      place(t('Where you get in', 'Où vous montez'), 'pickup'), field(t('Some words for the driver (optional)', 'Quelques mots pour la personne qui conduit (facultatif)'), 'message', { rows: 3, required: false, maxLength: 2000 }),
    ], t('Go on', 'Continuer'), (data) => ({ passenger: personOf(data), seats: Number(data.get('seats')), pickup: placeOf(data, 'pickup'), message: data.get('message') || null }),
    (typed, body) => call(`/offers/${trip.id}/requests`, { code: typed, request: body }),
    t('Your request is on its way. We write to you as soon as the driver has answered.', 'Votre demande est en route. Nous vous écrirons dès que la personne qui conduit aura répondu.'))).focus();
  };

  const list = async (focus) => {
    const found = el('ul', {});
    const count = el('p', { role: 'status', className: 'small' }, t('Loading…', 'Chargement…'));
    const search = el('input', { type: 'search', maxLength: 100 });
    const mine = el('form', { onsubmit: async (event) => {
      event.preventDefault();
      try { await call('/dashboard-link', { email: new FormData(event.target).get('mine'), locale }); mine.replaceChildren(say(t('If you have trips here, a link to them is on its way to you.', 'Si vous avez des trajets ici, un lien vers eux est en route.'), true)); } catch (error) { mine.prepend(say(error.message)); }
    } }, el('h3', {}, t('Your own trips', 'Vos propres trajets')), field(t('Your e-mail address', 'Votre adresse e-mail'), 'mine', { type: 'email', autocomplete: 'email', maxLength: 254 }),
    el('button', { className: 'second' }, t('Mail me the link', 'M’envoyer le lien')));
    const heading = show(listTitle, el('label', {}, t('Search by place', 'Chercher par lieu'), search), count, found, mine);
    if (focus) heading.focus();
    try {
      const trips = (await call('/offers')).data;
      const fill = () => {
        const wanted = search.value.trim().toLowerCase();
        const shown = trips.filter((trip) => route(trip).toLowerCase().includes(wanted));
        count.textContent = shown.length === 0 ? t('No trips for now.', 'Aucun trajet pour le moment.') : fr ? `${shown.length} ${shown.length < 2 ? 'trajet' : 'trajets'}` : `${shown.length} ${shown.length === 1 ? 'trip' : 'trips'}`;
        found.replaceChildren(...shown.map((trip) => el('li', {}, el('h3', {}, route(trip)), el('p', {}, `${when(trip)} · ${trip.driver} · ${free(trip)}${price(trip)}`),
          el('button', { type: 'button', 'aria-label': `${t('Ask for a seat', 'Demander une place')}: ${route(trip)}, ${when(trip)}`, onclick: () => ask(trip) }, t('Ask for a seat', 'Demander une place')))));
      };
      search.addEventListener('input', fill);
      fill();
    } catch (error) {
      count.replaceWith(say(error.message));
    }
  };

  const start = async () => {
    const target = script.dataset.target && document.querySelector(script.dataset.target);
    if (target) target.append(host);
    else script.after(host);
    try {
      settings = await call('/');
    } catch (error) {
      box.replaceChildren(say(error.message));
      return;
    }
    list(false);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
