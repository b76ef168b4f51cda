'use strict';

const ADMIN = 'api/synchronik';
const EVENTS_SHOWN = 15;
const TOO_FREQUENT = 'simple-logger-worker';
let loggedIn = false;

const byId = id => document.getElementById(id);
const time = at => at ? new Date(at).toLocaleTimeString() : '–';

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function row(...cells) {
  const made = document.createElement('tr');
  made.append(...cells.map(cell => cell instanceof Node ? cell : element('td', cell)));
  return made;
}

/** The browser itself asks for the login when the answer is 401. */
async function call(path, method = 'GET', body = undefined) {
  const headers = { 'X-Synchronik': 'page', Accept: 'application/json' };
  if (body) headers['Content-Type'] = 'application/json';
  const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = {
    401: 'A login is needed.',
    403: 'This user may not do that: log in as admin. The browser keeps a login until it is closed.',
  }[answer.status];
  const detail = problem ?? (await answer.json().catch(() => ({}))).detail;
  throw new Error(detail ?? `The server answers ${answer.status}.`);
}

async function tried(action) {
  try {
    byId('message').textContent = '';
    await action();
  } catch (error) {
    byId('message').textContent = error.message;
  }
}

async function showUnits() {
  const units = (await call(`${ADMIN}/units?size=100`)).items;
  for (const unit of units) {
    const line = byId(`unit-${unit.id}`);
    if (!line) continue;
    const [, status, last, next, runs] = line.cells;
    status.textContent = unit.paused ? 'paused' : unit.enabled ? unit.status : `${unit.status}, disabled`;
    status.className = unit.status === 'error' ? 'bad' : unit.status === 'completed' ? 'good' : '';
    last.textContent = time(unit.lastStartedAt);
    next.textContent = time(unit.nextDue);
    runs.textContent = unit.statistics?.runs ?? '–';
  }
  itemRuns.set('email-campaign', units.find(unit => unit.id === 'email-campaign')?.lastRun);
}

const STATES = { completed: 'good', failed: 'bad', canceled: 'bad', running: 'busy', ready: 'busy', delayed: 'busy' };
const shown = new Map();

function step(node) {
  const item = element('li', node.worker, STATES[node.state]);
  const told = [node.state, node.reason, node.failure?.message ?? node.failure?.type,
    node.durationMs === undefined ? null : `${node.durationMs} ms`];
  item.append(element('small', ` ${told.filter(Boolean).join(', ')}`));
  return item;
}

/** A final run changes no more: it is read once. */
async function showProcess(unit) {
  const article = byId(`process-${unit.id}`);
  if (!article || !unit.lastRun || shown.get(unit.id) === unit.lastRun) return;
  const run = await call(`${ADMIN}/runs/${unit.lastRun}/graph`);
  const line = article.querySelector('.run');
  line.textContent = `${run.state} at ${time(run.endedAt ?? run.startedAt)}, ${run.mode}, run ${run.id}`;
  line.className = `run ${STATES[run.state] ?? ''}`;
  article.querySelector('.steps').replaceChildren(...run.nodes.map(step));
  const retry = article.querySelectorAll('button')[1];
  retry.hidden = !['failed', 'canceled'].includes(run.state);
  retry.onclick = () => start(`${ADMIN}/runs/${run.id}/retry`);
  const items = article.dataset.items;
  if (items) itemRuns.set(items, run.nodes.find(node => node.worker === items)?.run);
  if (run.endedAt) shown.set(unit.id, unit.lastRun);
}

async function showProcesses() {
  const processes = (await call(`${ADMIN}/units?kind=process`)).items;
  await Promise.allSettled(processes.map(showProcess));
}

const itemRuns = new Map();
const PARTS = { completed: 'good', failed: 'bad', canceled: 'soft', started: 'busy' };
const FAILED_SHOWN = 20;

function standing(article) {
  if (!article.querySelector('.items')) article.append(byId('standing').content.cloneNode(true));
  return article.querySelector('.items');
}

/** What was withdrawn at the end took no work. */
function pace(items, live) {
  if (!live) {
    const seconds = items.elapsedMs / 1000;
    const rate = (items.statistics.completed + items.statistics.failed) / seconds;
    return `${rate.toFixed(1)} per second, in ${seconds.toFixed(1)} s`;
  }
  const rate = `${items.perSecond.toFixed(1)} per second`;
  if (items.open || !items.estimatedEnd) return rate;
  return `${rate}, done at about ${time(items.estimatedEnd)}`;
}

function failedRow(item, live) {
  const action = element('td', '');
  if (live && item.state === 'failed') {
    const retry = element('button', 'Retry');
    retry.onclick = () => tried(async () => {
      await call(`${ADMIN}/items/${item.id}/retry`, 'POST');
      await showItems();
    });
    action.append(retry);
  }
  return row(item.id, item.key ?? '–', item.failure?.message ?? item.failure?.type ?? '–',
    element('td', item.attempt, 'number'), action);
}

/** While the run goes on, it tries them again; then another run does, with what did not succeed. */
function retryAll(items, live) {
  if (!live) return start(`${ADMIN}/runs/${items.run}/retry`);
  return tried(async () => {
    const { retried } = await call(`${ADMIN}/runs/${items.run}/items/retry`, 'POST');
    await showItems();
    byId('message').textContent = `${retried} are tried again.`;
  });
}

