'use strict';

const DELIVERIES_SHOWN = 5;
const BILLINGS_SHOWN = 5;

const byId = id => document.getElementById(id);
const time = at => at ? new Date(at).toLocaleTimeString() : '–';

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function anchor(text, href) {
  const made = element('a', text);
  made.href = href;
  return made;
}

function row(...cells) {
  const made = document.createElement('tr');
  made.append(...cells.map(cell => {
    if (!(cell instanceof Node)) return element('td', cell);
    if (cell.tagName === 'TD') return cell;
    const around = document.createElement('td');
    around.append(cell);
    return around;
  }));
  return made;
}

/** The browser itself asks for the login when the answer is 401. */
async function call(path, method = 'GET') {
  const headers = { 'X-Synchronik': 'page', Accept: 'application/json' };
  const answer = await fetch(path, { method, headers });
  if (answer.ok) return answer.json();
  throw new Error({
    401: 'A login is needed.',
    403: 'This user may not do that: log in as admin. The browser keeps a login until it is closed.',
  }[answer.status] ?? `The server answers ${answer.status}.`);
}

async function tried(action) {
  try {
    byId('message').textContent = '';
    await action();
  } catch (error) {
    byId('message').textContent = error.message;
  }
}

async function showBooks() {
  const books = await call('api/billing');
  byId('standing').textContent =
    `${books.invoices} invoices so far. ${books.due} of ${books.customers} customers are to be billed,`
    + ` ${books.onHold} are on hold.`;
  byId('billings').replaceChildren(...books.billings.slice(0, BILLINGS_SHOWN).map(billing => row(
    anchor(time(billing.madeAt), `api/billing/${billing.run}/invoices`),
    element('td', billing.invoices, 'number'),
    element('td', billing.total.toFixed(2), 'number'),
    element('td', billing.failed, billing.failed ? 'number bad' : 'number'),
    anchor('the run', `synchronik/#/runs/${billing.run}`))));
}

async function showFilms() {
  const [latest] = await call('api/reports');
  if (!latest) return;
  const failed = element('ul', '');
  failed.append(...latest.failed.map(film =>
    element('li', `${film.id}: ${film.error}, ${film.attempts} attempts`)));
  const parts = [
    element('p', `${latest.successful} of ${latest.total} films stored at ${time(latest.at)} by ${latest.node}`)];
  if (latest.failed.length) parts.push(element('p', 'Not to be had:', 'soft'), failed);
  byId('ingestion').replaceChildren(...parts);
}

async function showDeliveries() {
  const deliveries = await call('api/deliveries');
  byId('deliveries').replaceChildren(...deliveries.slice(0, DELIVERIES_SHOWN).map(delivery => row(
    anchor(time(delivery.storedAt), `synchronik/#/runs/${delivery.run}`),
    delivery.file,
    element('td', delivery.outcome.toLowerCase(), delivery.outcome === 'PUBLISHED' ? 'good' : 'bad'),
    element('td', delivery.lines, 'number'),
    delivery.problems.join('; ') || '–')));
}

/** There are none before the first lecture. */
async function showLecture() {
  const answer = await fetch('api/lecture');
  if (answer.ok) byId('lecture').textContent = await answer.text();
}

async function showTargets() {
  const targets = await call('api/targets');
  byId('targets').replaceChildren(...targets.map(target => {
    const state = !target.enabled ? element('td', `disabled: ${target.lastError}`, 'bad')
      : target.lastError ? element('td', `${target.lastError} (${target.failures} in a row)`, 'bad')
      : target.checkedAt ? element('td', 'up', 'good') : element('td', 'not yet checked');
    const action = element('td', '');
    if (!target.enabled) {
      const enable = element('button', 'Enable');
      enable.onclick = () => tried(async () => {
        await call(`api/targets/${encodeURIComponent(target.id)}/enable`, 'POST');
        await showTargets();
      });
      action.append(enable);
    }
    return row(target.id, state, time(target.checkedAt), action);
  }));
}

byId('charge').onclick = () => tried(async () => {
  const { due } = await call('api/billing/charges', 'POST');
  byId('message').textContent = `${due} customers are to be billed: run the billing on the dashboard.`;
  await showBooks();
});
byId('addresses').onclick = () => tried(async () => {
  const { entered } = await call('api/billing/addresses', 'POST');
  byId('message').textContent =
    `${entered} addresses were entered: run on the dashboard again what failed for them.`;
});

async function refresh() {
  if (!document.hidden) {
    await Promise.allSettled([showBooks(), showFilms(), showDeliveries(), showLecture(), showTargets()]);
  }
  setTimeout(refresh, 2000);
}
refresh();
