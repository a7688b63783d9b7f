// Fills in the status of the page; without it the page still says where to look.
for (const place of document.querySelectorAll(".origin")) place.textContent = location.origin;

const show = (id, text, mood) => {
  const place = document.getElementById(id);
  place.textContent = text;
  place.className = mood ?? "";
};

const words = {
  ok: "ready",
  none: "none: this server runs without one",
  outdated: "of another version: run apostol --update",
  unavailable: "not available",
};

async function refresh() {
  try {
    const { ready, database, version } = await (await fetch("/readyz")).json();
    show("database", words[database] ?? database, ready ? "good" : "bad");
    show("version", version ?? "–");
  } catch {
    show("database", "the server does not answer", "bad");
  }
  try {
    const { serverTime } = await (await fetch("/api/v1/time")).json();
    show("time", new Date(serverTime).toLocaleString());
  } catch {
    // No API in this composition: its time is not known.
    show("time", "–");
  }
}

refresh();
setInterval(() => document.visibilityState === "visible" && refresh(), 10_000);
