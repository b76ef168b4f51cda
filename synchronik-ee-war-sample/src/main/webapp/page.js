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
async function call(path, method = 'GET') {
  const answer = await fetch(path, { method, headers: { 'X-Synchronik': 'page', Accept: 'application/json' } });
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const problem = {
    401: 'A login is needed.',
    403: 'This user may not do that: log in as admin. The browser keeps a login until it is closed.',
  }[answer.status];
  throw new Error(problem ?? `The server answers ${answer.status}.`);
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
  if (run.endedAt) shown.set(unit.id, unit.lastRun);
}

async function showProcesses() {
  const processes = (await call(`${ADMIN}/units?kind=process`)).items;
  await Promise.allSettled(processes.map(showProcess));
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
    item.append(element('b', event.milestone ?? event.type), ` ${event.unit ?? ''}`);
    list.prepend(item);
    while (list.children.length > EVENTS_SHOWN) list.lastElementChild.remove();
  };
  ['message', 'start', 'complete', 'error', 'milestone', 'updated', 'skip', 'cancel', 'retry', 'misfire']
    .forEach(type => stream.addEventListener(type, message => { if (message.data) show(message); }));
}

async function login() {
  await showUnits();
  await showProcesses();
  if (!loggedIn) follow();
  loggedIn = true;
}

byId('show').onclick = () => tried(login);
const start = path => tried(async () => {
  const run = await call(path, 'POST');
  await login();
  byId('message').textContent = `Run ${run.id} was asked for.`;
});
byId('run').onclick = () => start(`${ADMIN}/units/data-ingestion-worker/runs`);
for (const article of document.querySelectorAll('article')) {
  const unit = article.id.slice('process-'.length);
  article.querySelector('button').onclick = () => start(`${ADMIN}/units/${unit}/runs`);
}

async function refresh() {
  if (!document.hidden) {
    const parts = [showReports(), showTargets()];
    if (loggedIn) parts.push(showUnits(), showProcesses());
    await Promise.allSettled(parts);
  }
  setTimeout(refresh, 2000);
}
refresh();
