/**
 * Replays the recorded conversations against a freshly installed server. The number of steps that
 * pass in each area may only rise: `tests/conformance/passing.json` is the floor.
 */
import assert from "node:assert/strict";
import {
  ADMIN_PASSWORD,
  copySecrets,
  databaseUrl,
  dropDatabase,
  ROOT,
  runProgram,
  SERVICE_SECRET,
  startServer,
  temporaryFolder,
  testCluster,
  WEB_SECRET,
} from "./support/mod.ts";

interface AreaReport {
  area: string;
  passed: number;
  failed: number;
  skipped: number;
}

interface Failure {
  area: string;
  scenario: string;
  step: number;
  path: string;
  diff: string[];
}

interface Report {
  areas: AreaReport[];
  failures: Failure[];
}

const FLOOR = `${ROOT}tests/conformance/passing.json`;
/** File that the whole report is written to, with every failure. */
const REPORT = Deno.env.get("CONFORMANCE_REPORT");
/** Whether the floor is raised to what passes now. */
const RAISE = Deno.env.get("CONFORMANCE_RAISE") === "1";

Deno.test("the recorded conversations pass as they did, or better", async (test) => {
  const database = `conformance_${Deno.pid}`;
  const data = await temporaryFolder();
  try {
    await install(database, data);
    const report = await replay(database, data);
    if (REPORT) await Deno.writeTextFile(REPORT, JSON.stringify(report, null, 1));
    const floor: Record<string, number> = JSON.parse(await Deno.readTextFile(FLOOR));
    for (const { area, passed, failed, skipped } of report.areas) {
      const least = floor[area] ?? 0;
      await test.step(`${area}: ${passed} of ${passed + failed} steps, ${skipped} skipped`, () => {
        assert.ok(
          passed >= least,
          `${area} passed ${least} steps before\n${explain(report, area)}`,
        );
      });
    }
    if (RAISE) await raiseFloor(floor, report.areas);
    const known = new Set(report.areas.map(({ area }) => area));
    assert.deepEqual(Object.keys(floor).filter((area) => !known.has(area)), []);
  } finally {
    await dropDatabase(database);
    await Deno.remove(data, { recursive: true });
  }
});

/** The recordings were made on an installation whose locale is Russian. */
async function install(database: string, data: string): Promise<void> {
  await copySecrets(data);
  const { code, stdout, stderr } = await runProgram(["--install", "--data", data], {
    env: {
      DATABASE_URL: databaseUrl(database),
      APOSTOL_ADMIN_PASSWORD: ADMIN_PASSWORD,
      APOSTOL_SECRET_WEB: WEB_SECRET,
      APOSTOL_SECRET_SERVICE: SERVICE_SECRET,
      APOSTOL_PROJECT_LOCALE: "ru",
    },
  });
  assert.equal(code, 0, `${testCluster().kind}: ${stdout}${stderr}`);
}

async function replay(database: string, data: string): Promise<Report> {
  await using server = await startServer({ database, data });
  await Deno.writeTextFile(`${data}/differences.json`, await differences());
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-P=test",
      "--no-check",
      `${ROOT}tests/conformance/run.ts`,
      "--base",
      server.url,
      "--json",
      "--differences",
      `${data}/differences.json`,
    ],
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = new TextDecoder().decode(stdout);
  const end = text.lastIndexOf("\n}");
  assert.notEqual(end, -1, `${text}${new TextDecoder().decode(stderr)}`);
  return JSON.parse(text.slice(0, end + 2)) as Report;
}

/** What differs on purpose, without what differs only on an installation that is not Russian. */
async function differences(): Promise<string> {
  const file = `${ROOT}tests/conformance/differences.json`;
  const all: { locale?: string }[] = JSON.parse(await Deno.readTextFile(file));
  return JSON.stringify(all.filter(({ locale }) => locale === undefined));
}

async function raiseFloor(floor: Record<string, number>, areas: AreaReport[]): Promise<void> {
  const raised = areas.map(({ area, passed }) => [area, Math.max(passed, floor[area] ?? 0)]);
  await Deno.writeTextFile(FLOOR, JSON.stringify(Object.fromEntries(raised), null, 2) + "\n");
}

/** The first failures of an area, for the message of the test. */
function explain(report: Report, area: string): string {
  return report.failures.filter((failure) => failure.area === area).slice(0, 10)
    .map(({ scenario, step, path, diff }) => `${scenario} #${step} ${path}: ${diff.join("; ")}`)
    .join("\n");
}
