// A deployment under a folder, as `./deploy.sh deploy --root` makes it: behind nginx and TLS, on plain processes.
// Needs SHOP_PROGRAM (a program that is built), DATABASE_URL (an empty database), REDIS_URL and SQL_SOCKET, where the
// database's server opens for root.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:http2';
import { Agent, request } from 'node:https';
import { request as plainRequest } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

const { SHOP_PROGRAM, DATABASE_URL, SQL_SOCKET } = process.env;
const folder = mkdtempSync(join(tmpdir(), 'marquee-deploy-'));
const root = join(folder, 'root');
const certificate = join(folder, 'certificate.pem');
const key = join(folder, 'key.pem');
const home = join(root, 'var/lib/marquee');
let port;

/** Runs a deployment; never fails itself. */
async function deploy(...options) {
  const all = ['deploy', '--root', root, ...options];
  try {
    const { stdout } = await promisify(execFile)('./deploy.sh', all, { timeout: 180_000 });
    return { status: 0, said: stdout };
  } catch (error) {
    return { status: error.code, said: `${error.stdout}${error.stderr}` };
  }
}

/** A command of the release in use, as whoever runs the shop calls it. */
const marquee = (args, input = '') => execFileSync(join(root, 'usr/local/bin/marquee'), args, { input, encoding: 'utf8', env: { PATH: process.env.PATH } });

const slot = () => readFileSync(join(root, 'opt/marquee/slot'), 'utf8').trim();
const servingPid = () => readFileSync(join(root, `run/marquee/serve-${slot()}.pid`), 'utf8').trim();
const releases = () => readdirSync(join(root, 'opt/marquee/releases')).sort();

