/** Lessons of Socket Playground in slides. `deck.js` describes what it does when it is loaded; `docs/embedding.md` the messages. */

/** What a lesson tells of itself. */
export interface State {
  event: "ready" | "state" | "exhausted" | "snapshot" | "refused";
  lesson: string;
  /** From 1; during an animation the step that it leads to. */
  step: number;
  steps: number;
  title: string;
  atStart: boolean;
  atEnd: boolean;
  /** Simulated time, microseconds. */
  tUs: number;
  lang: "ko" | "en";
  theme: "light" | "dark" | "system";
  /** Whether the step's question is open. */
  asks: boolean;
  /** Whether an animation leads to the step. */
  moving: boolean;
}

/** `ready`, and the answer of `describe`. */
export interface Description extends State {
  story: { title: string; notes: string }[];
  knobs: Record<string, string>;
  /** What is wrong with the link. */
  problems: { parameter: string; value: string; text: string }[];
}

/** There is no step beyond this one. */
export interface Exhausted extends State {
  direction: "next" | "prev";
}

/** A key that the lesson does not use. */
export interface Key {
  type: "keydown" | "keyup";
  key: string;
  code: string;
  shift: boolean;
  ctrl: boolean;
  alt: boolean;
  meta: boolean;
}

/** What can be changed; the rest stays. A value that is not possible changes nothing and refuses the promise. */
export interface Settings {
  knobs?: Record<string, string | number>;
  theme?: "light" | "dark" | "system";
  lang?: "ko" | "en";
  /** `host`: every key is passed on. */
  keys?: "host" | "lesson";
}

export interface Size {
  /** CSS pixels, 160 to 4096. */
  width?: number;
  height?: number;
}

/** What can be asked of a lesson; each promise waits until it is there. */
export interface Steps {
  goto(step: number): Promise<State>;
  next(): Promise<State | Exhausted>;
  prev(): Promise<State | Exhausted>;
  play(): Promise<State>;
  pause(): Promise<State>;
  set(settings: Settings): Promise<State>;
  describe(): Promise<Description>;
  /** The present picture as an SVG file. */
  snapshot(size?: Size): Promise<string>;
}

/** A frame with a lesson. Its events are those of {@link SocketLesson}. */
export class Lesson extends EventTarget implements Steps {
  static of(frame: HTMLIFrameElement): Lesson;
  readonly frame: HTMLIFrameElement;
  readonly ready: Promise<Lesson>;
  readonly state: State | null;
  readonly story?: Description["story"];
  readonly knobs?: Description["knobs"];
  readonly problems?: Description["problems"];
  close(): void;
  goto: Steps["goto"];
  next: Steps["next"];
  prev: Steps["prev"];
  play: Steps["play"];
  pause: Steps["pause"];
  set: Steps["set"];
  describe: Steps["describe"];
  snapshot: Steps["snapshot"];
}

/** Before a deck of reveal.js starts: for its print every step becomes a slide. Does nothing where it is not printed. */
export function unfold(): Promise<void>;

/** `<socket-lesson lesson="dumb-proxy" step="5" lang="ko">` */
export class SocketLesson extends HTMLElement implements Steps {
  lesson: string;
  /** From 1; it follows what is shown. */
  step: number;
  lang: string;
  /** `light`, `dark`; without it the system's. */
  theme: string;
  /** `1` the step's picture, `stage`, `ladder`. */
  view: string;
  /** `none` leaves out the caption. */
  chrome: string;
  /** The name of the copies to keep in step with. */
  sync: string;
  /** `reveal`: the lesson speaks with reveal.js by itself. */
  deck: string;
  /** As in a link: `proxy=smart&idle=5`. */
  knobs: string;
  /** Whether it asks the lesson's questions. */
  question: boolean;
  /** The address of the lessons; without it the folder of `deck.js`. */
  site: string;
  readonly src: string;
  readonly state: State | null;
  goto: Steps["goto"];
  next: Steps["next"];
  prev: Steps["prev"];
  play: Steps["play"];
  pause: Steps["pause"];
  set: Steps["set"];
  describe: Steps["describe"];
  snapshot: Steps["snapshot"];
  addEventListener<K extends keyof LessonEvents>(
    type: K,
    listener: (this: SocketLesson, event: LessonEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

export interface LessonEvents {
  ready: CustomEvent<Description>;
  statechange: CustomEvent<State>;
  exhausted: CustomEvent<Exhausted>;
  key: CustomEvent<Key>;
}

declare global {
  interface HTMLElementTagNameMap {
    "socket-lesson": SocketLesson;
  }
}
