/**
 * Runs the command that the arguments ask for, and turns what went wrong into an exit status.
 *
 * @module
 */
import { join } from "node:path";
import { type Command, parseArguments } from "./cli.ts";
import { helpText } from "./cli_help.ts";
import { SIGNALS } from "./cli_options.ts";
import { databaseCommand } from "./command_database.ts";
import { newEntity } from "./command_new_entity.ts";
import { exists } from "./config_paths.ts";
import { type Config, loadConfig } from "./config.ts";
import { runDaemons } from "./daemon_shell.ts";
import { AppError, ConfigError, toError, UsageError } from "./errors.ts";
import { closeLogging, configureLogging } from "./log.ts";
import { redactText } from "./log_redact.ts";
import { runMaster } from "./master.ts";
import { checkNeeds } from "./module.ts";
import { nearest } from "./nearest.ts";
import { checkAdministrator } from "./password.ts";
import { PidFile, signalServer } from "./pid_file.ts";
import { enabledDaemons, type Program } from "./program.ts";
import { SECRETS_FILE } from "./secrets.ts";
import { VERSION } from "./version.ts";
import { secretsText } from "./welcome.ts";
import { runWorker } from "./worker.ts";

/**
 * Runs the program to its end.
 *
 * @param argv Arguments of the command line.
 * @returns The exit status: 0 done, 1 failed, 2 command line or configuration cannot be used.
 */
export async function runCommand(argv: readonly string[], program: Program): Promise<number> {
  try {
    return await dispatch(parseArguments(argv), program);
  } catch (thrown) {
    return explain(thrown);
  }
}

async function dispatch(command: Command, program: Program): Promise<number> {
  const { name, options, topic } = command;
  switch (name) {
    case "help":
      console.log(helpText(topic));
      return 0;
    case "version":
      console.log(`apostol ${VERSION}`);
      return 0;
    case "test":
      return await testConfiguration(await configOf(command, false), program);
    case "signal": {
      const { daemon } = await configOf(command, false);
      await signalServer(daemon.pid, SIGNALS[options.signal as keyof typeof SIGNALS]);
      return 0;
    }
    case "secrets":
      return await showSecrets(await configOf(command, false));
    case "new-entity":
      console.log(await newEntity(options, await configOf(command, false)));
      return 0;
    case "process":
      // Its secrets are the master's: made up ones would be of no use.
      return await runProcess(options.process!, await configOf(command, false), program);
    case "serve":
      return await serve(command, program);
    default:
      return await maintain(command);
  }
}

async function serve(command: Command, program: Program): Promise<number> {
  const config = await configOf(command);
  await configureLogging(config);
  const pidFile = await PidFile.acquire(config.daemon.pid);
  try {
    await runMaster(config, () => configOf(command), program);
    return 0;
  } finally {
    await pidFile.release();
    await closeLogging();
  }
}

async function maintain(command: Command): Promise<number> {
  const config = await configOf(command);
  await configureLogging(config, { rotates: false });
  try {
    return await databaseCommand(command.name, command.options, config);
  } finally {
    await closeLogging();
  }
}

/** Everything that a start would refuse, without starting. */
function testConfiguration(config: Config, program: Program): number {
  const faults: string[] = [];
  for (
    const check of [
      () => checkNeeds(program.moduleFactories, config),
      () => checkAdministrator(config),
    ]
  ) {
    try {
      check();
    } catch (thrown) {
      if (!(thrown instanceof ConfigError)) throw thrown;
      faults.push(...thrown.faults);
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);
  for (const warning of config.warnings) console.error(`Warning: ${warning}`);
  console.log(`The configuration can be used: ${config.file ?? "built-in defaults"}`);
  return 0;
}

async function showSecrets(config: Config): Promise<number> {
  const path = join(config.data, SECRETS_FILE);
  if (!(await exists(path))) {
    throw new AppError("SECRETS", `Nothing was generated yet: there is no ${path}`);
  }
  console.log(secretsText(config));
  return 0;
}

/** One of the processes that the master starts. */
async function runProcess(name: string, config: Config, program: Program): Promise<number> {
  if (name === "worker") {
    await runWorker(config, program);
    return 0;
  }
  if (name === "helper") {
    const helpers = enabledDaemons(program.helpers, config);
    if (helpers.length > 0) return await runDaemons(name, helpers, config);
    throw new UsageError("Option --process helper: no module of the helper is enabled");
  }
  const daemon = program.daemons.find((one) => one.name === name);
  if (daemon !== undefined) return await runDaemons(name, [daemon], config);
  const names = ["worker", "helper", ...program.daemons.map((one) => one.name)];
  const near = nearest(name, names);
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  throw new UsageError(
    `Option --process must be one of ${names.join(", ")}, is "${name}"${hint}`,
  );
}

/** @param persist Generate and write missing secrets. */
function configOf({ options }: Command, persist = true): Promise<Config> {
  const { conf, prefix, data, sql, listen, port, workers, adminPassword } = options;
  return loadConfig({
    env: Deno.env.toObject(),
    persist,
    ...(conf === undefined ? {} : { file: conf }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(data === undefined ? {} : { data }),
    ...(sql === undefined ? {} : { sql }),
    ...(listen === undefined ? {} : { listen }),
    ...(port === undefined ? {} : { port }),
    ...(workers === undefined ? {} : { workers }),
    ...(adminPassword === undefined ? {} : { adminPassword }),
  });
}

/** Says what went wrong on standard error, and chooses the exit status. */
function explain(thrown: unknown): number {
  const error = toError(thrown);
  if (error instanceof UsageError) {
    console.error(`apostol: ${error.message}`);
    return 2;
  }
  if (error instanceof ConfigError) {
    console.error("apostol: the configuration cannot be used");
    for (const fault of error.faults) console.error(`  ${redactText(fault)}`);
    return 2;
  }
  // A stack is of use only where nobody foresaw the fault.
  const text = error instanceof AppError ? error.message : error.stack ?? error.message;
  console.error(`apostol: ${redactText(text)}`);
  return 1;
}