async function showFailed(part, items, live, ofProcess) {
  const details = part.querySelector('details');
  const failed = items.statistics.failed;
  details.hidden = failed === 0;
  if (!failed) return;
  details.querySelector('summary').textContent =
    failed > FAILED_SHOWN ? `${failed} failed, the first ${FAILED_SHOWN} of them` : `${failed} failed`;
  const retry = details.querySelector('.actions');
  retry.hidden = !live && ofProcess;
  const button = retry.querySelector('button');
  button.textContent = live ? 'Retry all failed' : 'Run again what did not succeed';
  button.onclick = () => retryAll(items, live);
  const list = (await call(`${ADMIN}/runs/${items.run}/items?state=failed&limit=${FAILED_SHOWN}`)).items;
  details.querySelector('tbody').replaceChildren(...list.map(item => failedRow(item, live)));
}

/** Answers whether the items still move. What has ended is read once. */
async function showItemsOf(article) {
  const unit = article.dataset.items;
  const run = itemRuns.get(unit);
  if (!run) return false;
  const part = standing(article);
  if (part.dataset.ended === run) return false;
  const items = await call(`${ADMIN}/runs/${run}/items/statistics`);
  const live = items.state === 'running' || items.state === 'waiting' || items.state === 'ready';
  const counts = items.statistics;
  part.querySelector('.bar').replaceChildren(...Object.entries(PARTS).map(([state, className]) => {
    const piece = element('span', '', className);
    piece.style.flexGrow = counts.total ? counts[state] / counts.total : 0;
    return piece;
  }));
  const line = part.querySelector('.counts');
  line.replaceChildren(element('b', items.state, STATES[items.state]),
    `: ${counts.total} items, `,
    ['completed', 'failed', 'canceled', 'started', 'initialized']
      .filter(state => counts[state] || state === 'completed')
      .map(state => `${counts[state]} ${state}`).join(', '),
    counts.total ? `; ${pace(items, live)}` : '');
  await showFailed(part, items, live, article.id.startsWith('process-'));
  part.dataset.ended = live ? '' : run;
  return live;
}

async function showItems() {
  const articles = [...document.querySelectorAll('article[data-items]')];
  const moving = await Promise.allSettled(articles.map(showItemsOf));
  return moving.some(one => one.value);
}

async function showReports() {
  const [latest, ...earlier] = await call('api/reports');
  if (!latest) return;
  const failed = element('ul', '');
  failed.append(...latest.failed.map(film =>
    element('li', `${film.id}: ${film.error}, ${film.attempts} attempts`)));
  const figure = element('p', `${latest.successPercentage} %`, 'figure');
  const what = element('p',
    `${latest.successful} of ${latest.total} films stored, told at ${time(latest.at)} by ${latest.node}`, 'soft');
  const parts = [figure, what];
  if (latest.failed.length) parts.push(element('p', 'Not to be had:'), failed);
  if (earlier.length) {
    parts.push(element('p', 'Before: ' + earlier.map(report =>
      `${report.successPercentage} % at ${time(report.at)}`).join(', '), 'soft'));
  }
  byId('ingestion').replaceChildren(...parts);
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

function follow() {
  const stream = new EventSource(`${ADMIN}/events/stream`);
  const list = byId('events');
  byId('quiet').hidden = true;
  list.hidden = false;
  const show = message => {
    const event = JSON.parse(message.data);
    if (event.unit === TOO_FREQUENT) return;
    const item = element('li', `${time(event.at)} `);
    item.value = event.position;
    const what = event.milestone ?? (event.item ? `item ${event.item} ${event.change}` : event.type);
    item.append(element('b', what), ` ${event.unit ?? ''}`);
    list.prepend(item);
    while (list.children.length > EVENTS_SHOWN) list.lastElementChild.remove();
  };
  ['message', 'start', 'complete', 'error', 'milestone', 'updated', 'skip', 'cancel', 'retry', 'misfire', 'item']
    .forEach(type => stream.addEventListener(type, message => { if (message.data) show(message); }));
}

async function login() {
  await showUnits();
  await showProcesses();
  await showItems();
  if (!loggedIn) follow();
  loggedIn = true;
}

byId('show').onclick = () => tried(login);
const start = (path, body) => tried(async () => {
  const run = await call(path, 'POST', body);
  await login();
  byId('message').textContent = `Run ${run.id} was asked for.`;
});
byId('run').onclick = () => start(`${ADMIN}/units/data-ingestion-worker/runs`);
for (const article of document.querySelectorAll('article')) {
  const unit = article.id.slice(article.id.indexOf('-') + 1);
  article.querySelector('button').onclick = () => start(`${ADMIN}/units/${unit}/runs`);
}
byId('bouncing').onclick = () =>
  start(`${ADMIN}/units/email-campaign/runs`, { payload: { bouncePercent: 20 } });
byId('charge').onclick = () => tried(async () => {
  const { due, onHold } = await call('api/billing/charges', 'POST');
  byId('message').textContent = `${due} customers owe something, ${onHold} are on hold.`;
});
byId('addresses').onclick = () => tried(async () => {
  const { entered } = await call('api/billing/addresses', 'POST');
  byId('message').textContent =
    `${entered} addresses were entered: what failed for them can be tried again.`;
});

async function refresh() {
  let moving = false;
  if (!document.hidden) {
    const parts = [showReports(), showTargets()];
    if (loggedIn) parts.push(showUnits(), showProcesses());
    await Promise.allSettled(parts);
    moving = loggedIn && await showItems();
  }
  setTimeout(refresh, moving ? 500 : 2000);
}
refresh();