/** An answer over TLS: status, headers, text. `from` is the visitor's address. */
function ask(path, { method = 'GET', headers = {}, form, from = '127.0.0.1', agent } = {}) {
  const body = form && new URLSearchParams(form).toString();
  const sent = body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), 'sec-fetch-site': 'same-origin', origin: `https://localhost:${port}` } : {};
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, agent, localAddress: from, servername: 'localhost', ca: readFileSync(certificate), headers: { host: `localhost:${port}`, ...sent, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Another program that is as good: what stands behind its end is not read. */
function nextRelease(name) {
  const file = join(folder, name);
  copyFileSync(SHOP_PROGRAM, file);
  appendFileSync(file, name);
  return file;
}

/** A program that does as the real one, but for `serve`. */
function brokenRelease(name, serve) {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n[ "$1" != serve ] || { ${serve}; }\nexec ${SHOP_PROGRAM} "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Also when its parent has not taken notice yet. */
function hasEnded(pid) {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

function makeCertificate(file, keyFile, days) {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile, '-out', file, '-days', days, '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { stdio: 'ignore' });
}

before(async () => {
  port = await freePort();
  makeCertificate(certificate, key, '30');
});

after(async () => {
  await deploy('--stop');
  rmSync(folder, { recursive: true, force: true });
});

const first = () => ['--port', String(port), '--domain', 'localhost', '--certificate', certificate, '--key', key, '--binary', SHOP_PROGRAM];

test('a key of another certificate is refused before anything is started', async () => {
  const other = join(folder, 'other-key.pem');
  makeCertificate(join(folder, 'other.pem'), other, '30');
  const { status, said } = await deploy(...first().map((option) => (option === key ? other : option)));
  assert.equal(status, 1);
  assert.match(said, /is not the key of/);
  assert.equal(readdirSync(join(root, 'opt/marquee/releases')).length, 0);
});

test('a first deployment answers over TLS and keeps its secrets', async () => {
  const { status, said } = await deploy(...first());
  assert.equal(status, 0, said);
  assert.equal(statSync(join(home, '.env')).mode & 0o777, 0o600);
  assert.match(readFileSync(join(home, '.env'), 'utf8'), /^MARQUEE_SECRET_KEY=[0-9a-f]{64}$/m);
  marquee(['seed']);
  const page = await ask('/films');
  assert.equal(page.status, 200);
  assert.match(page.headers['strict-transport-security'], /max-age/);
  const sheet = page.text.match(/href="(\/static\/[0-9a-f]+\.css)"/)[1];
  const styles = await ask(sheet, { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(styles.status, 200);
  assert.equal(styles.headers['content-encoding'], 'gzip');
  assert.equal(styles.headers['x-request-id'], undefined, 'nginx gives it out without asking the shop');
  assert.match(styles.headers['cache-control'], /immutable/);
});

test('it speaks HTTP/2, and sends those who come without TLS to it', async () => {
  const session = connect(`https://localhost:${port}`, { ca: readFileSync(certificate), lookup: (_, options, done) => (options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4)) });
  const status = await new Promise((resolve, reject) => {
    session.on('error', reject);
    session.request({ ':path': '/' }).on('response', (headers) => resolve(headers[':status'])).end();
  });
  session.close();
  assert.equal(status, 200);
  const moved = await new Promise((resolve, reject) => {
    plainRequest({ host: '127.0.0.1', port: port + 1, path: '/films?page=2', headers: { host: 'localhost' } }, resolve).on('error', reject).end();
  });
  assert.equal(moved.statusCode, 308);
  assert.equal(moved.headers.location, `https://localhost:${port}/films?page=2`);
});

test('a second run changes nothing', async () => {
  const before = [servingPid(), readFileSync(join(home, '.env'), 'utf8')];
  const { status, said } = await deploy('--binary', SHOP_PROGRAM);
  assert.equal(status, 0, said);
  assert.doesNotMatch(said, /wrote|took over|started|backed/);
  assert.deepEqual([servingPid(), readFileSync(join(home, '.env'), 'utf8')], before);
});

test('whoever signs in gets a cookie that only this host sees, over TLS only', async () => {
  marquee(['create-staff', 'owner@shop.example', '--name', 'Owner', '--role', 'owner'], 'correct horse battery\n');
  const login = await ask('/admin/login', { method: 'POST', form: { login: 'owner@shop.example', password: 'correct horse battery' } });
  assert.equal(login.status, 303, login.text);
  const cookie = login.headers['set-cookie'].find((line) => line.startsWith('__Host-staff_sid='));
  assert.match(cookie, /; Secure/);
  assert.match(cookie, /; HttpOnly/);
  assert.equal((await ask('/admin', { headers: { cookie: cookie.split(';')[0] } })).status, 200);
});

test('limits and logs go by the address that a visitor really has', async () => {
  const forgot = (from, number) =>
    ask('/account/password/forgot', { method: 'POST', from, form: { email: `nobody${number}@shop.example`, login: `nobody${number}@shop.example` }, headers: { 'x-forwarded-for': `203.0.113.${number}` } });
  const statuses = [];
  for (let number = 1; number <= 12; number += 1) statuses.push((await forgot('127.0.0.7', number)).status);
  assert.ok(statuses.includes(429), `a made-up address must not help: ${statuses}`);
  assert.notEqual((await forgot('127.0.0.8', 99)).status, 429, 'others are not kept out');
  const log = readFileSync(join(root, 'var/log/marquee/nginx-access.log'), 'utf8');
  assert.match(log, /^127\.0\.0\.7 .* POST 429 /m);
});

/** A hundred requests a second until told to stop: half of them over kept connections, by many visitors. */
function visitors() {
  const agents = Array.from({ length: 10 }, () => new Agent({ keepAlive: true, maxSockets: 2 }));
  const pages = ['/', '/films', '/films?page=3', '/films/the-matrix-1999', '/search?q=matrix', '/cart', '/account/login'];
  const counts = { answered: 0, posted: 0, wrong: [] };
  const under = new Set();
  let number = 0;
  const one = async () => {
    number += 1;
    const from = `127.0.1.${1 + (number % 100)}`;
    const agent = number % 2 ? agents[number % agents.length] : undefined;
    const posts = number % 10 === 0;
    const path = posts ? '/cart/items' : `${pages[number % pages.length]}`;
    try {
      const { status } = await ask(path, { from: agent ? `127.0.2.${1 + (number % agents.length)}` : from, agent, ...(posts && { method: 'POST', form: { sku: 'DEMO-10', quantity: '1' } }) });
      counts.answered += 1;
      counts.posted += posts ? 1 : 0;
      if (status !== 200 && status !== 303) counts.wrong.push(`${path}: ${status}`);
    } catch (error) {
      counts.wrong.push(`${path}: ${error.message}`);
    }
  };
  const timer = setInterval(() => {
    const asked = one().finally(() => under.delete(asked));
    under.add(asked);
  }, 10);
  return async () => {
    clearInterval(timer);
    await Promise.all(under);
    agents.forEach((agent) => agent.destroy());
    return counts;
  };
}

test('the next release takes over and no visitor is turned away', async () => {
  const [old, was] = [servingPid(), slot()];
  const stop = visitors();
  const { status, said } = await deploy('--binary', nextRelease('next'));
  const counts = await stop();
  assert.equal(status, 0, said);
  assert.match(said, /took over from [0-9a-f]{12}/);
  assert.deepEqual(counts.wrong, []);
  assert.ok(counts.posted > 50, `${counts.answered} answers, ${counts.posted} of them to posts`);
  assert.notEqual(slot(), was);
  assert.notEqual(servingPid(), old);
  assert.ok(hasEnded(old), 'the old one has ended');
  assert.equal(releases().length, 2, 'the release before stays for the way back');
  assert.equal(readdirSync(join(home, 'backups')).length, 1);
});

/** The deployment fails with these words, and the release that answered goes on as if nothing had been. */
async function staysAsItWas(binary, words) {
  const before = [servingPid(), slot()];
  const { status, said } = await deploy('--binary', binary);
  assert.equal(status, 1, said);
  assert.match(said, words);
  assert.deepEqual([servingPid(), slot()], before);
  assert.equal((await ask('/films')).status, 200);
}

test('a build that does not start leaves the release before where it is', async () => {
  await staysAsItWas(brokenRelease('dead', 'echo "it has no lamp" >&2; exit 1'), /the one before goes on.*it has no lamp/s);
});

test('a build that cannot make a page never gets a visitor', async () => {
  await staysAsItWas(brokenRelease('blind', `export DATABASE_URL='${DATABASE_URL}_lost'`), /does not answer; the one before goes on/);
});

function sql(statement) {
  execFileSync('mariadb', ['--no-defaults', '-uroot', `--socket=${SQL_SOCKET}`, new URL(DATABASE_URL).pathname.slice(1), '-e', statement]);
}

test('a step of the schema that fails leaves the release before where it is', async () => {
  const spoil = () => sql('UPDATE _sqlx_migrations SET checksum = REVERSE(checksum) ORDER BY version LIMIT 1');
  spoil();
  await staysAsItWas(nextRelease('unmigrated'), /could not be brought up to date; the release before goes on.*[Rr]eason: .+/s);
  spoil();
});

test('a release that visitors do not get to gives its place back, though it has changed the schema', async () => {
  const before = releases().length;
  sql("INSERT INTO _sqlx_migrations (version, description, installed_on, success, checksum, execution_time) VALUES (99991231235959, 'of a later release', '2026-01-01', TRUE, '', 0)");
  const { status, said } = await deploy('--binary', brokenRelease('elsewhere', 'export MARQUEE_BASE_URL=https://elsewhere.example'));
  assert.equal(status, 1, said);
  assert.match(said, /Going back to the release before/);
  assert.match(said, /answers 421/);
  assert.equal((await ask('/films')).status, 200);
  assert.ok(releases().length >= before);
});
