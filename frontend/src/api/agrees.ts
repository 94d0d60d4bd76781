/**
 * Nothing runs here: svelte-check fails when the shapes this app uses and the server's OpenAPI document (`schema.d.ts`,
 * made by `npm run api:types`) no longer agree. What comes in must fit ours; what we send must fit theirs.
 */
import type { components } from "./schema";
import type {
  Account,
  CalendarFeed,
  CalendarMade,
  CheckInPut,
  CheckInRow,
  CheckInsSince,
  Experiment,
  Gate,
  Push,
  PushDevice,
  PushDevicePut,
  Reminders,
  RemindersPut,
  SafetyPlan,
} from "./types";

type Theirs = components["schemas"];
type In<Ours, _Server extends Ours> = true;
type Out<Server, _Ours extends Server> = true;

/** The generator writes maps and fields with defaults as optional; the server always sends them. */
type Whole<T> = T extends (infer I)[] ? Whole<I>[] : T extends object ? { [K in keyof T]-?: Whole<T[K]> } : T;

export type Agrees = [
  In<Account, Theirs["AccountPublic"]>,
  In<Gate, Whole<Theirs["GatePublic"]>>,
  In<Experiment, Whole<Theirs["ExperimentPublic"]>>,
  In<CheckInRow, Omit<Whole<Theirs["CheckInPublic"]>, "answers"> & { answers: CheckInRow["answers"] }>,
  In<{ cursor: CheckInsSince["cursor"] }, Theirs["CheckInsPublic"]>,
  In<SafetyPlan, Whole<Theirs["SafetyPlanPublic"]>>,
  In<Reminders, Theirs["RemindersPublic"]>,
  In<Push, Theirs["PushPublic"]>,
  In<PushDevice, Theirs["PushSubscriptionPublic"]>,
  In<CalendarFeed, Theirs["CalendarFeedPublic"]>,
  In<CalendarMade, Theirs["CalendarFeedMade"]>,
  Out<Theirs["CheckInPut"], CheckInPut>,
  Out<Theirs["RemindersPut"], RemindersPut>,
  Out<Theirs["PushSubscriptionPut"], PushDevicePut>,
];
