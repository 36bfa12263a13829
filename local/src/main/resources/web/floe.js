"use strict";

const SIGNS = { healthy: "✓ Healthy", warning: "⚠ Warning", failed: "✗ Failed" };

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function row(list, name, value) {
  if (value) {
    list.append(element("dt", name), element("dd", value));
  }
}

function environment(one) {
  const item = document.createElement("li");
  item.append(element("h3", one.environment));
  const facts = document.createElement("dl");
  row(facts, "Current", one.current ? one.current.version : "nothing yet");
  row(facts, "Status", (SIGNS[one.health] || one.health) + (one.reasons.length ? ": " + one.reasons.join(", ") : ""));
  row(facts, "Updated", one.updatedAt && new Date(one.updatedAt).toLocaleString());
  row(facts, "Latest", one.latestAvailable);
  row(facts, "Digest", one.current && one.current.digest);
  row(facts, "Approvers", one.approvers.map(team => "@" + team).join(", "));
  row(facts, "Pending", one.pending.map(p => p.version + " " + p.state.replace("_", " ")
    + (p.waitingFor.length ? " (waiting for " + p.waitingFor.join(", ") + ")" : "")).join("; "));
  row(facts, "Last attempt", one.lastAttempt && one.lastAttempt.version + " " + one.lastAttempt.outcome
    + (one.lastAttempt.reason ? ": " + one.lastAttempt.reason : ""));
  row(facts, "History", one.history.map(h => h.version).join(", "));
  item.append(facts);
  return item;
}

function show(status) {
  document.getElementById("artifact").textContent = status.artifact;
  document.getElementById("pipeline").replaceChildren(...status.environments.map(environment));
  document.getElementById("state").textContent = "As of " + new Date(status.at).toLocaleTimeString();
}

async function signedIn() {
  const answer = await fetch("/api/v1/session");
  if (!answer.ok) {
    return;
  }
  const session = await answer.json();
  document.getElementById("user").textContent = "Signed in as " + session.user + ".";
  const out = document.getElementById("sign-out");
  out.hidden = false;
  out.addEventListener("click", async () => {
    await fetch("/api/v1/sign-out", { method: "POST", headers: { "Floe-Page": session.proof } });
    window.location.reload();
  });
}

async function load() {
  const answer = await fetch("/api/v1/status");
  if (answer.status === 401) {
    document.getElementById("state").textContent = "Nobody is signed in here. Run: floe open";
    return;
  }
  show(await answer.json());
  signedIn();
  const live = new EventSource("/api/v1/status/stream");
  const update = event => { if (event.data) { show(JSON.parse(event.data)); } };
  live.onmessage = update;
  live.addEventListener("status", update);
}

load();
